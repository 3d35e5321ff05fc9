/** A clock that was set back by more than this is believed, in ms. */
const setBackMs = 1000;

/**
 * Gives every event a time of its own, in ms since 1970: the one given, or the next that is free.
 * Wechaty's events of rooms have no id, and are told apart by what they say and when.
 */
export function createDistinctTimes(): (at: number) => number {
  let last = 0;
  return (at) => {
    last = at < last - setBackMs ? at : Math.max(at, last + 1);
    return last;
  };
}
