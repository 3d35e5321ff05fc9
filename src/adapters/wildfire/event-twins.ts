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

/**
 * A change of a group reaches a robot as a notice in the group, and as a callback where one is
 * configured. The two have nothing in common but what they say.
 */
export function createEventTwins(clock: Pick<Clock, 'now'>): EventTwins {
  const told = new LRUCache<string, { readonly road: string; readonly at: number }>({ max: 1000 });
  return {
    isTold: (what, road) => {
      const at = clock.now();
      const before = told.get(what);
      const isTwin = before !== undefined && before.road !== road && at - before.at < togetherMs;
      if (isTwin) told.delete(what);
      else told.set(what, { road, at });
      return isTwin;
    },
  };
}
