import { LRUCache } from 'lru-cache';
import { type Clock, systemClock } from '../../core/clock.js';
import { LateLookUp } from '../../core/rule-look-up.js';
import { inTime } from './in-time.js';

/** What a directory is made of. */
export interface DirectoryOptions<T extends object> {
  /** Asks the platform. Rejects when it does not know the id, or does not answer. */
  readonly lookUp: (id: string) => Promise<T>;
  /** What is said of an id about which nothing is known. */
  readonly unknown: (id: string) => T;
  /** How many entries at most. Default: 10,000. */
  readonly max?: number;
  /** How long an entry is fresh, in ms. Default: one hour. */
  readonly freshMs?: number;
  /** The longest wait of `soon`, in ms. Default: 1,500. */
  readonly patienceMs?: number;
  /** How long after a failure nothing is asked in the background, in ms. Default: one minute. */
  readonly retryMs?: number;
  /** Default: the machine's. */
  readonly clock?: Pick<Clock, 'now'>;
}

/** Contacts or rooms of a platform, as far as they were met, looked up lazily. */
export interface Directory<T extends object> {
  /** What is known at this moment; asks in the background for what is unknown or no longer fresh. */
  now(id: string): T;
  /** The fresh entry. Rejects as `lookUp` does. */
  get(id: string): Promise<T>;
  /** The fresh entry if the platform tells it in time, else what is known. Never rejects. */
  soon(id: string): Promise<T>;
  /**
   * The fresh entry if the platform tells it within so many ms, else what it told before. Rejects when
   * it never told anything: with LateLookUp when it is slow, else as `lookUp` does.
   */
  within(id: string, patienceMs: number): Promise<T>;
  /** Takes over what the platform told by itself. */
  put(id: string, entry: T): void;
  /**
   * The entry is no longer fresh, but known until something better is; a look-up that is under way
   * already tells nothing fresh either.
   */
  expire(id: string): void;
  /** Everybody and everything that was met. */
  ids(): string[];
}

interface Entry<T> {
  value: T;
  /** The platform has told it. */
  isTold: boolean;
  /** Why it told nothing the last time. */
  failure?: unknown;
  /** Milliseconds since 1970. */
  freshUntil: number;
  /** Nothing is asked in the background before, in ms since 1970. */
  quietUntil: number;
  asking?: Promise<T>;
}

/** A directory without entries. Parallel look-ups of one id are one. */
export function createDirectory<T extends object>(options: DirectoryOptions<T>): Directory<T> {
  const { unknown, max = 10_000, patienceMs = 1500, clock = systemClock } = options;
  const entries = new LRUCache<string, Entry<T>>({ max });
  const entryOf = (id: string): Entry<T> => {
    const present = entries.get(id);
    if (present !== undefined) return present;
    const entry: Entry<T> = { value: unknown(id), isTold: false, freshUntil: 0, quietUntil: 0 };
    entries.set(id, entry);
    return entry;
  };
  return {
    now: (id) => {
      const entry = entryOf(id);
      const now = clock.now();
      const isQuiet = now < entry.freshUntil || now < entry.quietUntil || entry.asking;
      if (!isQuiet) ask(options, id, entry).catch(() => {});
      return entry.value;
    },
    get: async (id) => {
      const entry = entryOf(id);
      return clock.now() < entry.freshUntil ? entry.value : await ask(options, id, entry);
    },
    soon: async (id) => {
      const entry = entryOf(id);
      if (clock.now() < Math.max(entry.freshUntil, entry.quietUntil)) return entry.value;
      await inTime(ask(options, id, entry), patienceMs);
      return entry.value;
    },
    within: async (id, ms) => {
      const entry = entryOf(id);
      const now = clock.now();
      if (now < entry.freshUntil) return entry.value;
      if (now >= entry.quietUntil) await inTime(ask(options, id, entry), ms);
      if (entry.isTold) return entry.value;
      throw (entry.asking === undefined && entry.failure) || new LateLookUp(id);
    },
    put: (id, value) => take(options, entryOf(id), value),
    expire: (id) => {
      const entry = entries.peek(id);
      if (entry === undefined) return;
      entry.freshUntil = 0;
      entry.quietUntil = 0;
      delete entry.asking;
    },
    ids: () => [...entries.keys()],
  };
}

function take<T extends object>(options: DirectoryOptions<T>, entry: Entry<T>, value: T): void {
  const { freshMs = 3_600_000, clock = systemClock } = options;
  entry.value = value;
  entry.isTold = true;
  entry.freshUntil = clock.now() + freshMs;
}

function ask<T extends object>(
  options: DirectoryOptions<T>,
  id: string,
  entry: Entry<T>,
): Promise<T> {
  const { lookUp, retryMs = 60_000, clock = systemClock } = options;
  if (entry.asking !== undefined) return entry.asking;
  const isCurrent = () => entry.asking === mine;
  const run = async () => {
    try {
      // Also one that throws at once is waited for, so that `asking` is set by the time it is done.
      const value = await Promise.resolve(id).then(lookUp);
      if (isCurrent()) take(options, entry, value);
      return value;
    } catch (error) {
      if (isCurrent()) {
        entry.quietUntil = clock.now() + retryMs;
        entry.failure = error;
      }
      throw error;
    } finally {
      if (isCurrent()) delete entry.asking;
    }
  };
  const mine = run();
  entry.asking = mine;
  return mine;
}
