import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Discarding } from '../../../core/journal.js';
import type { AttemptRecord, TaskEnd } from '../../../core/task.js';
import type { StepRow } from '../../task-rows.js';
import type { RetryRow, SettleRow } from '../calls.js';
import type { AttemptTable } from './attempt-table.js';
import type { Counters } from './counters.js';
import type { LaneTable, Place } from './lane-table.js';
import type { HeldTask } from './leases.js';

/** What the progress of tasks is written to. */
export interface ProgressParts {
  readonly database: DatabaseSyncInstance;
  readonly counters: Counters;
  readonly lanes: LaneTable;
  readonly attempts: AttemptTable;
}

/** How far tasks have come, and their ends. */
export class Progress {
  readonly #parts: ProgressParts;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(parts: ProgressParts) {
    this.#parts = parts;
    this.#sql = prepare(parts.database);
  }

  /** Keeps a step of the crash-safe middle. */
  record(task: HeldTask, step: StepRow): void {
    switch (step.kind) {
      case 'response': {
        // A response that grows is kept again and again: it is one call all the while.
        const n = task.attempts + (task.hasResponse && task.attempts > 0 ? 0 : 1);
        this.#parts.attempts.put(task.seq, n, step.attempt);
        this.#sql.response.run(step.response, n, task.seq);
        break;
      }
      case 'said':
        this.#sql.said.run(step.count, task.seq);
        break;
      case 'waiting-said':
        this.#sql.waitingSaid.run(task.seq);
        break;
    }
  }

  /** Makes a task, and with it its lane, wait until `at`. */
  retry(task: HeldTask, info: RetryRow, now: number): void {
    const attempts = this.#addAttempt(task, info.attempt);
    const { at, sayFailed, unsureAt = null } = info;
    this.#sql.retry.run(at, sayFailed ? 1 : 0, unsureAt, attempts, task.seq);
    this.#parts.lanes.giveBack(task, { ...info, holdMs: task.holdMs }, now);
  }

  /** Ends a task; the next of its lane becomes claimable. */
  settle(task: HeldTask, { end, ...info }: SettleRow & { end: TaskEnd }, now: number): void {
    const attempts = this.#addAttempt(task, info.attempt);
    const turn = this.#parts.counters.nextTurn();
    const { said = null, reason = null } = info;
    this.#sql.settle.run(end, reason, now, turn, said, attempts, task.seq);
    this.#parts.lanes.leave(task, now, end === 'answered');
  }

  /** Settles waiting tasks; answers how many. */
  discard(ids: readonly string[], { end, reason }: Discarding, now: number): number {
    let count = 0;
    for (const id of new Set(ids)) {
      const task = this.#sql.waiting.get(id, now) as Place | undefined;
      if (!task) continue;
      this.#sql.drop.run(end, reason, now, this.#parts.counters.nextTurn(), task.seq);
      this.#parts.lanes.leave(task, now);
      count += 1;
    }
    return count;
  }

  #addAttempt({ seq, attempts }: HeldTask, attempt: AttemptRecord | undefined): number {
    if (!attempt) return attempts;
    this.#parts.attempts.put(seq, attempts + 1, attempt);
    return attempts + 1;
  }
}

function prepare(database: DatabaseSyncInstance) {
  return {
    response: database.prepare('UPDATE tasks SET response = ?, attempts = ? WHERE seq = ?'),
    said: database.prepare('UPDATE tasks SET said = ?, unsure_at = NULL WHERE seq = ?'),
    waitingSaid: database.prepare('UPDATE tasks SET waiting_said = 1 WHERE seq = ?'),
    retry: database.prepare(
      `UPDATE tasks SET due_at = ?, say_failures = say_failures + ?,
        unsure_at = coalesce(?, unsure_at), attempts = ? WHERE seq = ?`,
    ),
    settle: database.prepare(
      `UPDATE tasks SET outcome = ?, reason = ?, settled_at = ?, settled_turn = ?,
        said = coalesce(?, said), attempts = ? WHERE seq = ?`,
    ),
    waiting: database.prepare(
      `SELECT t.seq, t.speaker, t.lane FROM tasks t
        JOIN lanes l ON l.speaker = t.speaker AND l.lane = t.lane
        WHERE t.id = ? AND t.outcome IS NULL
          AND NOT (l.head = t.seq AND l.token IS NOT NULL AND l.lease_until > ?)`,
    ),
    drop: database.prepare(
      `UPDATE tasks SET outcome = ?, reason = ?, settled_at = ?, settled_turn = ?
        WHERE seq = ?`,
    ),
  };
}
