import type { ReplyOptions } from '../../src/core/rule.js';

/** How a rule without a `reply` key answers; say only what matters to the test. */
export function replyOptions(options: Partial<ReplyOptions> = {}): ReplyOptions {
  return {
    speak: true,
    mention: false,
    quote: false,
    thinking: 'show',
    withinMs: 300_000,
    pace: { minMs: 0, maxMs: 0 },
    fetchAllow: [],
    ...options,
  };
}
