import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../src/core/clock.js';

/** A clock on which time passes `factor` times as fast: for pauses that are too long to wait for. */
export function fastClock(factor: number): Clock {
  const began = performance.now();
  const start = Date.now();
  const passed = () => (performance.now() - began) * factor;
  return {
    now: () => Math.floor(start + passed()),
    monotonic: passed,
    sleep: async (ms, signal, options) => {
      await delay(ms / factor, undefined, { ...options, ...(signal && { signal }) });
    },
  };
}
