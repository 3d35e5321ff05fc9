import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { JournalStats, TaskQuery } from '../../../core/journal.js';
import type { TaskState } from '../../../core/task.js';
import type { RecordRow } from '../../task-rows.js';
import type { AttemptTable } from './attempt-table.js';

/** Listed by `find` unless told otherwise. */
const defaultLimit = 100;

const columns = `t.id, t.bot, t.speaker, t.lane, t.rule, t.event, t.event_id, t.user_id,
  t.seq, t.conversation_kind, t.conversation_id, t.arrived_at, t.request, t.response, t.said,
  t.reason, t.settled_at, coalesce(t.outcome, iif(l.lease_until > :now, 'running', 'waiting')) AS state,
  iif(l.lease_until <= :now, l.lease_until, t.due_at) AS due_at`;

/** Each task with the lane whose head it is. */
const tasksAndLanes = `tasks t LEFT JOIN lanes l ON t.outcome IS NULL
  AND l.speaker = t.speaker AND l.lane = t.lane AND l.head = t.seq`;

/** What each state is in SQL, spelled so that the partial indexes serve. */
const conditions: Readonly<Record<TaskState, string>> = {
  waiting: '(t.outcome IS NULL AND (l.lease_until IS NULL OR l.lease_until <= :now))',
  running: '(t.outcome IS NULL AND l.lease_until > :now)',
  answered: "t.outcome = 'answered'",
  dead: "t.outcome = 'dead'",
  dropped: "t.outcome = 'dropped'",
};

type Row = Omit<RecordRow, 'attempts'> & { readonly seq: number };

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
    const row = this.#sql.get.get({ id, now }) as Row | undefined;
    return row && this.#withAttempts(row);
  }

  /** The tasks that answer a query, newest first. */
  find(query: TaskQuery, now: number): readonly RecordRow[] {
    const { limit = defaultLimit } = query;
    const { where, values } = whereOf(query);
    const rows = this.#database
      .prepare(
        `SELECT ${columns} FROM ${tasksAndLanes} WHERE ${where} ORDER BY t.seq DESC LIMIT :limit`,
      )
      .all({ ...values, now, limit: Math.min(Math.max(limit, 0), Number.MAX_SAFE_INTEGER) });
    return (rows as unknown as Row[]).map((row) => this.#withAttempts(row));
  }

  /** How many tasks are in each state, and how long the oldest has been unsettled. */
  stats(now: number): JournalStats {
    const ended = this.#sql.ended.all() as { outcome: TaskState; count: number }[];
    const open = this.#sql.open.get({ now }) as {
      count: number;
      running: number;
      oldest: number | null;
    };
    return {
      counts: {
        waiting: open.count - open.running,
        running: open.running,
        answered: 0,
        dead: 0,
        dropped: 0,
        ...Object.fromEntries(ended.map(({ outcome, count }) => [outcome, count])),
      },
      ...(open.oldest !== null && { oldestUnsettled: open.oldest }),
    };
  }

  #withAttempts({ seq, ...row }: Row): RecordRow {
    return { ...row, attempts: this.#attempts.of(seq) };
  }
}

function whereOf(query: TaskQuery): {
  where: string;
  values: Readonly<Record<string, string | number>>;
} {
  const { states, rule, botId, conversationId, since, until, behind } = query;
  const wanted = [
    ['rule', 't.rule = :rule', rule],
    ['bot', 't.bot = :bot', botId],
    ['conversation', 't.conversation_id = :conversation', conversationId],
    ['since', 't.arrived_at >= :since', since],
    ['until', 't.arrived_at < :until', until],
    ['behind', 't.seq < (SELECT seq FROM tasks WHERE id = :behind)', behind],
  ] as const;
  const given = wanted.flatMap(([name, condition, value]) =>
    value === undefined ? [] : [{ name, condition, value }],
  );
  const parts = [...stateConditions(states), ...given.map(({ condition }) => condition)];
  return {
    where: parts.length > 0 ? parts.join(' AND ') : '1',
    // Every statement names `now`, or it could not be bound.
    values: Object.fromEntries(given.map(({ name, value }) => [name, value])),
  };
}

function stateConditions(states: readonly TaskState[] | undefined): readonly string[] {
  if (states === undefined) return [];
  if (states.length === 0) return ['0'];
  const isOpen = states.every((state) => state === 'waiting' || state === 'running');
  const any = `(${states.map((state) => conditions[state]).join(' OR ')})`;
  return isOpen ? ['t.outcome IS NULL', any] : [any];
}

function prepare(database: DatabaseSyncInstance) {
  return {
    get: database.prepare(`SELECT ${columns} FROM ${tasksAndLanes} WHERE t.id = :id`),
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
