/** Memory for what strangers send, over all their requests. */
export interface ByteBudget {
  /** Answers false when there is no room for so many bytes more. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

/** A budget of so many bytes. */
export function createByteBudget(max: number): ByteBudget {
  let taken = 0;
  return {
    take: (bytes) => {
      if (taken + bytes > max) return false;
      taken += bytes;
      return true;
    },
    give: (bytes) => {
      taken -= bytes;
    },
  };
}

/**
 * What all webhooks of the program hold of bodies whose sender is not known yet, in bytes. Signed
 * bodies are read as a whole before they can be verified, and whoever never ends one is a stranger.
 */
export const unverifiedBytes: ByteBudget = createByteBudget(16 * 1024 * 1024);

/**
 * So much of each body needs no room in the budget, in bytes: a real one has a few KB, and gets
 * through however much others send.
 */
export const freeBytes: number = 16 * 1024;
