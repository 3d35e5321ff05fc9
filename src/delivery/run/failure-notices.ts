/** Who has been told that a receiver is down, so that nobody is told twice while it stays so. */
export interface FailureNotices {
  /** True once for each conversation until `recovered`. */
  isNew(origin: string, conversation: string): boolean;
  /** The receiver answers again: its next failure is news. */
  recovered(origin: string): void;
}

/** Conversations kept at most for each receiver, and receivers; the oldest are forgotten. */
const maxConversations = 10_000;
const maxOrigins = 1000;

/** An empty book, in memory: after a restart everybody may be told once more. */
export function createFailureNotices(): FailureNotices {
  const told = new Map<string, Set<string>>();
  return {
    isNew: (origin, conversation) => {
      const conversations = told.get(origin) ?? new Set();
      if (conversations.has(conversation)) return false;
      conversations.add(conversation);
      told.set(origin, conversations);
      forgetOldest(conversations, maxConversations);
      forgetOldest(told, maxOrigins);
      return true;
    },
    recovered: (origin) => {
      told.delete(origin);
    },
  };
}

function forgetOldest(kept: Map<string, unknown> | Set<string>, max: number): void {
  if (kept.size <= max) return;
  const [oldest] = kept.keys();
  if (oldest !== undefined) kept.delete(oldest);
}
