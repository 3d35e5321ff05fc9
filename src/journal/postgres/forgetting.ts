import type { Database, Sql } from '../../postgres/database.js';
import { lockLanes } from './discarding.js';
import { mendQueues } from './lanes.js';
import { forgetBudgets } from './postgres-store.js';
import { safeText } from './safe-text.js';

/** Few enough that their lanes are locked for a moment only. */
const deletedAtOnce = 500;

/**
 * Deletes everything of one person: tasks, in several transactions, then cooldowns and limits.
 * Answers how many tasks.
 */
export async function forgetPerson(
  database: Database,
  userId: string,
  now: () => number | null,
): Promise<number> {
  const seqs = await tasksOf(database, userId);
  let count = 0;
  for (let from = 0; from < seqs.length; from += deletedAtOnce) {
    const some = seqs.slice(from, from + deletedAtOnce);
    count += await database.transaction((sql) => deleteTasks(sql, some, now()));
  }
  await forgetBudgets(database, userId);
  return count;
}

/** The tasks that a person set off, those of the private chat with them, and those that quote them. */
async function tasksOf(sql: Sql, userId: string): Promise<readonly number[]> {
  const rows = await sql.query<{ seq: number }>(
    `SELECT seq FROM tasks WHERE user_id = $1 OR quoted_user_id = $1
      OR (conversation_kind = 'contact' AND conversation_id = $1) ORDER BY seq`,
    [safeText(userId)],
  );
  return rows.map(({ seq }) => seq);
}

/** Deletes tasks with all that is known of them, in one transaction; answers how many. */
async function deleteTasks(sql: Sql, seqs: readonly number[], now: number | null): Promise<number> {
  const lanes = await lockLanes(sql, 't.seq = ANY($1)', seqs);
  const deleted = await sql.query(
    `WITH gone AS (DELETE FROM tasks WHERE seq = ANY($1) RETURNING seq),
      attempts_gone AS (DELETE FROM attempts WHERE task = ANY($1))
      SELECT seq FROM gone`,
    [seqs],
  );
  await mendQueues(sql, lanes, now);
  return deleted.length;
}
