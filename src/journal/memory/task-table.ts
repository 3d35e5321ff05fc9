import type {
  Accepted,
  Claim,
  Discarding,
  RetryInfo,
  SettleInfo,
  Step,
} from '../../core/journal.js';
import type { Resolution, Task, TaskEnd } from '../../core/task.js';
import { KeptTask } from './kept-task.js';
import { Lanes } from './lanes.js';
import { Records } from './records.js';

/** How long claims last and whose they are. */
export interface LeaseOptions {
  /** Ms until a claim ends unless it is renewed. */
  readonly leaseMs: number;
  /** The start of every token. */
  readonly owner: string;
}

/**
 * All that a journal knows, and every change to it. No clock in here: each call says what time it
 * is, and time passes for the table when `tick` is called.
 */
export class TaskTable {
  readonly records = new Records();
  readonly #lanes: Lanes;
  readonly #options: LeaseOptions;
  #claims = 0;

  /** `onReady` is called whenever there is something new to claim. */
  constructor(options: LeaseOptions, onReady: () => void) {
    this.#options = options;
    this.#lanes = new Lanes(onReady);
  }

  /** When time brings about the next change, in ms since 1970; absent when it will not. */
  get nextAt(): number | undefined {
    return this.#lanes.nextAt;
  }

  /** Lets happen what time has brought about: tasks become due, leases end. */
  tick(now: number): void {
    for (const kept of this.#lanes.tick(now)) {
      if (kept.state === 'running') this.records.change(kept, () => kept.lapse());
    }
  }

  /** The clock was set by `ms` and shows `now`: moves all times of unsettled tasks along. */
  shift(ms: number, now: number): void {
    this.#lanes.shift(ms, now);
  }

  /** Keeps new tasks, all or none. */
  accept(tasks: readonly Task[], now: number): readonly Accepted[] {
    // Copied before the first is kept: one that cannot be copied fails the whole call.
    const candidates = tasks.map((task) => new KeptTask(task, now));
    return candidates.map((kept) => {
      const { id } = kept.task;
      if (this.records.get(id)) return { id, kind: 'known' };
      this.records.add(kept);
      this.#lanes.add(kept, now);
      return { id, kind: 'new' };
    });
  }

  /** Leases up to `n` tasks of these bots. */
  claim(n: number, bots: readonly string[], now: number): readonly Claim[] {
    const claims: Claim[] = [];
    while (claims.length < n) {
      const kept = this.#lanes.next(bots, now);
      if (!kept) break;
      this.#claims += 1;
      claims.push(this.#lease(kept, `${this.#options.owner}/${this.#claims}`, now));
    }
    return claims;
  }

  /** The task of a claim whose holder still has it. */
  heldBy({ task, token }: Claim): KeptTask | undefined {
    const kept = this.records.get(task.id);
    return kept?.token === token ? kept : undefined;
  }

  /** Prolongs a lease that is still held; answers its new end. */
  renew(claim: Claim, now: number): number | undefined {
    const kept = this.heldBy(claim);
    return kept && this.#lease(kept, claim.token, now).leaseUntil;
  }

  /** Keeps a step of a task. */
  record(kept: KeptTask, step: Step): void {
    kept.record(step);
  }

  /** Ends a task; the next of its lane becomes claimable. */
  settle(kept: KeptTask, { end, ...info }: SettleInfo & { end: TaskEnd }, now: number): void {
    this.records.change(kept, () => kept.settle(end, info, now));
    this.#lanes.remove(kept, now, end === 'answered');
  }

  /** Makes a task, and with it its lane, wait until `at`. */
  retry(kept: KeptTask, { at, ...info }: RetryInfo & { at: number }, now: number): void {
    this.records.change(kept, () => kept.retry(at, info));
    this.#lanes.giveBack(kept, now);
  }

  /** The first task of the lane of each of these that stands behind it, by id. */
  blockers(ids: readonly string[]): ReadonlyMap<string, string> {
    const behind = this.#pick(ids, (kept) => kept.settledAt === undefined);
    return new Map(
      behind.flatMap((kept) => {
        const first = this.#lanes.firstBefore(kept);
        return first ? [[kept.task.id, first.task.id] as const] : [];
      }),
    );
  }

  /** Puts settled tasks at the end of their lanes again; answers how many. */
  replay(ids: readonly string[], now: number): number {
    const settled = this.#pick(ids, (kept) => kept.settledAt !== undefined && !kept.isBlank);
    for (const kept of settled) this.#bringBack(kept, () => kept.restart(now), now);
    return settled.length;
  }

  /** Goes on with tasks that ended unknown; answers how many. */
  resolve(ids: readonly string[], as: Resolution, now: number): number {
    const isDone = as === 'done';
    const unknown = this.#pick(
      ids,
      (kept) => kept.state === 'unknown' && (isDone || !kept.isBlank),
    );
    for (const kept of unknown) {
      if (isDone) this.records.change(kept, () => kept.approve());
      else this.#bringBack(kept, () => kept.resume(as === 'behind' ? 1 : 0, now), now);
    }
    return unknown.length;
  }

  /** Settles waiting tasks; answers how many. */
  discard(ids: readonly string[], how: Discarding, now: number): number {
    const waiting = this.#pick(ids, (kept) => kept.state === 'waiting');
    for (const kept of waiting) this.settle(kept, how, now);
    return waiting.length;
  }

  /** Deletes everything of one person; answers how many tasks. */
  forget(userId: string, now: number): number {
    const all = this.records.ofPerson(userId);
    for (const kept of all) {
      this.#lanes.remove(kept, now);
      this.records.delete(kept);
    }
    return all.length;
  }

  /** Puts a settled task at the end of its lane. */
  #bringBack(kept: KeptTask, change: () => void, now: number): void {
    this.records.change(kept, change);
    this.records.moveToNewest(kept);
    this.#lanes.add(kept, now);
  }

  #lease(kept: KeptTask, token: string, now: number): Claim {
    const until = now + this.#options.leaseMs;
    this.#lanes.hold(kept, until);
    return this.records.change(kept, () => kept.lease(token, until));
  }

  /** The tasks of these ids that qualify, each once. */
  #pick(ids: readonly string[], qualifies: (kept: KeptTask) => boolean): readonly KeptTask[] {
    return [...new Set(ids)].flatMap((id) => this.records.get(id) ?? []).filter(qualifies);
  }
}
