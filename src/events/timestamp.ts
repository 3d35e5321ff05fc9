/** Below this a timestamp can only be seconds (1e11 s is the year 5138, 1e11 ms is 1973). */
const smallestMs = 1e11;

/** A puppet's timestamp, which may be in seconds or milliseconds, as whole seconds. */
export function toSeconds(timestamp: number): number {
  return timestamp < smallestMs ? timestamp : Math.floor(timestamp / 1000);
}
