import type { Clock } from '../../core/clock.js';
import { CallbackError, isCallbackError } from '../../core/errors.js';
import type {
  Accepted,
  Claim,
  Fenced,
  Journal,
  JournalStats,
  RetryInfo,
  SettleInfo,
  Step,
  TaskQuery,
} from '../../core/journal.js';
import type { Task, TaskEnd, TaskRecord } from '../../core/task.js';
import type { Database } from '../../postgres/database.js';
import { journalClosed } from '../journal-closed.js';
import type { Retention } from '../retention.js';
import { type TaskRow, toClaim, toRecord, toRow, toStepRow } from '../task-rows.js';
import type { WorkSignal } from '../work-signal.js';
import type { Announcer } from './announcer.js';
import { acceptTasks, replayTasks } from './arrivals.js';
import { deleteTasks, discardTasks, tasksOf } from './discarding.js';
import { Grouping } from './grouping.js';
import { HeldTokens, heldBy } from './held-tokens.js';
import { claimHeads, releaseLeases, renewLeases } from './leases.js';
import { forgetBudgets } from './postgres-store.js';
import { type Change, keepChanges } from './progress.js';
import { safeText } from './safe-text.js';
import { countTasks, findTasks, getTask } from './search.js';
import { blankSlice, deleteSlice, edgesOf } from './sweeping.js';

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
  /** Looks what can be claimed, and when that changes. */
  readonly look: () => void;
  /** Called once, when the journal is closed. */
  readonly release: () => Promise<void>;
}

/** Tasks of one transaction at most, so that nobody waits for long. */
const mostTasks = 1000;
const mostChanges = 200;
const deletedAtOnce = 500;

/** The port, as statements; times in them are the server's, those in answers this program's. */
export class PostgresJournal implements Journal {
  readonly #parts: PostgresJournalParts;
  readonly #accepting: Grouping<readonly TaskRow[], readonly Accepted[]>;
  readonly #changing: Grouping<Change, Fenced>;
  readonly #held = new HeldTokens();
  readonly #underWay = new Set<Promise<unknown>>();
  #closed: Promise<void> | undefined;

