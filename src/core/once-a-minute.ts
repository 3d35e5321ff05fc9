import type { Clock } from './clock.js';

const minuteMs = 60_000;

/**
 * Keeps the log readable when the same thing happens again and again: `tell` is called with the first
 * of a kind and then once a minute at most, with how many of that kind were not told since
 * (`undefined`: none).
 */
export function createOnceAMinute(
  clock: Pick<Clock, 'now'>,
): (kind: string, tell: (untold: number | undefined) => void) => void {
  const told = new Map<string, { at: number; untold: number }>();
  return (kind, tell) => {
    const now = clock.now();
    const last = told.get(kind);
    if (last !== undefined && now - last.at < minuteMs) {
      last.untold += 1;
      return;
    }
    told.set(kind, { at: now, untold: 0 });
    tell(last?.untold || undefined);
  };
}
