import type { JournalStats, TaskQuery } from '../../core/journal.js';
import type { AttemptRecord, TaskState } from '../../core/task.js';
import type { Sql } from '../../postgres/database.js';
import type { RecordRow } from '../task-rows.js';
import {
  type FoundRow,
  limitOf,
  type OpenTasks,
  statsOf,
  tasksAndLanes,
  whereOf,
} from '../task-search.js';
import { originalRow, taskColumns } from './rows.js';
import { originalText, safeText } from './safe-text.js';

/** `$1` is the time in all of these. */
const columns = `t.seq, ${taskColumns}, t.response, t.said, t.unsure_at, t.reason,
  t.settled_at,
  coalesce(t.outcome, CASE WHEN l.lease_until > moment($1) THEN 'running' ELSE 'waiting' END) AS state,
  CASE WHEN l.lease_until <= moment($1) THEN l.lease_until ELSE t.due_at END AS due_at`;

/** Values stand after the time and the limit. */
const marks = { now: 'moment($1)', value: (index: number) => `$${index + 3}` };

/** The task of that id. */
export async function getTask(
  sql: Sql,
  id: string,
  now: number | null,
): Promise<RecordRow | undefined> {
  const text = `SELECT ${columns} FROM ${tasksAndLanes} WHERE t.id = $2`;
  const rows = await sql.query<FoundRow>({ name: 'journal.get', text }, [now, safeText(id)]);
  return (await withAttempts(sql, rows))[0];
}

/** The tasks that answer a query, newest first. */
export async function findTasks(
  sql: Sql,
  query: TaskQuery,
  now: number | null,
): Promise<readonly RecordRow[]> {
  const { where, values } = whereOf(query, marks);
  const told = values.map((value) => (typeof value === 'string' ? safeText(value) : value));
  const text = `SELECT ${columns} FROM ${tasksAndLanes} WHERE ${where}
    ORDER BY t.seq DESC LIMIT $2`;
  return await withAttempts(sql, await sql.query<FoundRow>(text, [now, limitOf(query), ...told]));
}

/** Those of these tasks that stand behind the head of their lane, each with that. */
export async function findBlockers(
  sql: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ id: string; head: string }>(
    `SELECT t.id, h.id AS head FROM tasks t
      JOIN lanes l ON l.speaker = t.speaker AND l.lane = t.lane AND l.head <> t.seq
      JOIN tasks h ON h.seq = l.head
      WHERE t.id = ANY($1) AND t.outcome IS NULL`,
    [ids.map(safeText)],
  );
  return new Map(rows.map(({ id, head }) => [originalText(id), originalText(head)]));
}

/** How many tasks are in each state, and how long the oldest has been unsettled. */
export async function countTasks(sql: Sql, now: number | null): Promise<JournalStats> {
  const ended = await sql.query<{ outcome: TaskState; count: number }>(
    'SELECT outcome, count(*) AS count FROM tasks WHERE outcome IS NOT NULL GROUP BY outcome',
  );
  const [open = { count: 0, running: 0, oldest: null }] = await sql.query<OpenTasks>(
    `SELECT count(*) AS count, min(arrived_at) AS oldest,
      (SELECT count(*) FROM lanes WHERE lease_until > moment($1)) AS running
      FROM tasks WHERE outcome IS NULL`,
    [now],
  );
  return statsOf(open, ended);
}

interface AttemptRow {
  readonly task: number;
  readonly started_at: number;
  readonly duration_ms: number;
  readonly status: number | null;
  readonly reason: string | null;
  readonly body: string | null;
}

async function withAttempts(sql: Sql, rows: readonly FoundRow[]): Promise<readonly RecordRow[]> {
  if (rows.length === 0) return [];
  const found = await sql.query<AttemptRow>(
    `SELECT task, started_at, duration_ms, status, reason, body FROM attempts
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

function toAttempt({ started_at, duration_ms, status, reason, body }: AttemptRow): AttemptRecord {
  return {
    startedAt: started_at,
    durationMs: duration_ms,
    ...(status !== null && { status }),
    ...(reason !== null && { reason: originalText(reason) }),
    ...(body !== null && { body: originalText(body) }),
  };
}
