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
  /** Whether it still holds; this is no use of it. For what lasts and asks for nothing. */
  holds(token: string): boolean;
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

/** Times on the clock that nobody can set. */
interface Kept {
  readonly until: number;
  readonly ending: AbortController;
  endsAt: number;
}

/** None yet. Tokens are kept hashed: who reads the memory of the program cannot log in. */
export function createSessions(clock: Clock): Sessions {
  const kept = new Map<string, Kept>();
  const end = (key: string) => {
    kept.get(key)?.ending.abort();
    kept.delete(key);
  };
  const held = ({ endsAt, ending }: Kept): HeldSession => ({
    expiresAt: clock.now() + endsAt - clock.monotonic(),
    signal: ending.signal,
  });
  return {
    begin: () => {
      const token = randomBytes(32).toString('base64url');
      const now = clock.monotonic();
      for (const [key, { endsAt }] of kept) if (endsAt <= now) end(key);
      const [oldest] = kept.keys();
      if (kept.size >= maxSessions && oldest !== undefined) end(oldest);
      const ending = new AbortController();
      const session = { until: now + longestMs, endsAt: now + idleMs, ending };
      kept.set(keyOf(token), session);
      return { token, session: held(session) };
    },
    use: (token) => {
      const key = keyOf(token);
      const session = kept.get(key);
      if (session === undefined) return undefined;
      const now = clock.monotonic();
      if (session.endsAt <= now) {
        end(key);
        return undefined;
      }
      session.endsAt = Math.min(now + idleMs, session.until);
      return held(session);
    },
    holds: (token) => (kept.get(keyOf(token))?.endsAt ?? 0) > clock.monotonic(),
    end: (token) => end(keyOf(token)),
    endOthers: (token) => {
      const mine = keyOf(token);
      for (const key of kept.keys()) if (key !== mine) end(key);
    },
  };
}

function keyOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
