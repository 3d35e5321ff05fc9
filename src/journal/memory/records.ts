import type { JournalStats, TaskQuery } from '../../core/journal.js';
import type { TaskState } from '../../core/task.js';
import { isTaskOf } from '../../core/task-of.js';
import type { Retention } from '../retention.js';
import { limitOf } from '../task-search.js';
import type { KeptTask } from './kept-task.js';
import { LinkedSet } from './linked-set.js';

/** All tasks by id, in the order of their arrival, and counted by state. */
export class Records {
  readonly #byId = new Map<string, KeptTask>();
  readonly #byArrival = new LinkedSet<KeptTask>();
  /** In the order of settling, so that the retention takes from the front. */
  readonly #settled = new LinkedSet<KeptTask>();
  /** Those of them whose text is still there: answered, and all others. */
  readonly #answered = new LinkedSet<KeptTask>();
  readonly #unanswered = new LinkedSet<KeptTask>();
  /** Those of them whose text is to be gone at a time of its own. */
  readonly #expiring = new Set<KeptTask>();
  readonly #counts: Record<TaskState, number> = {
    waiting: 0,
    running: 0,
    answered: 0,
    refused: 0,
    dead: 0,
    dropped: 0,
    unknown: 0,
  };

  /** The task of that id. */
  get(id: string): KeptTask | undefined {
    return this.#byId.get(id);
  }

  /** Adds a task whose id is new. */
  add(kept: KeptTask): void {
    this.#byId.set(kept.task.id, kept);
    this.#byArrival.add(kept);
    this.#counts[kept.state] += 1;
  }

  /** Forgets a task. */
  delete(kept: KeptTask): void {
    this.#byId.delete(kept.task.id);
    this.#byArrival.delete(kept);
    this.#unsettle(kept);
    this.#counts[kept.state] -= 1;
  }

  /** Runs `change` on a task; every change of state goes through here, or the counts go wrong. */
  change<T>(kept: KeptTask, change: (kept: KeptTask) => T): T {
    this.#counts[kept.state] -= 1;
    const result = change(kept);
    this.#counts[kept.state] += 1;
    if (kept.settledAt === undefined) this.#unsettle(kept);
    else this.#settle(kept);
    return result;
  }

  /** Makes a task the newest of all. */
  moveToNewest(kept: KeptTask): void {
    this.#byArrival.delete(kept);
    this.#byArrival.add(kept);
  }

  /** The tasks that answer a query, newest first. */
  find(query: TaskQuery): readonly KeptTask[] {
    const limit = limitOf(query);
    const found: KeptTask[] = [];
    if (limit === 0) return found;
    for (const kept of this.#from(query.behind)) {
      if (matches(kept, query)) found.push(kept);
      if (found.length >= limit) break;
    }
    return found;
  }

  #from(behind: string | undefined): Iterable<KeptTask> {
    if (behind === undefined) return this.#byArrival.fromLast();
    const kept = this.#byId.get(behind);
    return kept === undefined ? [] : this.#byArrival.before(kept);
  }

  /** The tasks that belong to one person. */
  ofPerson(userId: string): readonly KeptTask[] {
    return [...this.#byArrival.fromLast()].filter(({ task }) => isTaskOf(task, userId));
  }

  /** How many tasks are in each state, and how long the oldest has been unsettled. */
  stats(): JournalStats {
    const oldest = this.#oldestUnsettled();
    return Object.freeze({
      counts: Object.freeze({ ...this.#counts }),
      ...(oldest !== undefined && { oldestUnsettled: oldest }),
    });
  }

  /**
   * Deletes settled tasks that are past their age or too many, and the text of others; answers how
   * many tasks.
   */
  sweep(retention: Retention, now: number): number {
    const { ageMs, textMs = ageMs, answeredTextMs = textMs } = retention;
    this.#blank(this.#unanswered, now - textMs);
    this.#blank(this.#answered, now - answeredTextMs);
    for (const kept of this.#expiring) {
      if ((kept.task.textUntil ?? now) <= now) this.#blankOne(kept);
    }
    const before = this.#settled.size;
    for (let kept = this.#settled.first; kept; kept = this.#settled.first) {
      const age = now - (kept.settledAt ?? now);
      if (age < retention.ageMs && this.#settled.size <= retention.tasks) break;
      this.delete(kept);
    }
    return before - this.#settled.size;
  }

  #settle(kept: KeptTask): void {
    this.#settled.add(kept);
    if (kept.isBlank) return;
    // It may have been taken for another end before.
    (kept.state === 'answered' ? this.#unanswered : this.#answered).delete(kept);
    (kept.state === 'answered' ? this.#answered : this.#unanswered).add(kept);
    if (kept.task.textUntil !== undefined) this.#expiring.add(kept);
  }

  #unsettle(kept: KeptTask): void {
    this.#settled.delete(kept);
    this.#forgetText(kept);
  }

  #forgetText(kept: KeptTask): void {
    this.#answered.delete(kept);
    this.#unanswered.delete(kept);
    this.#expiring.delete(kept);
  }

  /** Blanks what was settled up to a time; one that was taken for answered later waits behind others. */
  #blank(readable: LinkedSet<KeptTask>, until: number): void {
    for (let kept = readable.first; kept; kept = readable.first) {
      if ((kept.settledAt ?? until) > until) break;
      this.#blankOne(kept);
    }
  }

  #blankOne(kept: KeptTask): void {
    kept.blank();
    this.#forgetText(kept);
  }

  /** Unsettled tasks are nearly always the newest, so it is quicker to look from that end. */
  #oldestUnsettled(): number | undefined {
    let left = this.#counts.waiting + this.#counts.running;
    let oldest: number | undefined;
    for (const { settledAt, task } of this.#byArrival.fromLast()) {
      if (left === 0) break;
      if (settledAt !== undefined) continue;
      oldest = Math.min(oldest ?? task.arrivedAt, task.arrivedAt);
      left -= 1;
    }
    return oldest;
  }
}

function matches({ state, task }: KeptTask, query: TaskQuery): boolean {
  return (
    (query.states?.includes(state) ?? true) &&
    isWanted(task.rule, query.rule) &&
    isWanted(task.botId, query.botId) &&
    isWanted(task.conversation?.id, query.conversationId) &&
    isBetween(task.arrivedAt, query)
  );
}

function isWanted(value: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || value === wanted;
}

function isBetween(at: number, { since = -Infinity, until = Infinity }: TaskQuery): boolean {
  return at >= since && at < until;
}
