import type { RetryOptions } from '../core/rule.js';

/** What is known when an attempt has failed. */
export interface RetryState {
  /** Calls made so far, the failed one included. */
  readonly attempts: number;
  /** What the receiver asked for (`Retry-After`), in ms. */
  readonly afterMs?: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** When an answer is of no use any more, in ms since 1970. */
  readonly deadline: number;
}

/**
 * How long to wait before the next call: a random part (full jitter) of `backoffMs` doubled with
 * each call up to `maxDelayMs`, but at least what the receiver asked for.
 *
 * @param random a number from 0 to below 1
 * @returns ms, always less than what is left until the deadline; `undefined` when the attempts are
 *   used up or nothing is left in time
 */
export function retryDelay(
  options: RetryOptions,
  state: RetryState,
  random: () => number = Math.random,
): number | undefined {
  const left = state.deadline - state.now;
  if (state.attempts >= options.attempts || left <= 0) return undefined;
  const doubled = options.backoffMs * 2 ** Math.max(0, state.attempts - 1);
  // The last pause is shortened to what is left rather than given up.
  const ceiling = Math.min(doubled, options.maxDelayMs, left);
  const delay = Math.max(Math.floor(random() * ceiling), state.afterMs ?? 0);
  return delay < left ? delay : undefined;
}
