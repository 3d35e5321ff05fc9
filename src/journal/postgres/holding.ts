import type { Clock } from '../../core/clock.js';
import type { Claim, Fenced, RetryInfo, SettleInfo, Step } from '../../core/journal.js';
import type { TaskEnd } from '../../core/task.js';
import type { Database } from '../../postgres/database.js';
import { toClaim, toStepRow } from '../task-rows.js';
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
}

/** Changes of one transaction at most, so that nobody waits for long. */
const mostChanges = 200;

/**
 * What holders of leases do. Times in the statements are the server's; those in answers are this
 * program's, counted from before the server was asked: a lease never ends sooner than it is told.
 */
export class Holding {
  readonly #parts: HoldingParts;
  readonly #changing: Grouping<Change, Fenced>;
  readonly #held = new HeldTokens();

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
    const { database, clock, leaseMs, owner, now } = this.#parts;
    if (n <= 0) return [];
    const until = clock.now() + leaseMs;
    const speakers = [...new Set(['', ...bots])].map(safeText);
    const rows = await claimHeads(database, { speakers, n, owner, leaseMs, now: now() });
    const claims = rows.map((row) => toClaim({ ...row, lease_until: until }));
    this.#held.add(claims);
    return claims;
  }

  async renew(claims: readonly Claim[]): Promise<ReadonlyMap<string, number>> {
    const { database, clock, leaseMs, now } = this.#parts;
    const until = clock.now() + leaseMs;
    const tokens = await renewLeases(database, claims.map(heldBy), { leaseMs, now: now() });
    return new Map(tokens.map((token) => [token, until]));
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
    const fenced = await this.#change(claim, { attempt, retry: { at, inMs, sayFailed, unsureAt } });
    this.#held.delete(claim.token);
    return fenced;
  }

  /** Gives back what could not be finished; answers whether there was any. */
  async release(): Promise<boolean> {
    const held = this.#held.all();
    await releaseLeases(this.#parts.database, held, this.#parts.now());
    return held.length > 0;
  }

  #change(claim: Claim, change: Omit<Change, 'held'>): Promise<Fenced> {
    return this.#changing.call({ ...change, held: heldBy(claim) });
  }
}
