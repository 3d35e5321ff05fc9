import type { Clock } from '../../core/clock.js';

/** Waits for the API while the server waits for an answer to its callback. */
export interface Patience {
  /** What comes of `asking`, or `otherwise` when that takes too long or fails. Never rejects. */
  wait<T>(asking: Promise<T>, otherwise: T): Promise<T>;
}

/** A service of the server has two workers for all its callbacks, in ms. */
const longestMs = 500;

/** For so long after a call that was too slow only what is known already is taken, in ms. */
const quietMs = 10_000;

/** A patience that learns: a server that is overloaded is not made to wait for itself. */
export function createPatience(clock: Pick<Clock, 'now'>): Patience {
  let quietUntil = 0;
  return {
    wait: async (asking, otherwise) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(resolve, clock.now() < quietUntil ? 0 : longestMs, 'late');
      });
      const told = asking.then(
        (value) => ({ value }),
        () => ({ value: otherwise }),
      );
      const first = await Promise.race([told, late]);
      clearTimeout(timer);
      if (first !== 'late') return first.value;
      quietUntil = clock.now() + quietMs;
      return otherwise;
    },
  };
}
