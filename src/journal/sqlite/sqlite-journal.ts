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
import type { ClockWatch } from '../clock-watch.js';
import { journalClosed } from '../journal-closed.js';
import { type Retention, textTimes } from '../retention.js';
import { toClaim, toRecord, toRow, toStepRow } from '../task-rows.js';
import type { WorkSignal } from '../work-signal.js';
import { backUpTo } from './back-up.js';
import type { CallKind, Calls, Slice } from './calls.js';
import type { LastingThread } from './lasting-thread.js';
import { sumOfSlices } from './slices.js';
import { forgetBudgets } from './sqlite-store.js';

/** What a journal works with. */
export interface SqliteJournalParts {
  readonly thread: LastingThread;
  readonly signal: WorkSignal;
  readonly clock: Clock;
  readonly watch: ClockWatch;
  readonly retention: Retention;
  /** Has the signal told what can be claimed, and when that changes. */
  readonly look: () => void;
  /** Called once, when the journal is closed. */
  readonly release: () => Promise<void>;
}

type Input<Kind extends CallKind> = Omit<Calls[Kind][0], 'now'>;

/** The port, as calls to the thread; each takes its time from the program's clock. */
export class SqliteJournal implements Journal {
  readonly #parts: SqliteJournalParts;
  /** Work of several calls that is finished before the file is closed. */
  readonly #inSlices = new Set<Promise<unknown>>();
  #closed: Promise<void> | undefined;

  constructor(parts: SqliteJournalParts) {
    this.#parts = parts;
  }

  async accept(tasks: readonly Task[]): Promise<readonly Accepted[]> {
    return this.#call('accept', { tasks: tasks.map(toRow) });
  }

  async claim(n: number, bots: readonly string[]): Promise<readonly Claim[]> {
    if (n <= 0) return this.#call('claim', { n: 0, speakers: [] }).then(() => []);
    const speakers = [...new Set(['', ...bots])];
    return (await this.#call('claim', { n, speakers })).map(toClaim);
  }

  async renew(claims: readonly Claim[]): Promise<ReadonlyMap<string, number>> {
    return new Map(await this.#call('renew', { held: claims.map(toHeld) }));
  }

  async record(claim: Claim, step: Step): Promise<Fenced> {
    return this.#call('record', { ...toHeld(claim), step: toStepRow(step) });
  }

  async settle(claim: Claim, end: TaskEnd, info: SettleInfo = {}): Promise<Fenced> {
    return this.#call('settle', { ...toHeld(claim), end, info });
  }

  async retry(claim: Claim, at: number, info: RetryInfo = {}): Promise<Fenced> {
    const { attempt, sayFailed = false, unsureAt } = info;
    return this.#call('retry', { ...toHeld(claim), at, attempt, sayFailed, unsureAt });
  }

  async find(query: TaskQuery): Promise<readonly TaskRecord[]> {
    return (await this.#call('find', { query })).map(toRecord);
  }

  async get(id: string): Promise<TaskRecord | undefined> {
    const row = await this.#call('get', { id });
    return row && toRecord(row);
  }

  async blockers(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return new Map(await this.#call('blockers', { ids }));
  }

  async replay(ids: readonly string[]): Promise<number> {
    return this.#call('replay', { ids });
  }

  async discard(ids: readonly string[], how: Discarding = byHand): Promise<number> {
    return this.#call('discard', { ids, how });
  }

  async resolve(ids: readonly string[], as: Resolution): Promise<number> {
    return this.#call('resolve', { ids, as });
  }

  async stats(): Promise<JournalStats> {
    return this.#call('stats', {});
  }

  async forget(userId: string): Promise<number> {
    this.#refuseWhenClosed();
    return this.#untilDone(this.#forget(userId));
  }

  async sweep(): Promise<number> {
    const { ageMs, tasks } = this.#parts.retention;
    const times = textTimes(this.#parts.retention);
    const nothing = { deleted: 0 };
    await this.#slices(async () => (this.#closed ? nothing : this.#ask('blank', { times })));
    return this.#slices(async () =>
      this.#closed ? nothing : this.#ask('sweep', { ageMs, tasks }),
    );
  }

  async backup(file: string): Promise<void> {
    this.#refuseWhenClosed();
    await this.#untilDone(
      backUpTo(file, async (path) => {
        await this.#parts.thread.call('backup', { file: path });
      }),
    );
  }

  onWork(wake: () => void): () => void {
    this.#refuseWhenClosed();
    const stop = this.#parts.signal.subscribe(wake);
    this.#parts.look();
    return stop;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#parts.signal.close();
    await Promise.allSettled(this.#inSlices);
    await this.#parts.release();
  }

  #call<Kind extends CallKind>(kind: Kind, input: Input<Kind>): Promise<Calls[Kind][1]> {
    this.#refuseWhenClosed();
    return this.#ask(kind, input);
  }

  #ask<Kind extends CallKind>(kind: Kind, input: Input<Kind>): Promise<Calls[Kind][1]> {
    const { thread, clock, watch } = this.#parts;
    const now = clock.now();
    const by = watch.takeJump();
    // Before the call itself, and told again with the next one when the file fails.
    if (by !== 0) thread.call('shift', { by, now }).catch(() => watch.putBack(by));
    const timed = { ...input, now } as unknown as Calls[Kind][0];
    return thread.call(kind, timed);
  }

  async #forget(userId: string): Promise<number> {
    const count = await sumOfSlices((from) => this.#ask('forget', { userId, from }));
    await forgetBudgets(this.#parts.thread, userId);
    return count;
  }

  async #slices(slice: (from: number) => Promise<Slice>): Promise<number> {
    this.#refuseWhenClosed();
    return this.#untilDone(sumOfSlices(slice));
  }

  async #untilDone<T>(work: Promise<T>): Promise<T> {
    this.#inSlices.add(work);
    try {
      return await work;
    } finally {
      this.#inSlices.delete(work);
    }
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw journalClosed();
  }
}

function toHeld({ task, token }: Claim): { id: string; token: string } {
  return { id: task.id, token };
}
