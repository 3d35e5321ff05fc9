import type { ReceiverLimits } from './receiver-door.js';

/** Tasks that run at the same time unless receivers are allowed more. */
export const usualConcurrency = 512;

/** How many tasks are to run at the same time, so that each receiver gets what it is allowed. */
export function runnerConcurrency(receivers: Readonly<Record<string, ReceiverLimits>>): number {
  const allowed = Object.values(receivers).map(({ concurrency = 0 }) => concurrency);
  return allowed.reduce((sum, concurrency) => sum + concurrency, usualConcurrency);
}
