import { LRUCache } from 'lru-cache';
import type { Clock } from '../../core/clock.js';

/** Slows down who guesses passwords. */
export interface LoginLimit {
  /** How long this address has to wait before it may try, in ms; 0: it may, and the try counts. */
  take(address: string): number;
  /** A right password: the address begins anew. */
  passed(address: string): void;
}

interface Tries {
  readonly failures: number;
  readonly nextAt: number;
}

/** Mistyping is free so often. */
const freeTries = 5;
const firstPauseMs = 1000;
const longestPauseMs = 15 * 60 * 1000;
/** After so long without a try an address begins anew, in ms. */
const forgetMs = 60 * 60 * 1000;
/** Addresses remembered; whoever has more than that is stopped by the limit of all. */
const maxAddresses = 10_000;
/** Tries of all addresses together, which never rests: each costs the program 100 ms of work. */
const everyoneTries = 30;
const everyoneMs = 60 * 1000;

/**
 * Five tries at once, then a pause that doubles with each further one, up to a quarter of an hour,
 * for each address. All addresses together have 30 tries a minute.
 */
export function createLoginLimit(clock: Clock): LoginLimit {
  const tries = new LRUCache<string, Tries>({
    max: maxAddresses,
    ttl: forgetMs,
    perf: { now: () => clock.monotonic() },
  });
  let windowEnds = 0;
  let inWindow = 0;
  const everyone = (now: number) => {
    if (now >= windowEnds) {
      windowEnds = now + everyoneMs;
      inWindow = 0;
    }
    if (inWindow >= everyoneTries) return windowEnds - now;
    inWindow += 1;
    return 0;
  };
  return {
    take: (address) => {
      const now = clock.monotonic();
      const { failures, nextAt } = tries.get(address) ?? { failures: 0, nextAt: 0 };
      if (nextAt > now) return Math.ceil(nextAt - now);
      const wait = everyone(now);
      if (wait > 0) return Math.ceil(wait);
      const more = failures + 1;
      const pause =
        more < freeTries ? 0 : Math.min(firstPauseMs * 2 ** (more - freeTries), longestPauseMs);
      tries.set(address, { failures: more, nextAt: now + pause });
      return 0;
    },
    passed: (address) => {
      tries.delete(address);
    },
  };
}
