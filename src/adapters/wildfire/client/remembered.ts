import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../core/clock.js';

/** How much is remembered. */
export interface RememberOptions {
  /** How many answers at most. Default: 5,000. */
  readonly max?: number;
  /** For how long, in ms. Default: ten minutes. */
  readonly ageMs?: number;
  readonly clock: Pick<Clock, 'now'>;
}

/** Answers that are asked for once. */
export interface Remembered<T> {
  /** The answer for a key; those who ask at the same time share one question. */
  get(key: string): Promise<T>;
  /** The answer if it is known now. */
  known(key: string): T | undefined;
  /** An answer that came by itself. */
  set(key: string, value: T): void;
  forget(key: string): void;
}

interface Entry<T> {
  readonly until: number;
  readonly promise: Promise<T>;
  value?: T;
}

/** Remembers what `ask` answers; what it rejects with is not remembered. */
export function remember<T>(
  ask: (key: string) => Promise<T>,
  options: RememberOptions,
): Remembered<T> {
  const { max = 5000, ageMs = 600_000, clock } = options;
  const entries = new LRUCache<string, Entry<T>>({ max });
  const fresh = (key: string) => {
    const entry = entries.get(key);
    return entry && clock.now() < entry.until ? entry : undefined;
  };
  const settle = async (key: string, entry: Entry<T>) => {
    try {
      entry.value = await entry.promise;
    } catch {
      if (entries.peek(key) === entry) entries.delete(key);
    }
  };
  const keep = (key: string, promise: Promise<T>): Entry<T> => {
    const entry: Entry<T> = { until: clock.now() + ageMs, promise };
    entries.set(key, entry);
    void settle(key, entry);
    return entry;
  };
  return {
    get: (key) => (fresh(key) ?? keep(key, ask(key))).promise,
    known: (key) => fresh(key)?.value,
    set: (key, value) => {
      keep(key, Promise.resolve(value)).value = value;
    },
    forget: (key) => {
      entries.delete(key);
    },
  };
}
