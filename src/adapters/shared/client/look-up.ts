import { LRUCache } from 'lru-cache';
import type { Clock } from '../../../core/clock.js';
import { waitFor } from './wait-for.js';

/** How answers are kept. */
export interface LookUpOptions<T> {
  readonly clock: Pick<Clock, 'now'>;
  /** Asks the platform; `undefined` when there is nothing under the id. */
  readonly ask: (id: string) => Promise<T | undefined>;
  /** True for an error that means: there is nothing to see under this id. */
  readonly isUnknown: (error: unknown) => boolean;
  /** How an id is compared. Default: as it is. */
  readonly keyOf?: (id: string) => string;
  /** How many answers at most. Default: 10,000. */
  readonly max?: number;
  /** How long they are good, in ms. Default: one hour: names change seldom. */
  readonly keptMs?: number;
}

/** Answers that are kept for a while. */
export interface LookUp<T> {
  /** What is under an id, `undefined` when nothing is. Rejects as `ask` does. */
  get(id: string, signal?: AbortSignal): Promise<T | undefined>;
  /** What is under an id, as far as that is known now. */
  known(id: string): T | undefined;
  /** The next `get` asks anew; an answer that is on its way is not kept. */
  forget(id: string): void;
}

/** What was unknown may be made at any time, in ms. */
const unknownKeptMs = 60_000;

/** Asks once for each id, for all who want it at the same time, and keeps the answer. */
export function createLookUp<T>(options: LookUpOptions<T>): LookUp<T> {
  const { clock, ask, isUnknown, keyOf = (id) => id, max = 10_000, keptMs = 3_600_000 } = options;
  const kept = new LRUCache<string, { readonly value: T | undefined }>({
    max,
    ttl: keptMs,
    ttlResolution: 0,
    perf: clock,
  });
  const underWay = new Map<string, Promise<T | undefined>>();

  const askAndKeep = async (key: string, id: string, isCurrent: () => boolean) => {
    const value = await ask(id).catch((error: unknown) => {
      if (isUnknown(error)) return undefined;
      throw error;
    });
    const ttl = value === undefined ? unknownKeptMs : keptMs;
    if (isCurrent()) kept.set(key, { value }, { ttl });
    return value;
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
    known: (id) => kept.get(keyOf(id))?.value,
    forget: (id) => {
      kept.delete(keyOf(id));
      underWay.delete(keyOf(id));
    },
  };
}
