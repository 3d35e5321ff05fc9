import type { Database, Sql } from '../../postgres/database.js';
import type { Retention } from '../retention.js';
import { originalText } from './safe-text.js';

/** Few enough that a lock is held for a moment only. */
const perSlice = 500;

/** What the sweeping works with. */
export interface SweepParts {
  readonly database: Database;
  readonly retention: Retention;
  readonly now: () => number | null;
  /** Whether the next slice is not begun any more. */
  readonly isEnding: () => boolean;
}

/** Deletes settled tasks past their retention, and the text of others; answers how many tasks. */
export async function sweep({ database, retention, now, isEnding }: SweepParts): Promise<number> {
  const { ageMs, textMs = ageMs } = retention;
  let isBlank = textMs >= ageMs;
  while (!isBlank && !isEnding()) {
    isBlank = await database.transaction((sql) => blankSlice(sql, textMs, now()));
  }
  let deleted = 0;
  for (const edge of await edgesOf(database, retention, now())) {
    for (let isOver = false; !isOver && !isEnding(); ) {
      const slice = await deleteSlice(database, edge);
      deleted += slice.count;
      isOver = slice.isOver;
    }
  }
  return deleted;
}

/** Everything that was settled up to here: in time, and of one time in the order of arrival. */
interface Edge {
  readonly at: number;
  readonly seq: number;
}

/** Behind every task of its time. */
const last = Number.MAX_SAFE_INTEGER;

// What another program deletes just now is left to it.
const deleteUpTo = `
  WITH old AS (
    SELECT seq FROM tasks WHERE outcome IS NOT NULL AND (settled_at, seq) <= ($1, $2)
      ORDER BY settled_at, seq LIMIT ${perSlice} FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM tasks t USING old o WHERE t.seq = o.seq RETURNING t.seq
  ), attempts_gone AS (
    DELETE FROM attempts a USING gone g WHERE a.task = g.seq
  )
  SELECT count(*) AS count FROM gone`;

/** Up to where settled tasks are too many, and up to where too old; nothing is where there is none. */
async function edgesOf(
  sql: Sql,
  { ageMs, tasks }: { readonly ageMs: number; readonly tasks: number },
  now: number | null,
): Promise<readonly Edge[]> {
  const [time] = await sql.query<{ at: number }>('SELECT moment($1) AS at', [now]);
  const surplus = await sql.query<Edge>(
    `SELECT settled_at AS at, seq FROM tasks WHERE outcome IS NOT NULL
      ORDER BY settled_at DESC, seq DESC OFFSET $1 LIMIT 1`,
    [tasks],
  );
  const old = time ? [{ at: time.at - ageMs, seq: last }] : [];
  return [...old, ...surplus];
}

/** Deletes settled tasks up to an edge; answers how many of a slice, `isOver` after the last. */
async function deleteSlice(
  sql: Sql,
  { at, seq }: Edge,
): Promise<{ readonly count: number; readonly isOver: boolean }> {
  const [row] = await sql.query<{ count: number }>(deleteUpTo, [at, seq]);
  const count = row?.count ?? 0;
  return { count, isOver: count < perSlice };
}

interface Text {
  readonly seq: number;
  readonly settled_at: number;
  readonly user_id: string;
  readonly request: string;
}

/**
 * Blanks the text of tasks that were settled `textMs` ago, in one transaction; the rest of them
 * stays. Answers whether that were all.
 */
async function blankSlice(sql: Sql, textMs: number, now: number | null): Promise<boolean> {
  const rows = await sql.query<Text>(
    `SELECT seq, settled_at, user_id, request FROM tasks WHERE outcome IS NOT NULL
      AND settled_at >= (SELECT until FROM blanking) AND settled_at <= moment($1) - $2::bigint
      AND NOT is_blank ORDER BY settled_at, seq LIMIT ${perSlice}`,
    [now, textMs],
  );
  const latest = rows.at(-1)?.settled_at;
  if (latest === undefined) return true;
  const seqs = rows.map(({ seq }) => seq);
  await sql.query(
    `UPDATE tasks t SET is_blank = true, response = NULL, request = b.request
      FROM unnest($1::bigint[], $2::text[]) AS b (seq, request)
      WHERE t.seq = b.seq AND t.outcome IS NOT NULL`,
    [seqs, rows.map(blankRequest)],
  );
  await sql.query('UPDATE attempts SET body = NULL WHERE task = ANY($1)', [seqs]);
  await sql.query('UPDATE blanking SET until = greatest(until, $1)', [latest]);
  return rows.length < perSlice;
}

function blankRequest({ user_id, request }: Text): string {
  const { isSelf } = JSON.parse(request) as { readonly isSelf: boolean };
  return JSON.stringify({ question: '', userId: originalText(user_id), isSelf });
}
