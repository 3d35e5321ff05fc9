import type { Clock } from '../../core/clock.js';
import {
  type Accepted,
  byHand,
  type Claim,
  type Discarding,
  type Fenced,
  type Journal,
  type JournalStats,
  type RetryInfo,
  type SettleInfo,
  type Step,
  type TaskQuery,
} from '../../core/journal.js';
import type { Resolution, Task, TaskEnd, TaskRecord } from '../../core/task.js';
import type { Database } from '../../postgres/database.js';
import { journalClosed } from '../journal-closed.js';
import type { Retention } from '../retention.js';
import { type NewTaskRow, toRecord, toRow } from '../task-rows.js';
import type { WorkSignal } from '../work-signal.js';
import type { Announcer } from './announcer.js';
import { acceptTasks, replayTasks } from './arrivals.js';
import type { Contact } from './contact.js';
import { discardTasks } from './discarding.js';
import { forgetPerson } from './forgetting.js';
import { Grouping, isOfOne } from './grouping.js';
import { Holding } from './holding.js';
import { journalInDatabase } from './journal-in-database.js';
import { resolveTasks } from './resolving.js';
import { countTasks, findBlockers, findTasks, getTask } from './search.js';
import { sweep } from './sweeping.js';

/** What a journal works with. */
export interface PostgresJournalParts {
  readonly database: Database;
  readonly signal: WorkSignal;
  readonly announcer: Announcer;
  readonly clock: Clock;
  /** The time that counts in the database, in ms since 1970; `null`: the server's own. */
  readonly now: () => number | null;
  readonly leaseMs: number;
  readonly owner: string;
  readonly retention: Retention;
  readonly contact: Contact;
  /** Looks what can be claimed, and when that changes. */
  readonly look: () => void;
  /** Called once, when the journal is closed. */
  readonly release: () => Promise<void>;
}

/** Tasks of one transaction at most, so that nobody waits for long. */
const mostTasks = 1000;

/** The port, as statements. */
export class PostgresJournal implements Journal {
  readonly #parts: PostgresJournalParts;
  readonly #accepting: Grouping<readonly NewTaskRow[], readonly Accepted[]>;
  readonly #holding: Holding;
  readonly #underWay = new Set<Promise<unknown>>();
  #closed: Promise<void> | undefined;

  constructor(parts: PostgresJournalParts) {
    this.#parts = parts;
    this.#holding = new Holding(parts);
    this.#accepting = new Grouping({
      run: (calls) => this.#acceptAll(calls),
      weight: (tasks) => tasks.length,
      mostWeight: mostTasks,
      isOfOne,
    });
  }

  async accept(tasks: readonly Task[]): Promise<readonly Accepted[]> {
    const rows = tasks.map(toRow);
    return this.#call(() => this.#accepting.call(rows));
  }

  async claim(n: number, bots: readonly string[]): Promise<readonly Claim[]> {
    const claims = await this.#call(() => this.#holding.claim(n, bots));
    this.#parts.signal.wakeAt(claims[0]?.leaseUntil);
    return claims;
  }

  async renew(claims: readonly Claim[]): Promise<ReadonlyMap<string, number>> {
    return this.#call(() => this.#holding.renew(claims));
  }

  async record(claim: Claim, step: Step): Promise<Fenced> {
    return this.#call(() => this.#holding.record(claim, step));
  }

  async settle(claim: Claim, end: TaskEnd, info: SettleInfo = {}): Promise<Fenced> {
    const fenced = await this.#call(() => this.#holding.settle(claim, end, info));
    this.#parts.signal.wake();
    return fenced;
  }

  async retry(claim: Claim, at: number, info: RetryInfo = {}): Promise<Fenced> {
    const fenced = await this.#call(() => this.#holding.retry(claim, at, info));
    const { signal, clock } = this.#parts;
    signal.wakeAt(Math.min(at, clock.now() + (claim.task.holdMs ?? Infinity)));
    return fenced;
  }

  async find(query: TaskQuery): Promise<readonly TaskRecord[]> {
    const { database, now } = this.#parts;
    return (await this.#call(() => findTasks(database, query, now()))).map(toRecord);
  }

  async get(id: string): Promise<TaskRecord | undefined> {
    const { database, now } = this.#parts;
    const row = await this.#call(() => getTask(database, id, now()));
    return row && toRecord(row);
  }

  async blockers(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#call(() => findBlockers(this.#parts.database, ids));
  }

  async replay(ids: readonly string[]): Promise<number> {
    const { database, now } = this.#parts;
    return this.#waking(() => database.transaction((sql) => replayTasks(sql, ids, now())));
  }

  async discard(ids: readonly string[], how: Discarding = byHand): Promise<number> {
    const { database, now } = this.#parts;
    const discarded = { ids, ...how };
    return this.#waking(() => database.transaction((sql) => discardTasks(sql, discarded, now())));
  }

  async resolve(ids: readonly string[], as: Resolution): Promise<number> {
    const { database, now } = this.#parts;
    return this.#waking(() => database.transaction((sql) => resolveTasks(sql, ids, as, now())));
  }

  async stats(): Promise<JournalStats> {
    const { database, now } = this.#parts;
    return this.#call(() => countTasks(database, now()));
  }

  async forget(userId: string): Promise<number> {
    const { database, now } = this.#parts;
    return this.#waking(() => forgetPerson(database, userId, now));
  }

  async sweep(): Promise<number> {
    return this.#call(() => sweep({ ...this.#parts, isEnding: () => this.#closed !== undefined }));
  }

  async backup(): Promise<void> {
    if (this.#closed) throw journalClosed();
    throw journalInDatabase();
  }

  onWork(wake: () => void): () => void {
    if (this.#closed) throw journalClosed();
    const { signal, announcer, look } = this.#parts;
    const stop = signal.subscribe(wake);
    const stopListening = announcer.listen(wake);
    look();
    return () => {
      stopListening();
      stop();
    };
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const { signal, announcer, release } = this.#parts;
    signal.close();
    this.#holding.stopWaiting();
    await Promise.allSettled(this.#underWay);
    // What could not be finished is taken over at once; without a server, when the leases end.
    const isLeft = await this.#holding.release().catch(() => false);
    if (isLeft) announcer.announce();
    await announcer.close();
    await release();
  }

  async #acceptAll(
    calls: readonly (readonly NewTaskRow[])[],
  ): Promise<readonly (readonly Accepted[])[]> {
    const { database, now } = this.#parts;
    const verdicts = [...(await acceptTasks(database, calls.flat(), now()))];
    this.#tellOfWork();
    return calls.map((tasks) => verdicts.splice(0, tasks.length));
  }

  async #waking(work: () => Promise<number>): Promise<number> {
    const count = await this.#call(work);
    if (count > 0) this.#tellOfWork();
    return count;
  }

  #tellOfWork(): void {
    this.#parts.signal.wake();
    this.#parts.announcer.announce();
  }

  async #call<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw journalClosed();
    const underWay = work();
    this.#underWay.add(underWay);
    try {
      return await underWay;
    } finally {
      this.#underWay.delete(underWay);
    }
  }
}
