import { randomUUID } from 'node:crypto';
import type { Clock } from '../core/clock.js';
import type {
  Accepted,
  Claim,
  Discarding,
  Fenced,
  Journal,
  JournalStats,
  RetryInfo,
  SettleInfo,
  Step,
  TaskQuery,
} from '../core/journal.js';
import type { Store } from '../core/store.js';
import type { Resolution, Task, TaskEnd, TaskRecord } from '../core/task.js';
import { createMemoryJournal } from './memory-journal.js';
import type { Retention } from './retention.js';
import { sumOfStats } from './sum-of-stats.js';

/** How the part in memory is made; see `createMemoryJournal`. */
export interface FallbackJournalOptions {
  readonly clock: Clock;
  readonly retention: Retention;
  readonly store: Store;
  readonly leaseMs?: number;
  /** Awaited before anything is closed: ends what may still call `useFile`. */
  readonly beforeClose: () => Promise<void>;
}

/** As many as a query answers unless told otherwise. */
const usualLimit = 100;

/**
 * A journal in memory that gives way to one on the disk (see `useFile`). What memory holds by then
 * is brought to its end there: a bot's new tasks go to the file when none of its older ones waits in
 * memory any more, so that no task overtakes an older one of its lane.
 */
export class FallbackJournal implements Journal {
  readonly #prefix = `memory-${randomUUID()}/`;
  readonly #memory: Journal;
  readonly #beforeClose: () => Promise<void>;
  /** Bots that may have unsettled tasks in memory. */
  readonly #bots = new Set<string>();
  /** What takes several steps, and is finished before anything is closed. */
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #wakes = new Map<() => void, (() => void)[]>();
  #file: Journal | undefined;

  constructor({ beforeClose, ...options }: FallbackJournalOptions) {
    this.#beforeClose = beforeClose;
    this.#memory = createMemoryJournal({ ...options, owner: this.#prefix });
  }

  /** Keeps new tasks there from now on. Closed with this journal. To be called once. */
  useFile(file: Journal): void {
    this.#file = file;
    for (const [wake, stops] of this.#wakes) stops.push(file.onWork(wake));
  }

  accept(tasks: readonly Task[]): Promise<readonly Accepted[]> {
    return this.#track(this.#accept(tasks));
  }

  claim(n: number, bots: readonly string[]): Promise<readonly Claim[]> {
    return this.#track(this.#claim(n, bots));
  }

  async #accept(tasks: readonly Task[]): Promise<readonly Accepted[]> {
    if (this.#file !== undefined && !(await this.#concernsMemory(tasks))) {
      return await this.#file.accept(tasks);
    }
    for (const { botId } of tasks) this.#bots.add(botId);
    return await this.#memory.accept(tasks);
  }

