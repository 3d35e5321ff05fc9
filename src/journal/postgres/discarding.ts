import type { Discarding } from '../../core/journal.js';
import type { Sql, SqlValue } from '../../postgres/database.js';
import { inOrder, type Lane, listsOf, mendQueues } from './lanes.js';
import { safeText } from './safe-text.js';

const lockStatement = (tasks: string) => `
  SELECT l.speaker, l.lane FROM lanes l
    WHERE (l.speaker, l.lane) IN (
      SELECT t.speaker, t.lane FROM tasks t WHERE ${tasks} AND t.outcome IS NULL
    ) ${inOrder}`;

/**
 * Locks the lanes of those of some tasks that are unsettled; `tasks` is a condition on `t`. Twice,
 * since a task may have been passed while the lock on its former lane was waited for.
 */
export async function lockLanes(
  sql: Sql,
  tasks: string,
  value: SqlValue,
): Promise<readonly Lane[]> {
  await sql.query<Lane>(lockStatement(tasks), [value]);
  return await sql.query<Lane>(lockStatement(tasks), [value]);
}

const drop = `
  UPDATE tasks t SET outcome = $5, reason = $6, settled_at = moment($4)
    FROM unnest($1::text[], $2::text[]) AS k (speaker, lane)
    JOIN lanes l ON l.speaker = k.speaker AND l.lane = k.lane
    WHERE t.id = ANY($3) AND t.outcome IS NULL AND t.speaker = l.speaker AND t.lane = l.lane
      AND NOT (l.head = t.seq AND l.token IS NOT NULL AND l.lease_until > moment($4))
    RETURNING t.seq`;

/** Settles waiting tasks, in one transaction; answers how many. */
export async function discardTasks(
  sql: Sql,
  { ids, end, reason }: Discarding & { readonly ids: readonly string[] },
  now: number | null,
): Promise<number> {
  const wanted = [...new Set(ids)].map(safeText);
  const lanes = await lockLanes(sql, 't.id = ANY($1)', wanted);
  const dropped = await sql.query(drop, [...listsOf(lanes), wanted, now, end, safeText(reason)]);
  await mendQueues(sql, lanes, now);
  return dropped.length;
}
