import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { AttemptRecord } from '../../../core/task.js';

interface AttemptRow {
  readonly started_at: number;
  readonly duration_ms: number;
  readonly status: number | null;
  readonly reason: string | null;
}

/** The rows of the attempts, numbered from 1 for each task; a task is named by its place. */
export class AttemptTable {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(database: DatabaseSyncInstance) {
    this.#sql = prepare(database);
  }

  /** Keeps attempt `n` of a task, in place of a former edition of it. */
  put(task: number, n: number, attempt: AttemptRecord): void {
    const { startedAt, durationMs, status = null, reason = null } = attempt;
    this.#sql.put.run(task, n, startedAt, durationMs, status, reason);
  }

  /** All attempts of a task, the first first. */
  of(task: number): readonly AttemptRecord[] {
    return (this.#sql.all.all(task) as unknown as AttemptRow[]).map((row) => ({
      startedAt: row.started_at,
      durationMs: row.duration_ms,
      ...(row.status !== null && { status: row.status }),
      ...(row.reason !== null && { reason: row.reason }),
    }));
  }

  /** Follows a task that goes to another place. */
  move(task: number, to: number): void {
    this.#sql.move.run(to, task);
  }

  /** Deletes the attempts of a task. */
  delete(task: number): void {
    this.#sql.delete.run(task);
  }
}

function prepare(database: DatabaseSyncInstance) {
  return {
    put: database.prepare('INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, ?, ?, ?)'),
    all: database.prepare(
      'SELECT started_at, duration_ms, status, reason FROM attempts WHERE task = ? ORDER BY n',
    ),
    move: database.prepare('UPDATE attempts SET task = ? WHERE task = ?'),
    delete: database.prepare('DELETE FROM attempts WHERE task = ?'),
  };
}
