import type { Clock } from '../../core/clock.js';
import { type SharedRecord, type SharedState, sharedKey } from '../../core/shared-state.js';

/** Slows down who guesses passwords, in all instances together. Rejects as the shared state does. */
export interface LoginLimit {
  /** How long this address has to wait before it may try, in ms; 0: it may, and the try counts. */
  take(address: string): Promise<number>;
  /** A right password: the address begins anew, and is not held up by others for 30 days. */
  passed(address: string): Promise<void>;
}

interface Tries {
  readonly failures: number;
  /** In ms since 1970. */
  readonly nextAt: number;
}

/** Mistyping is free so often. */
const freeTries = 5;
const firstPauseMs = 1000;
const longestPauseMs = 15 * 60 * 1000;
/** After so long without a try an address begins anew, in ms. */
const forgetMs = 60 * 60 * 1000;
/** Tries of all addresses together, which never rests: each costs the program 100 ms of work. */
const everyoneTries = 30;
const everyoneMs = 60 * 1000;
/** An address that logged in does not share these tries for so long, in ms. */
const knownMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Five tries at once, then a pause that doubles with each further one, up to a quarter of an hour,
 * for each address. All addresses together have 30 tries a minute, so few are ever remembered. Those
 * that logged in before have their own tries alone, so that many strangers lock none of them out.
 */
export function createLoginLimit(state: SharedState, clock: Pick<Clock, 'now'>): LoginLimit {
  return {
    take: async (address) => {
      let isAdmitted = false;
      for (;;) {
        const key = keyOf(address);
        const record = await state.get(key);
        const tries = record && (JSON.parse(record.value) as Tries);
        const { failures, nextAt } = tries ?? { failures: 0, nextAt: 0 };
        const now = clock.now();
        // Clocks are set: nobody waits for longer than the longest pause.
        if (nextAt > now) return Math.min(Math.ceil(nextAt - now), longestPauseMs);
        const wait = isAdmitted ? 0 : await takeAsOneOf(state, address, now);
        if (wait > 0) return wait;
        isAdmitted = true;
        const next = { failures: failures + 1, nextAt: now + pauseAfter(failures + 1) };
        if (await replace(state, { key, record }, next, forgetMs)) return 0;
      }
    },
    passed: async (address) => {
      await state.put(knownKey(address), 'true', knownMs);
      await state.remove(keyOf(address));
    },
  };
}

function pauseAfter(failures: number): number {
  if (failures < freeTries) return 0;
  return Math.min(firstPauseMs * 2 ** (failures - freeTries), longestPauseMs);
}

/** How long an address has to wait because of all the others, in ms; 0: it may try. */
async function takeAsOneOf(state: SharedState, address: string, now: number): Promise<number> {
  const isKnown = (await state.get(knownKey(address))) !== undefined;
  return isKnown ? 0 : await takeOfEveryone(state, now);
}

/** One of the tries that all have; else how long it is until there are new ones, in ms. */
async function takeOfEveryone(state: SharedState, now: number): Promise<number> {
  const key = 'login-everyone';
  for (;;) {
    const record = await state.get(key);
    const fresh = { ends: now + everyoneMs, count: 0 };
    const known = record && (JSON.parse(record.value) as typeof fresh);
    const { ends, count } = known && known.ends > now ? known : fresh;
    if (count >= everyoneTries) return Math.min(Math.ceil(ends - now), everyoneMs);
    const next = { ends, count: count + 1 };
    if (await replace(state, { key, record }, next, everyoneMs)) return 0;
  }
}

/** Puts a record in place of what was found; false when another instance was faster. */
async function replace(
  state: SharedState,
  { key, record }: { readonly key: string; readonly record: SharedRecord | undefined },
  next: object,
  lifeMs: number,
): Promise<boolean> {
  const value = JSON.stringify(next);
  if (record === undefined) return (await state.add(key, value, lifeMs)) === undefined;
  return (await state.swap(key, record.version, { value, lifeMs })) !== undefined;
}

function keyOf(address: string): string {
  return sharedKey('login-tries', address);
}

function knownKey(address: string): string {
  return sharedKey('login-known', address);
}