  async #claim(n: number, bots: readonly string[]): Promise<readonly Claim[]> {
    const claims = await this.#memory.claim(n, bots);
    if (this.#file === undefined || claims.length >= n) return claims;
    try {
      return [...claims, ...(await this.#file.claim(n - claims.length, bots))];
    } catch (error) {
      // What was claimed already would wait for the end of its lease.
      if (claims.length > 0) return claims;
      throw error;
    }
  }

  async renew(claims: readonly Claim[]): Promise<ReadonlyMap<string, number>> {
    const here = claims.filter((claim) => this.#isInMemory(claim));
    const there = claims.filter((claim) => !this.#isInMemory(claim));
    const held = await Promise.all([this.#memory.renew(here), this.#file?.renew(there)]);
    return new Map(held.flatMap((each) => [...(each ?? [])]));
  }

  record(claim: Claim, step: Step): Promise<Fenced> {
    return this.#holderOf(claim).record(claim, step);
  }

  settle(claim: Claim, end: TaskEnd, info?: SettleInfo): Promise<Fenced> {
    return this.#holderOf(claim).settle(claim, end, info);
  }

  retry(claim: Claim, at: number, info?: RetryInfo): Promise<Fenced> {
    return this.#holderOf(claim).retry(claim, at, info);
  }

  /** Lists what is in memory before what is in the file. */
  find(query: TaskQuery): Promise<readonly TaskRecord[]> {
    return this.#track(this.#find(query));
  }

  async #find(query: TaskQuery): Promise<readonly TaskRecord[]> {
    const { behind, limit = usualLimit, ...choice } = query;
    if (this.#file === undefined) return await this.#memory.find(query);
    const isBehindFile = behind !== undefined && (await this.#memory.get(behind)) === undefined;
    if (isBehindFile) return await this.#file.find(query);
    const here = await this.#memory.find(query);
    if (here.length >= limit) return here;
    return [...here, ...(await this.#file.find({ ...choice, limit: limit - here.length }))];
  }

  get(id: string): Promise<TaskRecord | undefined> {
    return this.#track(this.#get(id));
  }

  async #get(id: string): Promise<TaskRecord | undefined> {
    return (await this.#memory.get(id)) ?? (await this.#file?.get(id));
  }

  async blockers(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await Promise.all([this.#memory.blockers(ids), this.#file?.blockers(ids)]);
    return new Map(found.flatMap((each) => [...(each ?? [])]));
  }

  replay(ids: readonly string[]): Promise<number> {
    return this.#sum((journal) => journal.replay(ids));
  }

  discard(ids: readonly string[], how?: Discarding): Promise<number> {
    return this.#sum((journal) => journal.discard(ids, how));
  }

  resolve(ids: readonly string[], as: Resolution): Promise<number> {
    return this.#sum((journal) => journal.resolve(ids, as));
  }

  async stats(): Promise<JournalStats> {
    const [here, there] = await Promise.all([this.#memory.stats(), this.#file?.stats()]);
    return there === undefined ? here : sumOfStats(here, there);
  }

  forget(userId: string): Promise<number> {
    return this.#sum((journal) => journal.forget(userId));
  }

  sweep(): Promise<number> {
    return this.#sum((journal) => journal.sweep());
  }

  backup(file: string): Promise<void> {
    return (this.#file ?? this.#memory).backup(file);
  }

  onWork(wake: () => void): () => void {
    const stops = [this.#memory.onWork(wake)];
    if (this.#file !== undefined) stops.push(this.#file.onWork(wake));
    this.#wakes.set(wake, stops);
    return () => {
      for (const stop of stops) stop();
      this.#wakes.delete(wake);
    };
  }

  async close(): Promise<void> {
    await this.#beforeClose();
    await Promise.allSettled(this.#underWay);
    await Promise.all([this.#memory.close(), this.#file?.close()]);
  }

  /** True when memory knows one of the tasks, or still has older ones of their bots to settle. */
  async #concernsMemory(tasks: readonly Task[]): Promise<boolean> {
    const known = await Promise.all(tasks.map(({ id }) => this.#memory.get(id)));
    const bots = [...new Set(tasks.map(({ botId }) => botId))];
    const busy = await Promise.all(bots.map((botId) => this.#isBusy(botId)));
    return known.some((record) => record !== undefined) || busy.includes(true);
  }

  async #isBusy(botId: string): Promise<boolean> {
    if (!this.#bots.has(botId)) return false;
    const states = ['waiting', 'running'] as const;
    const unsettled = await this.#memory.find({ states, botId, limit: 1 });
    if (unsettled.length === 0) this.#bots.delete(botId);
    return unsettled.length > 0;
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  }

  #isInMemory({ token }: Claim): boolean {
    return token.startsWith(this.#prefix);
  }

  #holderOf(claim: Claim): Journal {
    return this.#isInMemory(claim) ? this.#memory : (this.#file ?? this.#memory);
  }

  async #sum(work: (journal: Journal) => Promise<number>): Promise<number> {
    const counts = await Promise.all([work(this.#memory), this.#file && work(this.#file)]);
    return counts.reduce<number>((sum, count = 0) => sum + count, 0);
  }
}