  constructor(parts: PostgresJournalParts) {
    this.#parts = parts;
    this.#accepting = new Grouping({
      run: (calls) => this.#acceptAll(calls),
      weight: (tasks) => tasks.length,
      mostWeight: mostTasks,
      isOfOne,
    });
    this.#changing = new Grouping({
      run: (changes) => this.#transaction((sql, now) => keepChanges(sql, changes, now)),
      weight: () => 1,
      mostWeight: mostChanges,
      key: ({ held }) => held.token,
      isOfOne,
    });
  }

  async accept(tasks: readonly Task[]): Promise<readonly Accepted[]> {
    const rows = tasks.map(toRow);
    return this.#call(() => this.#accepting.call(rows));
  }

  async claim(n: number, bots: readonly string[]): Promise<readonly Claim[]> {
    const { database, clock, leaseMs, owner, now } = this.#parts;
    return this.#call(async () => {
      if (n <= 0) return [];
      const until = clock.now() + leaseMs;
      const speakers = [...new Set(['', ...bots])].map(safeText);
      const rows = await claimHeads(database, { speakers, n, owner, leaseMs, now: now() });
      const claims = rows.map((row) => toClaim({ ...row, lease_until: until }));
      this.#held.add(claims);
      if (claims.length > 0) this.#parts.signal.wakeAt(until);
      return claims;
    });
  }

  async renew(claims: readonly Claim[]): Promise<ReadonlyMap<string, number>> {
    const { database, clock, leaseMs, now } = this.#parts;
    return this.#call(async () => {
      const until = clock.now() + leaseMs;
      const tokens = await renewLeases(database, claims.map(heldBy), { leaseMs, now: now() });
      return new Map(tokens.map((token) => [token, until]));
    });
  }

  async record(claim: Claim, step: Step): Promise<Fenced> {
    const row = toStepRow(step);
    switch (row.kind) {
      case 'response':
        return this.#change(claim, { response: row.response, attempt: row.attempt });
      case 'said':
        return this.#change(claim, { said: row.count });
      case 'waiting-said':
        return this.#change(claim, { waitingSaid: true });
    }
  }

  async settle(claim: Claim, end: TaskEnd, info: SettleInfo = {}): Promise<Fenced> {
    const fenced = await this.#change(claim, { ...info, end });
    this.#gone(claim);
    return fenced;
  }

  async retry(claim: Claim, at: number, info: RetryInfo = {}): Promise<Fenced> {
    const { attempt, sayFailed = false } = info;
    const inMs = Math.max(0, Math.ceil(at - this.#parts.clock.now()));
    const fenced = await this.#change(claim, { attempt, retry: { at, inMs, sayFailed } });
    this.#gone(claim);
    this.#parts.signal.wakeAt(at);
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

  async replay(ids: readonly string[]): Promise<number> {
    return this.#waking(() => this.#transaction((sql, now) => replayTasks(sql, ids, now)));
  }

  async discard(ids: readonly string[]): Promise<number> {
    return this.#waking(() => this.#transaction((sql, now) => discardTasks(sql, ids, now)));
  }

  async stats(): Promise<JournalStats> {
    const { database, now } = this.#parts;
    return this.#call(() => countTasks(database, now()));
  }

  async forget(userId: string): Promise<number> {
    const { database } = this.#parts;
    return this.#waking(async () => {
      const seqs = await tasksOf(database, userId);
      let count = 0;
      for (let from = 0; from < seqs.length; from += deletedAtOnce) {
        const some = seqs.slice(from, from + deletedAtOnce);
        count += await this.#transaction((sql, now) => deleteTasks(sql, some, now));
      }
      await forgetBudgets(database, userId);
      return count;
    });
  }

  async sweep(): Promise<number> {
    const { database, now, retention } = this.#parts;
    const { ageMs, textMs = ageMs } = retention;
    return this.#call(async () => {
      let isBlank = textMs >= ageMs;
      while (!isBlank && !this.#closed) {
        isBlank = await this.#transaction((sql, at) => blankSlice(sql, textMs, at));
      }
      let count = 0;
      for (const edge of await edgesOf(database, retention, now())) {
        for (let isOver = false; !isOver && !this.#closed; ) {
          const slice = await deleteSlice(database, edge);
          count += slice.count;
          isOver = slice.isOver;
        }
      }
      return count;
    });
  }

  async backup(): Promise<void> {
    if (this.#closed) throw journalClosed();
    throw new CallbackError('journal-in-database', { text: useDump });
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
    const { database, signal, announcer, now, release } = this.#parts;
    signal.close();
    await Promise.allSettled(this.#underWay);
    // What could not be finished is taken over at once; without a server, when the leases end.
    await releaseLeases(database, this.#held.all(), now()).catch(() => {});
    if (this.#held.all().length > 0) announcer.announce();
    await announcer.close();
    await release();
  }

  #gone({ token }: Claim): void {
    this.#held.delete(token);
    this.#parts.signal.wake();
  }

  #change(claim: Claim, change: Omit<Change, 'held'>): Promise<Fenced> {
    return this.#call(() => this.#changing.call({ ...change, held: heldBy(claim) }));
  }

  async #acceptAll(
    calls: readonly (readonly TaskRow[])[],
  ): Promise<readonly (readonly Accepted[])[]> {
    const { database, now } = this.#parts;
    const verdicts = [...(await acceptTasks(database, calls.flat(), now()))];
    this.#toldOfWork();
    return calls.map((tasks) => verdicts.splice(0, tasks.length));
  }

  #transaction<T>(
    work: (sql: Pick<Database, 'query'>, now: number | null) => Promise<T>,
  ): Promise<T> {
    const { database, now } = this.#parts;
    return database.transaction((sql) => work(sql, now()));
  }

  async #waking(work: () => Promise<number>): Promise<number> {
    const count = await this.#call(work);
    if (count > 0) this.#toldOfWork();
    return count;
  }

  #toldOfWork(): void {
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

/** A server that is away is away for all of a group. */
function isOfOne(error: unknown): boolean {
  return !isCallbackError(error) || error.code === 'postgres-failed';
}

const useDump = {
  en: 'This journal is in PostgreSQL: copy it with pg_dump, which may run while the bots work.',
  zh: '任务日志保存在 PostgreSQL 中：请用 pg_dump 备份，机器人运行时也可以备份。',
};
