import type { Clock } from '../core/clock.js';

/** The longest that a timer of Node can wait; a longer wait is made of several. */
const longestSleepMs = 2 ** 31 - 1;

/**
 * Wakes whoever looks for work, at once or at a moment to come. It owns one timer, only while
 * somebody listens, and the timer alone does not keep the process running.
 */
export class WorkSignal {
  readonly #clock: Clock;
  readonly #onTime: () => void;
  readonly #listeners = new Set<{ readonly wake: () => void }>();
  #alarm: { readonly at: number; readonly off: AbortController } | undefined;
  #isWaking = false;

  /** `onTime` is called when the moment given to `wakeAt` has come, or a little before. */
  constructor(clock: Clock, onTime: () => void) {
    this.#clock = clock;
    this.#onTime = onTime;
  }

  /** Calls `wake` soon, and whenever there may be work; answers how to stop that. */
  subscribe(wake: () => void): () => void {
    const listener = { wake };
    this.#listeners.add(listener);
    this.wake();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stopAlarm();
    };
  }

  /** Wakes all listeners, once for everything that happens before they are called. */
  wake(): void {
    if (this.#isWaking) return;
    this.#isWaking = true;
    queueMicrotask(() => {
      this.#isWaking = false;
      for (const { wake } of this.#listeners) wake();
    });
  }

  /** Sees to it that `onTime` is called at `at` (ms since 1970) at the latest. */
  wakeAt(at: number | undefined): void {
    if (at === undefined || this.#listeners.size === 0) return;
    // One that rings sooner is left to ring: whoever hears it asks for the next moment then.
    if (this.#alarm && this.#alarm.at <= at) return;
    this.#stopAlarm();
    const off = new AbortController();
    this.#alarm = { at, off };
    const ms = Math.min(Math.max(at - this.#clock.now(), 0), longestSleepMs);
    this.#clock.sleep(ms, off.signal, { ref: false }).then(
      () => this.#ring(off),
      () => {
        // Put off: the only way for a sleep to fail.
      },
    );
  }

  /** Wakes nobody any more. */
  close(): void {
    this.#listeners.clear();
    this.#stopAlarm();
  }

  #ring(off: AbortController): void {
    if (off.signal.aborted) return;
    this.#alarm = undefined;
    this.#onTime();
  }

  #stopAlarm(): void {
    this.#alarm?.off.abort();
    this.#alarm = undefined;
  }
}
