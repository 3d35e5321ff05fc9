import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** Time as a parameter, so that tests can own it. */
export interface Clock {
  /** Milliseconds since 1970. May jump: clocks are set, and computers sleep. */
  now(): number;
  /** Milliseconds since some moment, on a clock that nobody can set: for how long something takes. */
  monotonic(): number;
  /**
   * Resolves after `ms`; rejects with the signal's reason as soon as it is aborted.
   * Any number of sleeps may share a signal.
   * With `ref: false` the sleep alone does not keep the process running. Default: true.
   */
  sleep(ms: number, signal?: AbortSignal, options?: { readonly ref?: boolean }): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal, options) => {
    // Each sleep takes its listener away; many at once are no leak, and Node must not warn of one.
    if (signal) setMaxListeners(0, signal);
    await delay(ms, undefined, { ...options, ...(signal && { signal }) });
  },
};
