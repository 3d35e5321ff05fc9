import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock.js';
import { type SharedRecord, type SharedState, sharedKey } from '../../core/shared-state.js';

/** A login that holds. */
export interface HeldSession {
  /** When it ends unless used, in ms since 1970. */
  readonly expiresAt: number;
  /** Aborted when it ends, for whatever lasts: a stream of events. */
  readonly signal: AbortSignal;
}

/** Who is logged in, to all instances that share their state. Everything rejects as that does. */
export interface Sessions {
  /** Begins one; answers the token, which is known to the browser alone. */
  begin(): Promise<{ readonly token: string; readonly session: HeldSession }>;
  /** The session of a token, prolonged by this use; `undefined` when there is none. */
  use(token: string): Promise<HeldSession | undefined>;
  /** Whether it still holds; this is no use of it. For what lasts and asks for nothing. */
  holds(token: string): Promise<boolean>;
  end(token: string): Promise<void>;
  /** Ends all but that of `token`. */
  endOthers(token: string): Promise<void>;
  /** Ends here what has ended elsewhere. Never rejects. */
  check(): Promise<void>;
}

/** A session ends when it is not used for so long, in ms. */
const idleMs = 12 * 60 * 60 * 1000;
/** It ends at the latest after so long, in ms. */
const longestMs = 7 * 24 * 60 * 60 * 1000;
/** It is prolonged no oftener, in ms. */
const prolongEveryMs = 60_000;
/** More at once are nobody's: the oldest ends. */
const maxSessions = 100;

interface Held {
  readonly ending: AbortController;
  prolongedAt: number;
}

/** Two records for each: one lives as long as it may at all, one as long as it may rest. */
const whole = 'session';
const resting = 'session-use';

/** Tokens are kept hashed: who reads what is kept cannot log in. */
export function createSessions(state: SharedState, clock: Clock): Sessions {
  return new SharedSessions(state, clock);
}

class SharedSessions implements Sessions {
  readonly #state: SharedState;
  readonly #clock: Clock;
  readonly #held = new Map<string, Held>();

  constructor(state: SharedState, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  async begin(): Promise<{ readonly token: string; readonly session: HeldSession }> {
    const token = randomBytes(32).toString('base64url');
    const hash = hashOf(token);
    const known = await this.#others(hash);
    await this.#endAll(known.slice(0, Math.max(0, known.length + 1 - maxSessions)));
    const now = this.#clock.now();
    await this.#state.put(sharedKey(resting, hash), 'true', idleMs);
    await this.#state.put(sharedKey(whole, hash), JSON.stringify(now), longestMs);
    return { token, session: this.#hold(hash, now) };
  }

  async use(token: string): Promise<HeldSession | undefined> {
    const hash = hashOf(token);
    const record = await this.#find(hash);
    if (record === undefined) return undefined;
    const session = this.#hold(hash, Number(record.value));
    await this.#prolong(hash);
    return session;
  }

  async holds(token: string): Promise<boolean> {
    return (await this.#find(hashOf(token))) !== undefined;
  }

  async end(token: string): Promise<void> {
    await this.#endAll([hashOf(token)]);
  }

  async endOthers(token: string): Promise<void> {
    await this.#endAll(await this.#others(hashOf(token)));
  }

  async check(): Promise<void> {
    const finding = Array.from(this.#held.keys(), (hash) => this.#find(hash));
    await Promise.all(finding).catch(() => {});
  }

  /** All but one, the oldest first. */
  async #others(mine: string): Promise<readonly string[]> {
    const all = [...(await this.#state.list(`${whole}/`))];
    const sorted = all.toSorted(([, one], [, other]) => one.version - other.version);
    return sorted.map(([key]) => key.slice(whole.length + 1)).filter((hash) => hash !== mine);
  }

  async #find(hash: string): Promise<SharedRecord | undefined> {
    const keys = [sharedKey(whole, hash), sharedKey(resting, hash)];
    const [record, rest] = await Promise.all(keys.map((key) => this.#state.get(key)));
    if (record !== undefined && rest !== undefined) return record;
    this.#drop(hash);
    return undefined;
  }

  async #prolong(hash: string): Promise<void> {
    const now = this.#clock.monotonic();
    const held = this.#held.get(hash);
    if (held === undefined || now - held.prolongedAt < prolongEveryMs) return;
    held.prolongedAt = now;
    await this.#state.put(sharedKey(resting, hash), 'true', idleMs);
  }

  #hold(hash: string, beganAt: number): HeldSession {
    const ending = new AbortController();
    const held = this.#held.get(hash) ?? { ending, prolongedAt: -Infinity };
    this.#held.set(hash, held);
    const expiresAt = Math.min(this.#clock.now() + idleMs, beganAt + longestMs);
    return { expiresAt, signal: held.ending.signal };
  }

  async #endAll(hashes: readonly string[]): Promise<void> {
    const kinds = [whole, resting];
    const keys = hashes.flatMap((hash) => kinds.map((kind) => sharedKey(kind, hash)));
    for (const hash of hashes) this.#drop(hash);
    await Promise.all(keys.map((key) => this.#state.remove(key)));
  }

  #drop(hash: string): void {
    this.#held.get(hash)?.ending.abort();
    this.#held.delete(hash);
  }
}

/** In hex: nothing of it is changed in a key. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
