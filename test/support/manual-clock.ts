import { setMaxListeners } from 'node:events';
import type { Clock } from '../../src/core/clock.js';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Moves time on by `ms`; sleeps that end on the way end in order, at their own time. */
  advance(ms: number): Promise<void>;
  /** Sets the clock forwards or backwards by `ms`; no time passes. */
  set(ms: number): void;
  /** How many sleeps have not ended. */
  readonly sleeping: number;
}

/** A manual clock that shows `start`, in ms since 1970. */
export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  const sleepers = new Set<Sleeper>();
  let now = 0;
  let since = start;

  const advance = async (ms: number) => {
    const end = now + ms;
    for (;;) {
      const next = [...sleepers].toSorted((one, other) => one.at - other.at)[0];
      if (!next || next.at > end) break;
      now = Math.max(now, next.at);
      sleepers.delete(next);
      next.wake();
      await settled();
    }
    now = end;
    await settled();
  };

  const sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      signal?.throwIfAborted();
      if (signal) setMaxListeners(0, signal);
      const abort = () => {
        sleepers.delete(sleeper);
        reject(signal?.reason as Error);
      };
      const wake = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const sleeper = { at: now + ms, wake };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', abort, { once: true });
    });

  return {
    now: () => since + now,
    monotonic: () => now,
    sleep,
    advance,
    set: (ms) => {
      since += ms;
    },
    get sleeping() {
      return sleepers.size;
    },
  };
}

/** Lets everything run that waits for nothing but its turn. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
