import { type Clock, systemClock } from '../../src/core/clock.js';

/** The machine's clock as this process sees it, which can be set. */
export interface SettableClock extends Clock {
  /** Sets it forwards or, with a negative number, back by `ms`. */
  set(ms: number): void;
}

/** A clock that is right until it is set. */
export function settableClock(): SettableClock {
  let ahead = 0;
  return {
    ...systemClock,
    now: () => systemClock.now() + ahead,
    set: (ms) => {
      ahead += ms;
    },
  };
}
