import type { Clock } from '../../../core/clock.js';

const firstPauseMs = 1000;
const longestPauseMs = 30_000;
const longestMs = 24 * 3_600_000;

/**
 * Tries again with growing pauses, the first before the first try, until `isDone` or a day has passed.
 *
 * @returns false when the signal ended it
 */
export async function insist(
  clock: Clock,
  signal: AbortSignal,
  isDone: () => Promise<boolean>,
): Promise<boolean> {
  const until = clock.now() + longestMs;
  for (let pauseMs = firstPauseMs; clock.now() < until; pauseMs *= 2) {
    try {
      await clock.sleep(Math.min(pauseMs, longestPauseMs), signal, { ref: false });
    } catch {
      return false;
    }
    if (await isDone()) break;
  }
  return !signal.aborted;
}
