import type { Clock } from '../../core/clock.js';
import { isCallbackError } from '../../core/errors.js';
import type { Claim, Fenced, RetryInfo, SettleInfo, Step } from '../../core/journal.js';
import type { TaskEnd } from '../../core/task.js';
import type { Database } from '../../postgres/database.js';
import { toClaim, toStepRow } from '../task-rows.js';
import type { Contact } from './contact.js';
import { Grouping, isOfOne } from './grouping.js';
import { HeldTokens, heldBy } from './held-tokens.js';
import { claimHeads, releaseLeases, renewLeases } from './leases.js';
import { type Change, keepChanges } from './progress.js';
import { safeText } from './safe-text.js';

/** What holders work with; as the parts of the journal. */
export interface HoldingParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly now: () => number | null;
  readonly leaseMs: number;
  readonly owner: string;
  readonly contact: Contact;
}

/** The server is asked again after so long, in ms. */
const askAgainMs = 200;

/** Changes of one transaction at most, so that nobody waits for long. */
const mostChanges = 200;

/**
 * What holders of leases do. Times in the statements are the server's; those in answers are this
 * program's, counted from before the server was asked: a lease never ends sooner than it is told.
 * While the server is away they wait: what was called and said meanwhile is kept when it is back.
 */
export class Holding {
  readonly #parts: HoldingParts;
  readonly #changing: Grouping<Change, Fenced>;
  readonly #held = new HeldTokens();
  readonly #closing = new AbortController();

  constructor(parts: HoldingParts) {
    const { database, now } = parts;
    this.#parts = parts;
    this.#changing = new Grouping({
      run: (changes) => database.transaction((sql) => keepChanges(sql, changes, now())),
      weight: () => 1,
      mostWeight: mostChanges,
      key: ({ held }) => held.token,
      isOfOne,
    });
  }

  async claim(n: number, bots: readonly string[]): Promise<readonly Claim[]> {
    const { database, clock, leaseMs, owner, now, contact } = this.#parts;
    if (n <= 0) return [];
    const speakers = [...new Set(['', ...bots])].map(safeText);
    const claims = await database.transaction(async (sql) => {
      // Not before the server has answered, however long that took.
      const until = clock.now() + leaseMs;
      const mayTakeOver = contact.mayTakeOver();
      const asked = { speakers, n, owner, leaseMs, now: now(), mayTakeOver };
      const rows = await claimHeads(sql, asked);
      return rows.map((row) => toClaim({ ...row, lease_until: until }));
    });
    this.#held.add(claims);
    return claims;
  }

  async renew(claims: readonly Claim[]): Promise<ReadonlyMap<string, number>> {
    const { database, clock, leaseMs, now } = this.#parts;
    return await this.#untilAnswered(async () => {
      const until = clock.now() + leaseMs;
      const tokens = await renewLeases(database, claims.map(heldBy), { leaseMs, now: now() });
      return new Map(tokens.map((token) => [token, until]));
    });
  }

  record(claim: Claim, step: Step): Promise<Fenced> {
    const row = toStepRow(step);
    if (row.kind === 'said') return this.#change(claim, { said: row.count });
    if (row.kind === 'waiting-said') return this.#change(claim, { waitingSaid: true });
    return this.#change(claim, { response: row.response, attempt: row.attempt });
  }

  async settle(claim: Claim, end: TaskEnd, info: SettleInfo): Promise<Fenced> {
    const fenced = await this.#change(claim, { ...info, end });
    this.#held.delete(claim.token);
    return fenced;
  }

  async retry(
    claim: Claim,
    at: number,
    { attempt, sayFailed = false, unsureAt }: RetryInfo,
  ): Promise<Fenced> {
    const inMs = Math.max(0, Math.ceil(at - this.#parts.clock.now()));
    const { holdMs } = claim.task;
    const retry = { at, inMs, holdMs, sayFailed, unsureAt };
    const fenced = await this.#change(claim, { attempt, retry });
    this.#held.delete(claim.token);
    return fenced;
  }

  /** Gives back what could not be finished; answers whether there was any. */
  async release(): Promise<boolean> {
    const held = this.#held.all();
    await releaseLeases(this.#parts.database, held, this.#parts.now());
    return held.length > 0;
  }

  /** What waits for the server fails from now on. */
  stopWaiting(): void {
    this.#closing.abort();
  }

  #change(claim: Claim, change: Omit<Change, 'held'>): Promise<Fenced> {
    return this.#untilAnswered(() => this.#changing.call({ ...change, held: heldBy(claim) }));
  }

  async #untilAnswered<T>(work: () => Promise<T>): Promise<T> {
    const { signal } = this.#closing;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isOfServer(error) || signal.aborted) throw error;
        await this.#parts.clock.sleep(askAgainMs, signal, { ref: false }).catch(() => {});
      }
    }
  }
}

/** The server is away, or takes no writes: what is to be kept stays the same. */
function isOfServer(error: unknown): boolean {
  if (!isCallbackError(error)) return false;
  return error.code === 'postgres-unreachable' || error.code === 'postgres-full';
}
