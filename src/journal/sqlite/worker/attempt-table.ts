import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { AttemptRecord } from '../../../core/task.js';

interface AttemptRow {
  readonly started_at: number;
  readonly duration_ms: number;
  readonly status: number | null;
  readonly reason: string | null;
  readonly body: string | null;
}

/** The rows of the attempts, numbered from 1 for each task; a task is named by its place. */
export class AttemptTable {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(database: DatabaseSyncInstance) {
    this.#sql = prepare(database);
  }

  /** Keeps attempt `n` of a task, in place of a former edition of it. */
  put(task: number, n: number, attempt: AttemptRecord): void {
    const { startedAt, durationMs, status = null, reason = null, body = null } = attempt;
    this.#sql.put.run(task, n, startedAt, durationMs, status, reason, body);
  }

  /** All attempts of a task, the first first. */
  of(task: number): readonly AttemptRecord[] {
    return (this.#sql.all.all(task) as unknown as AttemptRow[]).map((row) => ({
      startedAt: row.started_at,
      durationMs: row.duration_ms,
      ...(row.status !== null && { status: row.status }),
      ...(row.reason !== null && { reason: row.reason }),
      ...(row.body !== null && { body: row.body }),
    }));
  }

  /** Follows a task that goes to another place. */
  move(task: number, to: number): void {
    this.#sql.move.run(to, task);
  }

  /** Deletes what was answered in the attempts of a task; the rest of them stays. */
  blank(task: number): void {
    this.#sql.blank.run(task);
  }

  /** Deletes the attempts of a task. */
  delete(task: number): void {
    this.#sql.delete.run(task);
  }
}

function prepare(database: DatabaseSyncInstance) {
  return {
    put: database.prepare(
      `INSERT OR REPLACE INTO attempts (task, n, started_at, duration_ms, status, reason, body)
        VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    all: database.prepare(
      `SELECT started_at, duration_ms, status, reason, body FROM attempts WHERE task = ?
        ORDER BY n`,
    ),
    move: database.prepare('UPDATE attempts SET task = ? WHERE task = ?'),
    blank: database.prepare('UPDATE attempts SET body = NULL WHERE task = ?'),
    delete: database.prepare('DELETE FROM attempts WHERE task = ?'),
  };
}
