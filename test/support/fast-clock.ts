import { type Clock, systemClock } from '../../src/core/clock.js';

/** A clock on which time passes `factor` times as fast: pauses of minutes are waited for in seconds. */
export function fastClock(factor: number): Clock {
  const now = systemClock.now();
  const monotonic = systemClock.monotonic();
  return {
    now: () => Math.round(now + (systemClock.now() - now) * factor),
    monotonic: () => monotonic + (systemClock.monotonic() - monotonic) * factor,
    sleep: async (ms, signal, options) =>
      await systemClock.sleep(Math.ceil(ms / factor), signal, options),
  };
}
