import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../core/clock.js';
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
} from '../core/journal.js';
import type { Store } from '../core/store.js';
import type { Resolution, Task, TaskEnd, TaskRecord } from '../core/task.js';
import { ClockWatch } from './clock-watch.js';
import { journalClosed } from './journal-closed.js';
import { journalNotOnDisk } from './journal-not-on-disk.js';
import type { KeptTask } from './memory/kept-task.js';
import { TaskTable } from './memory/task-table.js';
import { defaultRetention, type Retention } from './retention.js';
import { WorkSignal } from './work-signal.js';

/** How a memory journal is made. */
export interface MemoryJournalOptions {
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** How long a claim lasts unless renewed, in ms. Default: 30,000. */
  readonly leaseMs?: number;
  /** The start of every token, to tell the holders of several processes apart. Default: a UUID. */
  readonly owner?: string;
  /** What `sweep` leaves. Default: seven days, 100,000 settled tasks. */
  readonly retention?: Retention;
  /** The store whose keys about a person are forgotten with their tasks. Default: none. */
  readonly store?: Store;
}

/**
 * A journal that lives and dies with the process: for tests, for trying out, and for bots whose
 * owner would rather lose what waits than keep it on disk. It keeps the whole contract of
 * `Journal` but for durability. Once closed, every call fails with `journal-closed`.
 */
export function createMemoryJournal(options: MemoryJournalOptions = {}): Journal {
  return new MemoryJournal(options);
}

class MemoryJournal implements Journal {
  readonly #clock: Clock;
  readonly #watch: ClockWatch;
  readonly #retention: Retention;
  readonly #table: TaskTable;
  readonly #signal: WorkSignal;
  readonly #store: Store | undefined;
  #isClosed = false;

  constructor(options: MemoryJournalOptions) {
    const { clock = systemClock, leaseMs = 30_000, owner = randomUUID() } = options;
    this.#clock = clock;
    this.#watch = new ClockWatch(clock);
    this.#retention = { ...(options.retention ?? defaultRetention) };
    this.#store = options.store;
    this.#table = new TaskTable({ leaseMs, owner }, () => this.#signal.wake());
    this.#signal = new WorkSignal(clock, () => this.#catchUp());
  }

  accept(tasks: readonly Task[]): Promise<readonly Accepted[]> {
    return this.#run((now) => this.#table.accept(tasks, now));
  }

  claim(n: number, bots: readonly string[]): Promise<readonly Claim[]> {
    return this.#run((now) => this.#table.claim(n, bots, now));
  }

  renew(claims: readonly Claim[]): Promise<ReadonlyMap<string, number>> {
    return this.#run((now) => {
      const held = new Map<string, number>();
      for (const claim of claims) {
        const until = this.#table.renew(claim, now);
        if (until !== undefined) held.set(claim.token, until);
      }
      return held;
    });
  }

  record(claim: Claim, step: Step): Promise<Fenced> {
    return this.#fenced(claim, (kept) => this.#table.record(kept, step));
  }

  settle(claim: Claim, end: TaskEnd, info?: SettleInfo): Promise<Fenced> {
    return this.#fenced(claim, (kept, now) => this.#table.settle(kept, { ...info, end }, now));
  }

  retry(claim: Claim, at: number, info?: RetryInfo): Promise<Fenced> {
    return this.#fenced(claim, (kept, now) => this.#table.retry(kept, { ...info, at }, now));
  }

  find(query: TaskQuery): Promise<readonly TaskRecord[]> {
    return this.#run(() => this.#table.records.find(query).map((kept) => kept.toRecord()));
  }

  get(id: string): Promise<TaskRecord | undefined> {
    return this.#run(() => this.#table.records.get(id)?.toRecord());
  }

  blockers(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#run(() => this.#table.blockers(ids));
  }

  replay(ids: readonly string[]): Promise<number> {
    return this.#run((now) => this.#table.replay(ids, now));
  }

  discard(ids: readonly string[], how: Discarding = byHand): Promise<number> {
    return this.#run((now) => this.#table.discard(ids, how, now));
  }

  resolve(ids: readonly string[], as: Resolution): Promise<number> {
    return this.#run((now) => this.#table.resolve(ids, as, now));
  }

  stats(): Promise<JournalStats> {
    return this.#run(() => this.#table.records.stats());
  }

  async forget(userId: string): Promise<number> {
    const count = await this.#run((now) => this.#table.forget(userId, now));
    await this.#store?.forget(userId);
    return count;
  }

  sweep(): Promise<number> {
    return this.#run((now) => this.#table.records.sweep(this.#retention, now));
  }

  async backup(): Promise<void> {
    if (this.#isClosed) throw journalClosed();
    throw journalNotOnDisk();
  }

  onWork(wake: () => void): () => void {
    if (this.#isClosed) throw journalClosed();
    const stop = this.#signal.subscribe(wake);
    this.#catchUp();
    return stop;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#signal.close();
  }

  /** Runs one call, at once and whole, so that calls take effect in the order they are made in. */
  async #run<T>(work: (now: number) => T): Promise<T> {
    if (this.#isClosed) throw journalClosed();
    const result = work(this.#catchUp());
    this.#signal.wakeAt(this.#table.nextAt);
    return result;
  }

  /** Brings the table up to the present, and sets the timer for what comes next. */
  #catchUp(): number {
    const now = this.#clock.now();
    const jump = this.#watch.takeJump();
    if (jump !== 0) this.#table.shift(jump, now);
    this.#table.tick(now);
    this.#signal.wakeAt(this.#table.nextAt);
    return now;
  }

  #fenced(claim: Claim, work: (kept: KeptTask, now: number) => void): Promise<Fenced> {
    return this.#run((now) => {
      const kept = this.#table.heldBy(claim);
      if (!kept) return 'stale';
      work(kept, now);
      return 'ok';
    });
  }
}
