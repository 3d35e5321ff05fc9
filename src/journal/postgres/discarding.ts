import type { Discarding } from '../../core/journal.js';
import type { Sql } from '../../postgres/database.js';
import { inOrder, type Lane, listsOf, mendLanes } from './lanes.js';
import { safeText } from './safe-text.js';

/** Locks the lanes of those of some tasks that are unsettled; `tasks` is a condition on `t`. */
export const lockLanes = (tasks: string) => `
  SELECT l.speaker, l.lane FROM lanes l
    WHERE (l.speaker, l.lane) IN (
      SELECT t.speaker, t.lane FROM tasks t WHERE ${tasks} AND t.outcome IS NULL
    ) ${inOrder}`;

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
  const lanes = await sql.query<Lane>(lockLanes('t.id = ANY($1)'), [wanted]);
  const dropped = await sql.query(drop, [...listsOf(lanes), wanted, now, end, safeText(reason)]);
  await mendLanes(sql, lanes, now);
  return dropped.length;
}
