import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../core/clock.js';
import { isOpenIMError } from './api-error.js';
import { waitFor } from './wait-for.js';

/** How answers are kept. */
export interface LookUpOptions<T> {
  readonly clock: Pick<Clock, 'now'>;
  /** Asks the server; `undefined` when there is nothing under the id. */
  readonly ask: (id: string) => Promise<T | undefined>;
  /** The `errCode`s that mean: there is nothing under this id. */
  readonly unknown: readonly number[];
  /** How many answers at most. Default: 10,000. */
  readonly max?: number;
  /** How long they are good, in ms. Default: ten minutes. */
  readonly keptMs?: number;
}

/** Answers that are kept for a while. */
export interface LookUp<T> {
  /** What is under an id, `undefined` when nothing is. Throws OpenIMApiError. */
  get(id: string, signal?: AbortSignal): Promise<T | undefined>;
  /** The next `get` asks anew; an answer that is on its way is not kept. */
  forget(id: string): void;
}

/** What was unknown may be made at any time, in ms. */
const unknownKeptMs = 30_000;

/** Asks once for each id, for all who want it at the same time, and keeps the answer. */
export function createLookUp<T>(options: LookUpOptions<T>): LookUp<T> {
  const { clock, ask, unknown, max = 10_000, keptMs = 600_000 } = options;
  const kept = new LRUCache<string, { readonly value: T | undefined }>({
    max,
    ttl: keptMs,
    ttlResolution: 0,
    perf: clock,
  });
  const underWay = new Map<string, Promise<T | undefined>>();

  const askAndKeep = async (id: string, isCurrent: () => boolean) => {
    const value = await ask(id).catch((error: unknown) => {
      if (isOpenIMError(error, ...unknown)) return undefined;
      throw error;
    });
    const ttl = value === undefined ? unknownKeptMs : keptMs;
    if (isCurrent()) kept.set(id, { value }, { ttl });
    return value;
  };
  const start = (id: string): Promise<T | undefined> => {
    const isCurrent = () => underWay.get(id) === asking;
    const asking: Promise<T | undefined> = askAndKeep(id, isCurrent).finally(() => {
      if (isCurrent()) underWay.delete(id);
    });
    underWay.set(id, asking);
    return asking;
  };
  return {
    get: async (id, signal) => {
      const known = kept.get(id);
      if (known) return known.value;
      return await waitFor(underWay.get(id) ?? start(id), signal);
    },
    forget: (id) => {
      kept.delete(id);
      underWay.delete(id);
    },
  };
}
