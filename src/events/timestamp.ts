/** Below this a timestamp can only be seconds (1e11 s is the year 5138, 1e11 ms is 1973). */
const smallestMs = 1e11;

/**
 * A puppet's timestamp, which may be in seconds or milliseconds, or missing, as whole seconds.
 *
 * @param at when the message arrived, in ms: stands in for a missing timestamp
 */
export function toSeconds(timestamp: number | undefined, at: number): number {
  if (timestamp === undefined || !Number.isFinite(timestamp)) return Math.floor(at / 1000);
  return Math.floor(timestamp < smallestMs ? timestamp : timestamp / 1000);
}
