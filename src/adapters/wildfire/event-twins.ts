import { LRUCache } from 'lru-cache';
import type { Clock } from '../../core/clock.js';

/** How far apart the two tellings of one change may be, in ms. */
const togetherMs = 10_000;

/** Changes that are told on two roads. */
export interface EventTwins {
  /**
   * True when the same change was told on another road in the last ten seconds. The same road
   * tells of a new change: who leaves may join again at once.
   *
   * @param what the change, e.g. `room-join:g1:alice`
   * @param road the kind of callback
   */
  isTold(what: string, road: string): boolean;
}

/** A change that the other road has not told yet, as often as it happened. */
interface Told {
  readonly road: string;
  readonly at: number;
  readonly count: number;
}

/**
 * A change of a group reaches a robot as a notice in the group, and as a callback where one is
 * configured. The two have nothing in common but what they say.
 */
export function createEventTwins(clock: Pick<Clock, 'now'>): EventTwins {
  const told = new LRUCache<string, Told>({ max: 1000 });
  return {
    isTold: (what, road) => {
      const at = clock.now();
      const before = told.get(what);
      const isRecent = before !== undefined && at - before.at < togetherMs;
      if (isRecent && before.road !== road) {
        if (before.count > 1) told.set(what, { ...before, count: before.count - 1 });
        else told.delete(what);
        return true;
      }
      told.set(what, { road, at, count: isRecent ? before.count + 1 : 1 });
      return false;
    },
  };
}
