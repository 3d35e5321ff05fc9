import type { Database, Sql } from '../../postgres/database.js';
import { type Retention, type TextTimes, textTimes } from '../retention.js';
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

/** What programs of an earlier version end beside this one, before `refused` was a state. */
const nameRefused = `
  UPDATE tasks SET outcome = 'refused' WHERE outcome = 'dead' AND reason = 'refused'`;

/** Deletes settled tasks past their retention, and the text of others; answers how many tasks. */
export async function sweep({ database, retention, now, isEnding }: SweepParts): Promise<number> {
  await database.query(nameRefused);
  for (const texts of textsPast(textTimes(retention))) {
    let isBlank = false;
    while (!isBlank && !isEnding()) {
      isBlank = await database.transaction((sql) => blankSlice(sql, texts, now()));
    }
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

/** Texts that are past their time, by the condition and the order in which they are found. */
interface PastTexts {
  readonly condition: string;
  /** What `$2` of the condition is. */
  readonly ms: number;
  readonly order: 'settled_at' | 'text_until';
  /** The column of `blanking` that says up to where this was done. */
  readonly mark?: 'until' | 'early_until';
}

const expired: PastTexts = {
  condition: 'text_until IS NOT NULL AND text_until <= moment($1) - $2::bigint',
  ms: 0,
  order: 'text_until',
};

function textsPast({ lastMs, early }: TextTimes): readonly PastTexts[] {
  const all = settledBefore('until', lastMs);
  if (early === undefined) return [all, expired];
  const sooner = settledBefore('early_until', early.ms);
  const outcome = `outcome ${early.answered ? '=' : '<>'} 'answered'`;
  return [all, { ...sooner, condition: `${outcome} AND ${sooner.condition}` }, expired];
}

function settledBefore(mark: 'until' | 'early_until', ms: number): PastTexts {
  const condition = `settled_at >= (SELECT ${mark} FROM blanking)
    AND settled_at <= moment($1) - $2::bigint`;
  return { condition, ms, order: 'settled_at', mark };
}

interface Text {
  readonly seq: number;
  readonly settled_at: number;
  readonly user_id: string;
  readonly request: string;
}

/**
 * Blanks texts that are past their time, in one transaction; the rest of the tasks stays. Answers
 * whether that were all.
 */
async function blankSlice(sql: Sql, past: PastTexts, now: number | null): Promise<boolean> {
  const { condition, ms, order, mark } = past;
  const rows = await sql.query<Text>(
    `SELECT seq, settled_at, user_id, request FROM tasks WHERE outcome IS NOT NULL
      AND ${condition} AND NOT is_blank ORDER BY ${order}, seq LIMIT ${perSlice}`,
    [now, ms],
  );
  const latest = rows.at(-1)?.settled_at;
  if (latest === undefined) return true;
  const seqs = rows.map(({ seq }) => seq);
  await sql.query(
    `UPDATE tasks t SET is_blank = true, response = NULL, request = b.request,
      quoted_user_id = NULL
      FROM unnest($1::bigint[], $2::text[]) AS b (seq, request)
      WHERE t.seq = b.seq AND t.outcome IS NOT NULL`,
    [seqs, rows.map(blankRequest)],
  );
  await sql.query('UPDATE attempts SET body = NULL WHERE task = ANY($1)', [seqs]);
  if (mark) await sql.query(`UPDATE blanking SET ${mark} = greatest(${mark}, $1)`, [latest]);
  return rows.length < perSlice;
}

function blankRequest({ user_id, request }: Text): string {
  const { isSelf } = JSON.parse(request) as { readonly isSelf: boolean };
  return JSON.stringify({ question: '', userId: originalText(user_id), isSelf });
}
