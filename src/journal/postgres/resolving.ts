import type { Resolution } from '../../core/task.js';
import type { Sql } from '../../postgres/database.js';
import { openLanes } from './arrivals.js';
import { safeText } from './safe-text.js';

const approve = `
  UPDATE tasks SET outcome = 'answered', reason = NULL
    WHERE id = ANY($1) AND outcome = 'unknown' RETURNING seq`;

const resume = {
  name: 'journal.resume',
  text: `
    WITH ended AS MATERIALIZED (
      SELECT t.seq AS former, nextval('task_seq') AS seq
        FROM unnest($1::text[]) WITH ORDINALITY AS g (id, place) JOIN tasks t ON t.id = g.id
        WHERE t.outcome = 'unknown' AND NOT t.is_blank ORDER BY g.place
    ), back AS (
      UPDATE tasks t SET seq = e.seq, lane = coalesce(t.former_lane, t.lane),
        former_lane = NULL, arrived_at = moment($2), due_at = moment($2),
        said = t.said + $3, say_failures = 0, unsure_at = NULL, outcome = NULL, reason = NULL, settled_at = NULL
        FROM ended e WHERE t.seq = e.former AND t.outcome = 'unknown'
        RETURNING e.former, t.seq, t.speaker, t.lane
    ), moved AS (
      UPDATE attempts a SET task = b.seq FROM back b WHERE a.task = b.former
    ), opened AS (${openLanes('back', 'moment($2)')})
    SELECT seq FROM back`,
};

/** Goes on with tasks that ended unknown; answers how many. */
export async function resolveTasks(
  sql: Sql,
  ids: readonly string[],
  as: Resolution,
  now: number | null,
): Promise<number> {
  const wanted = [...new Set(ids)].map(safeText);
  if (as === 'done') return (await sql.query(approve, [wanted])).length;
  return (await sql.query(resume, [wanted, now, as === 'behind' ? 1 : 0])).length;
}
