import type { Sql } from '../../postgres/database.js';
import { inOrder, type Lane, listsOf } from './lanes.js';

/** A task that was leased. */
export interface Taken {
  readonly seq: number;
  /** Since when its lane could be claimed. */
  readonly ready_at: number;
  readonly token: string;
}

/** How leases are given. */
export interface LeaseTerms {
  /** Begins the tokens. */
  readonly owner: string;
  readonly leaseMs: number;
  readonly now: number | null;
}

const lock = {
  name: 'journal.lock-passed',
  text: `
    SELECT l.speaker, l.lane FROM unnest($1::text[], $2::text[]) AS m (speaker, lane)
      JOIN lanes l ON l.speaker = m.speaker AND l.lane = m.lane
      WHERE l.ready_at = l.pass_at AND l.pass_at <= moment($3) AND l.due_at > moment($3)
      ${inOrder}`,
};

const pass = {
  name: 'journal.pass',
  text: `
    WITH passed AS MATERIALIZED (
      SELECT l.speaker, l.lane, l.head, l.ready_at, l.due_at, (
        SELECT min(t.seq) FROM tasks t WHERE t.speaker = l.speaker AND t.lane = l.lane
          AND t.outcome IS NULL AND t.seq <> l.head
      ) AS next
      FROM unnest($1::text[], $2::text[]) AS m (speaker, lane)
      JOIN lanes l ON l.speaker = m.speaker AND l.lane = m.lane
    ), aside AS (
      UPDATE tasks t SET former_lane = t.lane, lane = t.id
        FROM passed p WHERE t.seq = p.head AND p.next IS NOT NULL
        RETURNING t.speaker, t.lane, t.seq, p.due_at
    ), opened AS (
      INSERT INTO lanes (speaker, lane, head, ready_at)
        SELECT speaker, lane, seq, due_at FROM aside ORDER BY speaker, lane
    )
    UPDATE lanes l SET head = p.next, token = $3 || gen_random_uuid(),
      lease_until = moment($5) + $4, ready_at = moment($5) + $4, due_at = NULL, pass_at = NULL
      FROM passed p WHERE l.speaker = p.speaker AND l.lane = p.lane AND p.next IS NOT NULL
      RETURNING p.next AS seq, p.ready_at, l.token`,
};

/**
 * Leases the tasks that pass the heads of these lanes; the heads go on in lanes of their own. A lane
 * that has changed meanwhile is left alone.
 *
 * @param sql a transaction
 */
export async function passHeads(
  sql: Sql,
  lanes: readonly Lane[],
  { owner, leaseMs, now }: LeaseTerms,
): Promise<readonly Taken[]> {
  const locked = await sql.query<Lane>(lock, [...listsOf(lanes), now]);
  if (locked.length === 0) return [];
  // By a statement of its own: only then it sees what came before the lock was given.
  return await sql.query<Taken>(pass, [...listsOf(locked), owner, leaseMs, now]);
}
