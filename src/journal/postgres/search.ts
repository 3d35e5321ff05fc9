import type { JournalStats, TaskQuery } from '../../core/journal.js';
import type { AttemptRecord, TaskState } from '../../core/task.js';
import type { Sql, SqlValue } from '../../postgres/database.js';
import type { RecordRow } from '../task-rows.js';
import { originalRow, taskColumns } from './rows.js';
import { originalText, safeText } from './safe-text.js';

/** Listed by `findTasks` unless told otherwise. */
const defaultLimit = 100;

/** `$1` is the time in all of these. */
const columns = `t.seq, ${taskColumns}, t.response, t.said, t.reason, t.settled_at,
  coalesce(t.outcome, CASE WHEN l.lease_until > moment($1) THEN 'running' ELSE 'waiting' END) AS state,
  CASE WHEN l.lease_until <= moment($1) THEN l.lease_until ELSE t.due_at END AS due_at`;

/** Each task with the lane whose head it is. */
const tasksAndLanes = `tasks t LEFT JOIN lanes l ON t.outcome IS NULL
  AND l.speaker = t.speaker AND l.lane = t.lane AND l.head = t.seq`;

/** What each state is in SQL, spelled so that the partial indexes serve. */
const conditions: Readonly<Record<TaskState, string>> = {
  waiting: '(t.outcome IS NULL AND (l.lease_until IS NULL OR l.lease_until <= moment($1)))',
  running: '(t.outcome IS NULL AND l.lease_until > moment($1))',
  answered: "t.outcome = 'answered'",
  dead: "t.outcome = 'dead'",
  dropped: "t.outcome = 'dropped'",
};

type Row = Omit<RecordRow, 'attempts'> & { readonly seq: number };

/** The task of that id. */
export async function getTask(
  sql: Sql,
  id: string,
  now: number | null,
): Promise<RecordRow | undefined> {
  const text = `SELECT ${columns} FROM ${tasksAndLanes} WHERE t.id = $2`;
  const rows = await sql.query<Row>({ name: 'journal.get', text }, [now, safeText(id)]);
  return (await withAttempts(sql, rows))[0];
}

/** The tasks that answer a query, newest first. */
export async function findTasks(
  sql: Sql,
  query: TaskQuery,
  now: number | null,
): Promise<readonly RecordRow[]> {
  const { limit = defaultLimit } = query;
  const { where, values } = whereOf(query);
  const most = Math.min(Math.max(limit, 0), Number.MAX_SAFE_INTEGER);
  const text = `SELECT ${columns} FROM ${tasksAndLanes} WHERE ${where}
    ORDER BY t.seq DESC LIMIT $2`;
  return await withAttempts(sql, await sql.query<Row>(text, [now, most, ...values]));
}

/** How many tasks are in each state, and how long the oldest has been unsettled. */
export async function countTasks(sql: Sql, now: number | null): Promise<JournalStats> {
  const ended = await sql.query<{ outcome: TaskState; count: number }>(
    'SELECT outcome, count(*) AS count FROM tasks WHERE outcome IS NOT NULL GROUP BY outcome',
  );
  const [open] = await sql.query<{ count: number; running: number; oldest: number | null }>(
    `SELECT count(*) AS count, min(arrived_at) AS oldest,
      (SELECT count(*) FROM lanes WHERE lease_until > moment($1)) AS running
      FROM tasks WHERE outcome IS NULL`,
    [now],
  );
  const { count = 0, running = 0, oldest = null } = open ?? {};
  return {
    counts: {
      waiting: count - running,
      running,
      answered: 0,
      dead: 0,
      dropped: 0,
      ...Object.fromEntries(ended.map((each) => [each.outcome, each.count])),
    },
    ...(oldest !== null && { oldestUnsettled: oldest }),
  };
}

interface AttemptRow {
  readonly task: number;
  readonly started_at: number;
  readonly duration_ms: number;
  readonly status: number | null;
  readonly reason: string | null;
}

async function withAttempts(sql: Sql, rows: readonly Row[]): Promise<readonly RecordRow[]> {
  if (rows.length === 0) return [];
  const found = await sql.query<AttemptRow>(
    `SELECT task, started_at, duration_ms, status, reason FROM attempts
      WHERE task = ANY($1) ORDER BY task, n`,
    [rows.map(({ seq }) => seq)],
  );
  const byTask = new Map<number, AttemptRecord[]>(rows.map(({ seq }) => [seq, []]));
  for (const each of found) byTask.get(each.task)?.push(toAttempt(each));
  return rows.map(({ seq, ...row }) => {
    const reason = row.reason === null ? null : originalText(row.reason);
    const attempts = byTask.get(seq) ?? [];
    return { ...originalRow({ ...row, attempts }), reason };
  });
}

function toAttempt({ started_at, duration_ms, status, reason }: AttemptRow): AttemptRecord {
  return {
    startedAt: started_at,
    durationMs: duration_ms,
    ...(status !== null && { status }),
    ...(reason !== null && { reason: originalText(reason) }),
  };
}

function whereOf(query: TaskQuery): { where: string; values: readonly SqlValue[] } {
  const { states, rule, botId, conversationId, since, until, behind } = query;
  const wanted: readonly (readonly [(n: string) => string, string | number | undefined])[] = [
    [(n) => `t.rule = ${n}`, rule],
    [(n) => `t.bot = ${n}`, botId],
    [(n) => `t.conversation_id = ${n}`, conversationId],
    [(n) => `t.arrived_at >= ${n}`, since],
    [(n) => `t.arrived_at < ${n}`, until],
    [(n) => `t.seq < (SELECT seq FROM tasks WHERE id = ${n})`, behind],
  ];
  const values: SqlValue[] = [];
  const given = wanted.flatMap(([condition, value]) => {
    if (value === undefined) return [];
    values.push(typeof value === 'string' ? safeText(value) : value);
    // After the time and the limit.
    return [condition(`$${values.length + 2}`)];
  });
  return { where: [...stateConditions(states), ...given, 'true'].join(' AND '), values };
}

function stateConditions(states: readonly TaskState[] | undefined): readonly string[] {
  if (states === undefined) return [];
  if (states.length === 0) return ['false'];
  const isOpen = states.every((state) => state === 'waiting' || state === 'running');
  const any = `(${states.map((state) => conditions[state]).join(' OR ')})`;
  return isOpen ? ['t.outcome IS NULL', any] : [any];
}
