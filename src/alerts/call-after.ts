import type { Clock } from '../core/clock.js';

/**
 * Calls `work` after `ms`. The wait alone does not keep the process running.
 *
 * @returns its `abort` calls it off
 */
export function callAfter(clock: Clock, ms: number, work: () => void): AbortController {
  const waiting = new AbortController();
  void sleepAndCall(clock.sleep(ms, waiting.signal, { ref: false }), waiting.signal, work);
  return waiting;
}

async function sleepAndCall(
  sleep: Promise<void>,
  signal: AbortSignal,
  work: () => void,
): Promise<void> {
  // Rejects when it is called off.
  await sleep.catch(() => {});
  if (!signal.aborted) work();
}
