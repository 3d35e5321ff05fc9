import type { Sql } from '../../postgres/database.js';
import { inOrder, type Lane, listsOf, mendLanes } from './lanes.js';
import { safeText } from './safe-text.js';

const lockLanes = (tasks: string) => `
  SELECT l.speaker, l.lane FROM lanes l
    WHERE (l.speaker, l.lane) IN (
      SELECT t.speaker, t.lane FROM tasks t WHERE ${tasks} AND t.outcome IS NULL
    ) ${inOrder}`;

const drop = `
  UPDATE tasks t SET outcome = 'dropped', reason = 'discarded', settled_at = moment($4)
    FROM unnest($1::text[], $2::text[]) AS k (speaker, lane)
    JOIN lanes l ON l.speaker = k.speaker AND l.lane = k.lane
    WHERE t.id = ANY($3) AND t.outcome IS NULL AND t.speaker = l.speaker AND t.lane = l.lane
      AND NOT (l.head = t.seq AND l.token IS NOT NULL AND l.lease_until > moment($4))
    RETURNING t.seq`;

/** Settles waiting tasks as dropped, in one transaction; answers how many. */
export async function discardTasks(
  sql: Sql,
  ids: readonly string[],
  now: number | null,
): Promise<number> {
  const wanted = [...new Set(ids)].map(safeText);
  const lanes = await sql.query<Lane>(lockLanes('t.id = ANY($1)'), [wanted]);
  const dropped = await sql.query(drop, [...listsOf(lanes), wanted, now]);
  await mendLanes(sql, lanes, now);
  return dropped.length;
}

/** The tasks that a person set off, and those of the private chat with them. */
export async function tasksOf(sql: Sql, userId: string): Promise<readonly number[]> {
  const rows = await sql.query<{ seq: number }>(
    `SELECT seq FROM tasks WHERE user_id = $1
      OR (conversation_kind = 'contact' AND conversation_id = $1) ORDER BY seq`,
    [safeText(userId)],
  );
  return rows.map(({ seq }) => seq);
}

/** Deletes tasks with all that is known of them, in one transaction; answers how many. */
export async function deleteTasks(
  sql: Sql,
  seqs: readonly number[],
  now: number | null,
): Promise<number> {
  const lanes = await sql.query<Lane>(lockLanes('t.seq = ANY($1)'), [seqs]);
  const deleted = await sql.query(
    `WITH gone AS (DELETE FROM tasks WHERE seq = ANY($1) RETURNING seq),
      attempts_gone AS (DELETE FROM attempts WHERE task = ANY($1))
      SELECT seq FROM gone`,
    [seqs],
  );
  await mendLanes(sql, lanes, now);
  return deleted.length;
}
