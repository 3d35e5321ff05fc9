/** Work under several names, each name for one work at a time. */
export interface Turns {
  /** True when nothing is done or waits under any of these names. */
  isFree(names: readonly string[]): boolean;
  /** Does `work` after all that came before under one of its names. Rejects as `work` does. */
  inTurn<T>(names: readonly string[], work: () => Promise<T>): Promise<T>;
}

/** Nothing is done yet. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    isFree: (names) => !names.some((name) => last.has(name)),
    inTurn: async (names, work) => {
      const before = Promise.all(names.map(async (name) => await last.get(name)));
      const mine = before.then(work);
      const settled = mine.catch(() => {});
      for (const name of names) last.set(name, settled);
      try {
        return await mine;
      } finally {
        for (const name of names) if (last.get(name) === settled) last.delete(name);
      }
    },
  };
}
