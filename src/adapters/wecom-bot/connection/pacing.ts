import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../core/clock.js';

/** Lets messages go no faster than the platform takes them. */
export interface Pacer {
  /**
   * Resolves when the next one may go; `false` when too many wait already, or the signal is aborted.
   *
   * @param key what is counted together, e.g. a conversation
   */
  turn(key: string, signal: AbortSignal): Promise<boolean>;
}

/** So many in so many ms: replies and pushes of one conversation, and uploads of a bot (D101463). */
const paces = [
  { count: 30, everyMs: 60_000 },
  { count: 1000, everyMs: 3_600_000 },
] as const;
/** Nobody waits for longer than about three minutes. */
const maxWaiting = 100;
const maxKeys = 10_000;

/** A pacer with sliding windows, on a clock that nobody sets. */
export function createPacer(clock: Pick<Clock, 'monotonic' | 'sleep'>): Pacer {
  const lanes = new LRUCache<string, { times: number[]; waiting: number }>({ max: maxKeys });
  return {
    turn: async (key, signal) => {
      const lane = lanes.get(key) ?? { times: [], waiting: 0 };
      lanes.set(key, lane);
      if (lane.waiting >= maxWaiting) return false;
      const now = clock.monotonic();
      const free = paces.map(
        ({ count, everyMs }) => (lane.times.at(-count) ?? -Infinity) + everyMs,
      );
      const at = Math.max(now, ...free);
      lane.times = [...lane.times.slice(1 - maxCount), at];
      if (at === now) return !signal.aborted;
      lane.waiting += 1;
      await clock.sleep(at - now, signal, { ref: false }).catch(() => {});
      lane.waiting -= 1;
      return !signal.aborted;
    },
  };
}

const maxCount = Math.max(...paces.map(({ count }) => count));
