import type { Clock } from '../../core/clock.js';

/** Whether a promise resolves within `ms`. */
export async function isWithin(clock: Clock, done: Promise<void>, ms: number): Promise<boolean> {
  const enough = new AbortController();
  const late = clock.sleep(ms, enough.signal).then(
    () => false,
    () => false,
  );
  const isDone = await Promise.race([done.then(() => true), late]);
  enough.abort();
  return isDone;
}
