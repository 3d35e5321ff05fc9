import { LRUCache } from 'lru-cache';
import type { Clock } from '../../core/clock.js';

/** Larger batches of one conversation are never stored by the server. */
const maxBatch = 100;
/** What comes within this time may be one batch, in ms. */
const batchMs = 2000;
/** So many times are remembered of each conversation. */
const maxTimes = 10 * maxBatch;

/** What came around one message. */
export interface Burst {
  /** True when more messages of its conversation came around it than the server stores at once. */
  isLarge(): boolean;
}

/** When messages came, by conversation. */
export interface Bursts {
  /** A message came now. */
  note(conversationId: string): Burst;
}

/** Remembers the last messages of the last 1,000 conversations. */
export function createBursts(clock: Pick<Clock, 'now'>): Bursts {
  const known = new LRUCache<string, number[]>({ max: 1000 });
  return {
    note: (conversationId) => {
      const at = clock.now();
      const times = known.get(conversationId) ?? [];
      known.set(conversationId, times);
      times.push(at);
      if (times.length > maxTimes) times.splice(0, times.length - maxTimes);
      return {
        isLarge: () => times.filter((time) => Math.abs(time - at) <= batchMs).length > maxBatch,
      };
    },
  };
}
