import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { JournalStats, TaskQuery } from '../../../core/journal.js';
import type { TaskState } from '../../../core/task.js';
import type { RecordRow } from '../../task-rows.js';
import {
  type FoundRow,
  limitOf,
  type OpenTasks,
  statsOf,
  tasksAndLanes,
  whereOf,
} from '../../task-search.js';
import type { AttemptTable } from './attempt-table.js';

const columns = `t.id, t.bot, t.speaker, t.lane, t.hold_ms, t.rule, t.event, t.event_id, t.user_id,
  t.seq, t.conversation_kind, t.conversation_id, t.arrived_at, t.text_until, t.request, t.response, t.said,
  t.unsure_at, t.reason, t.settled_at,
  coalesce(t.outcome, iif(l.lease_until > :now, 'running', 'waiting')) AS state,
  iif(l.lease_until <= :now, l.lease_until, t.due_at) AS due_at`;

const marks = { now: ':now', value: (index: number) => `:v${index}` };

/** Looks tasks up; changes nothing. */
export class Search {
  readonly #database: DatabaseSyncInstance;
  readonly #attempts: AttemptTable;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(database: DatabaseSyncInstance, attempts: AttemptTable) {
    this.#database = database;
    this.#attempts = attempts;
    this.#sql = prepare(database);
  }

  /** The task of that id. */
  get(id: string, now: number): RecordRow | undefined {
    const row = this.#sql.get.get({ id, now }) as FoundRow | undefined;
    return row && this.#withAttempts(row);
  }

  /** Those of these tasks that stand behind the head of their lane, each with that. */
  blockers(ids: readonly string[]): readonly [string, string][] {
    return ids.flatMap((id): [string, string][] => {
      const row = this.#sql.blocker.get(id) as { head: string } | undefined;
      return row ? [[id, row.head]] : [];
    });
  }

  /** The tasks that answer a query, newest first. */
  find(query: TaskQuery, now: number): readonly RecordRow[] {
    const { where, values } = whereOf(query, marks);
    const rows = this.#database
      .prepare(
        `SELECT ${columns} FROM ${tasksAndLanes} WHERE ${where} ORDER BY t.seq DESC LIMIT :limit`,
      )
      .all({
        ...Object.fromEntries(values.map((value, index) => [`v${index}`, value])),
        now,
        limit: limitOf(query),
      });
    return (rows as unknown as FoundRow[]).map((row) => this.#withAttempts(row));
  }

  /** How many tasks are in each state, and how long the oldest has been unsettled. */
  stats(now: number): JournalStats {
    const ended = this.#sql.ended.all() as { outcome: TaskState; count: number }[];
    const open = this.#sql.open.get({ now }) as unknown as OpenTasks;
    return statsOf(open, ended);
  }

  #withAttempts({ seq, ...row }: FoundRow): RecordRow {
    return { ...row, attempts: this.#attempts.of(seq) };
  }
}

function prepare(database: DatabaseSyncInstance) {
  return {
    get: database.prepare(`SELECT ${columns} FROM ${tasksAndLanes} WHERE t.id = :id`),
    blocker: database.prepare(
      `SELECT h.id AS head FROM tasks t JOIN lanes l ON l.speaker = t.speaker AND l.lane = t.lane
        JOIN tasks h ON h.seq = l.head WHERE t.id = ? AND t.outcome IS NULL AND l.head <> t.seq`,
    ),
    ended: database.prepare(
      `SELECT outcome, count(*) AS count FROM tasks INDEXED BY tasks_settled
        WHERE outcome IS NOT NULL GROUP BY outcome`,
    ),
    open: database.prepare(
      `SELECT count(*) AS count, min(arrived_at) AS oldest,
        (SELECT count(*) FROM lanes WHERE lease_until > :now) AS running
        FROM tasks INDEXED BY tasks_unsettled WHERE outcome IS NULL`,
    ),
  };
}
