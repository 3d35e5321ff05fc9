/** Nobody waits longer for an answer in a chat; keeps absurd values from overflowing. */
const maxMs = 24 * 60 * 60 * 1000;

/**
 * Reads a `Retry-After` header: seconds, or an HTTP date.
 *
 * @param now ms since 1970
 * @returns ms from `now`, 0 to one day; `undefined` when there is none or it is neither
 */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Math.min(maxMs, Math.ceil(Number(text) * 1000));
  // `Date.parse` takes nearly anything, `-5` for one; an HTTP date begins with a weekday.
  const at = /^[a-z]{3}/iu.test(text) ? Date.parse(inGmt(text)) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.min(maxMs, Math.max(0, at - now));
}

/** The oldest form of an HTTP date, `Thu Jan  1 00:00:30 2026`, means GMT without saying so. */
function inGmt(date: string): string {
  return /\d{4}$/u.test(date) ? `${date} GMT` : date;
}
