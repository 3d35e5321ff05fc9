import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../core/clock.js';
import { isWeComError } from './api-error.js';
import { waitFor } from './wait-for.js';

/** How answers are kept. */
export interface LookUpOptions<T> {
  readonly clock: Clock;
  /** Asks WeCom. */
  readonly ask: (id: string) => Promise<T>;
  /** The `errcode`s that mean: there is nothing to see under this id. */
  readonly unknown: readonly number[];
  /** How an id is compared. Default: as it is. */
  readonly keyOf?: (id: string) => string;
}

/** Answers that are kept for a while. */
export interface LookUp<T> {
  /** What is under an id, `undefined` when the app sees nothing there. Throws WeComApiError. */
  get(id: string, signal?: AbortSignal): Promise<T | undefined>;
  /** The next `get` asks anew; an answer that is on its way is not kept. */
  forget(id: string): void;
}

/** Names change seldom, and events tell when they do. */
const keptMs = 3600 * 1000;
/** Who was unknown may be added to the visible range at any time. */
const unknownKeptMs = 60 * 1000;
const maxKept = 10_000;

/** Asks once for each id, for all who want it at the same time, and keeps the answer. */
export function createLookUp<T>(options: LookUpOptions<T>): LookUp<T> {
  const { clock, ask, unknown, keyOf = (id) => id } = options;
  const kept = new LRUCache<string, { readonly value: T | undefined }>({
    max: maxKept,
    ttl: keptMs,
    ttlResolution: 0,
    perf: clock,
  });
  const underWay = new Map<string, Promise<T | undefined>>();

  const askAndKeep = async (key: string, id: string, isCurrent: () => boolean) => {
    try {
      const value = await ask(id);
      if (isCurrent()) kept.set(key, { value });
      return value;
    } catch (error) {
      if (!isWeComError(error, ...unknown)) throw error;
      if (isCurrent()) kept.set(key, { value: undefined }, { ttl: unknownKeptMs });
      return undefined;
    }
  };

  const start = (key: string, id: string): Promise<T | undefined> => {
    const isCurrent = () => underWay.get(key) === asking;
    const asking: Promise<T | undefined> = askAndKeep(key, id, isCurrent).finally(() => {
      if (isCurrent()) underWay.delete(key);
    });
    underWay.set(key, asking);
    return asking;
  };

  return {
    get: async (id, signal) => {
      const key = keyOf(id);
      const known = kept.get(key);
      if (known) return known.value;
      return await waitFor(underWay.get(key) ?? start(key, id), signal);
    },
    forget: (id) => {
      kept.delete(keyOf(id));
      underWay.delete(keyOf(id));
    },
  };
}
