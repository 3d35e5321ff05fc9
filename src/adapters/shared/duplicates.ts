import { LRUCache } from 'lru-cache';
import { isDoneByAnother, onceForAll, type SharedOnce } from './once-for-all.js';

/** How much is remembered. */
export interface DuplicateOptions<T> {
  /** How many ids at most. Default: 10,000. */
  readonly max?: number;
  /** For how long, in ms. Default: ten minutes, as Tencent's own receiver does. */
  readonly ageMs?: number;
  /** How other instances are told. Default: each knows only its own. */
  readonly shared?: SharedOnce<T>;
}

/** What was delivered before, and what came of it. */
export interface Duplicates<T> {
  /**
   * Does `work` for the first delivery of an id. A delivery that comes while it is under way waits
   * for the same result, a later one gets it at once. Work that comes to `undefined` or rejects has
   * failed, and the next delivery tries again.
   */
  once(id: string, work: () => Promise<T | undefined>): Promise<T | undefined>;
  /** True when the work of an id is done, here or in another instance. Never rejects. */
  isDone(id: string): Promise<boolean>;
}

/**
 * Remembers deliveries in memory, and where several instances share something there as well. After a
 * restart of one that is alone nothing is known, and nothing need be: tasks are kept under ids of
 * their own.
 */
export function createDuplicates<T>(options: DuplicateOptions<T> = {}): Duplicates<T> {
  const { max = 10_000, ageMs = 600_000, shared } = options;
  const known = new LRUCache<string, Promise<T | undefined>>({ max, ttl: ageMs });
  const forget = (id: string, mine: Promise<T | undefined>) => {
    if (known.peek(id) === mine) known.delete(id);
  };
  const forAll = shared && onceForAll(shared, ageMs);
  return {
    once: (id, work) => {
      const before = known.get(id);
      if (before !== undefined) return before;
      const mine = forAll ? forAll(id, work) : work();
      known.set(id, mine);
      mine.then(
        (result) => result === undefined && forget(id, mine),
        () => forget(id, mine),
      );
      return mine;
    },
    isDone: async (id) => {
      const mine = await known.get(id)?.catch(() => undefined);
      return mine !== undefined || (shared !== undefined && (await isDoneByAnother(shared, id)));
    },
  };
}
