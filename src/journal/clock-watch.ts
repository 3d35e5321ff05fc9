import type { Clock } from '../core/clock.js';

/** Smaller jumps do no harm, and the two clocks never quite agree, in ms. */
const smallestJumpMs = 1000;

/**
 * Notices when the clock was set, or the computer slept: the time of day has moved, and the clock
 * that nobody can set has not.
 *
 * Leases and the moments at which tasks are due are kept as times of day, since they outlive the
 * process. They mean durations, though. A journal that learns of a jump moves all of them along:
 * then nobody's lease ends before its time, nothing is called all at once, and no task waits for
 * hours after the clock was set back.
 */
export class ClockWatch {
  readonly #clock: Clock;
  #ahead: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#ahead = clock.now() - clock.monotonic();
  }

  /** By how many ms the clock was set forwards, or (negative) back, since this was asked; mostly 0. */
  takeJump(): number {
    const ahead = this.#clock.now() - this.#clock.monotonic();
    const by = Math.round(ahead - this.#ahead);
    this.#ahead = ahead;
    return Math.abs(by) < smallestJumpMs ? 0 : by;
  }

  /** Has the next `takeJump` tell a jump once more that could not be dealt with. */
  putBack(by: number): void {
    this.#ahead -= by;
  }
}
