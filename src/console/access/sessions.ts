import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock.js';

/** A login that holds. */
export interface HeldSession {
  /** When it ends unless used, in ms since 1970. */
  readonly expiresAt: number;
  /** Aborted when it ends, for whatever lasts: a stream of events. */
  readonly signal: AbortSignal;
}

/** Who is logged in. In memory: a restart ends all sessions. */
export interface Sessions {
  /** Begins one; answers the token, which is known to the browser alone. */
  begin(): { readonly token: string; readonly session: HeldSession };
  /** The session of a token, prolonged by this use; `undefined` when there is none. */
  use(token: string): HeldSession | undefined;
  end(token: string): void;
  /** Ends all but that of `token`. */
  endOthers(token: string): void;
}

/** A session ends when it is not used for so long, in ms. */
const idleMs = 12 * 60 * 60 * 1000;
/** It ends at the latest after so long, in ms. */
const longestMs = 7 * 24 * 60 * 60 * 1000;
/** More at once are nobody's: the oldest ends. */
const maxSessions = 100;

interface Kept {
  readonly until: number;
  readonly ending: AbortController;
  expiresAt: number;
}

/** None yet. Tokens are kept hashed: who reads the memory of the program cannot log in. */
export function createSessions(clock: Clock): Sessions {
  const kept = new Map<string, Kept>();
  const end = (key: string) => {
    kept.get(key)?.ending.abort();
    kept.delete(key);
  };
  return {
    begin: () => {
      const token = randomBytes(32).toString('base64url');
      const now = clock.now();
      for (const [key, { expiresAt }] of kept) if (expiresAt <= now) end(key);
      const [oldest] = kept.keys();
      if (kept.size >= maxSessions && oldest !== undefined) end(oldest);
      const session = {
        until: now + longestMs,
        expiresAt: now + idleMs,
        ending: new AbortController(),
      };
      kept.set(keyOf(token), session);
      return { token, session: held(session) };
    },
    use: (token) => {
      const key = keyOf(token);
      const session = kept.get(key);
      if (session === undefined) return undefined;
      const now = clock.now();
      if (session.expiresAt <= now) {
        end(key);
        return undefined;
      }
      session.expiresAt = Math.min(now + idleMs, session.until);
      return held(session);
    },
    end: (token) => end(keyOf(token)),
    endOthers: (token) => {
      const mine = keyOf(token);
      for (const key of kept.keys()) if (key !== mine) end(key);
    },
  };
}

function held({ expiresAt, ending }: Kept): HeldSession {
  return { expiresAt, signal: ending.signal };
}

function keyOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
