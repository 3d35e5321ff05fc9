import { z } from 'zod';
import { expected } from '../../core/expectation.js';

const units = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
} as const;

/** The longest wait that a timer of Node can hold, in whole days. */
const maxTimerMs = 24 * units.d;

/** Milliseconds of `30s`, `5m`, `200ms`, `1h`, `7d` or `0`; nothing for anything else. */
function durationMs(value: string | number): number | undefined {
  if (value === 0 || value === '0') return 0;
  const found = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/u.exec(String(value));
  const unit = found?.[2] as keyof typeof units | undefined;
  return unit && Math.round(Number(found?.[1]) * units[unit]);
}

/** How long a duration may be, in ms. */
export interface DurationRange {
  /** Default: 0. */
  readonly minMs?: number;
  /** Default: 24 days, the longest that a timer can hold. */
  readonly maxMs?: number;
}

const form = expected(
  'a duration such as 200ms, 30s, 5m, 1h, 7d or 0',
  '时长，例如 200ms、30s、5m、1h、7d 或 0',
);

/** A duration as people write it; milliseconds afterwards. */
export function duration({ minMs = 0, maxMs = maxTimerMs }: DurationRange = {}) {
  return z.union([z.string(), z.literal(0)], { error: form }).transform((value, context) => {
    const ms = durationMs(value);
    if (ms !== undefined && ms >= minMs && ms <= maxMs) return ms;
    const message = ms === undefined ? form : range(ms < minMs, ms < minMs ? minMs : maxMs);
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

/** A duration that is not 0. */
export const someTime = duration({ minMs: 1 });

/** A duration for keeping things: up to ten years. */
export const keepingTime = duration({ minMs: 1, maxMs: 3650 * units.d });

function range(tooShort: boolean, limitMs: number): string {
  const limit = limitMs % units.d === 0 ? `${limitMs / units.d}d` : `${limitMs}ms`;
  return tooShort
    ? expected(`a duration of at least ${limit}`, `至少 ${limit} 的时长`)
    : expected(`a duration of at most ${limit}`, `至多 ${limit} 的时长`);
}
