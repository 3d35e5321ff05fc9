import type { Sql } from '../../postgres/database.js';
import type { ClaimRow } from '../task-rows.js';
import { inOrder, type Lane, listsOf } from './lanes.js';
import { originalRow, taskColumns } from './rows.js';

/** By what right somebody runs the head of a lane. */
export interface Held extends Lane {
  readonly token: string;
}

/**
 * A lease need not survive the server's death, so nobody waits for the disk: when it is lost, the
 * task is claimed by another, and the former holder is told that it is stale.
 */
const withoutDisk = "set_config('synchronous_commit', 'off', true)";

const claim = {
  name: 'journal.claim',
  text: `
    WITH ready AS MATERIALIZED (
      SELECT one.* FROM unnest($1::text[]) AS s (speaker)
        CROSS JOIN LATERAL (
          SELECT l.speaker, l.lane, l.head, l.ready_at FROM lanes l
            WHERE l.speaker = s.speaker AND l.ready_at <= moment($5)
            ORDER BY l.speaker, l.ready_at, l.head LIMIT $2 FOR UPDATE SKIP LOCKED
        ) one
        ORDER BY one.ready_at, one.head LIMIT $2
    )
    UPDATE lanes l SET token = $3 || gen_random_uuid(), lease_until = moment($5) + $4,
      ready_at = moment($5) + $4
      FROM ready r WHERE l.speaker = r.speaker AND l.lane = r.lane
      RETURNING r.head AS seq, r.ready_at, l.token, ${withoutDisk}`,
};

const claimed = {
  name: 'journal.claimed',
  text: `SELECT t.seq, ${taskColumns}, t.response, t.said, t.say_failures, t.unsure_at,
      t.waiting_said,
      t.attempts - t.former_attempts AS calls FROM tasks t WHERE t.seq = ANY($1)`,
};

/** The lanes of leases that are still theirs. */
const lanesHeld = `held AS MATERIALIZED (
      SELECT l.speaker, l.lane FROM unnest($1::text[], $2::text[], $3::text[])
        AS h (speaker, lane, token)
        JOIN lanes l ON l.speaker = h.speaker AND l.lane = h.lane AND l.token = h.token
        ${inOrder}
    )`;

const renew = {
  name: 'journal.renew',
  text: `
    WITH ${lanesHeld}
    UPDATE lanes l SET lease_until = moment($5) + $4, ready_at = moment($5) + $4
      FROM held h WHERE l.speaker = h.speaker AND l.lane = h.lane
      RETURNING l.token, ${withoutDisk}`,
};

const release = {
  name: 'journal.release',
  text: `
    WITH ${lanesHeld}
    UPDATE lanes l SET token = NULL, lease_until = NULL, ready_at = moment($4)
      FROM held h WHERE l.speaker = h.speaker AND l.lane = h.lane`,
};

// Walks from bot to bot, not from lane to lane.
const look = {
  name: 'journal.look',
  text: `
    WITH RECURSIVE speakers (speaker) AS (
      (SELECT speaker FROM lanes ORDER BY speaker LIMIT 1)
      UNION ALL
      SELECT (
        SELECT l.speaker FROM lanes l WHERE l.speaker > s.speaker ORDER BY l.speaker LIMIT 1
      ) FROM speakers s WHERE s.speaker IS NOT NULL
    ), moments (first, next) AS (
      SELECT
        (SELECT min(l.ready_at) FROM lanes l WHERE l.speaker = s.speaker),
        (SELECT min(l.ready_at) FROM lanes l
          WHERE l.speaker = s.speaker AND l.ready_at > moment($1))
        FROM speakers s WHERE s.speaker IS NOT NULL
    )
    SELECT coalesce(min(first) <= moment($1), false) AS "isReady",
      min(next) - moment($1) AS "nextInMs" FROM moments`,
};

/** What can be claimed by anybody. */
export interface Outlook {
  /** Some lane can be claimed now. */
  readonly isReady: boolean;
  /** In so many ms the next can. */
  readonly nextInMs: number | null;
}

/** What is asked of `claimHeads`. */
export interface Asked {
  readonly speakers: readonly string[];
  readonly n: number;
  /** Begins the tokens. */
  readonly owner: string;
  readonly leaseMs: number;
  readonly now: number | null;
}

/** Leases up to `n` heads of lanes of these bots, the one that waits longest first. */
export async function claimHeads(
  sql: Sql,
  { speakers, n, owner, leaseMs, now }: Asked,
): Promise<readonly Omit<ClaimRow, 'lease_until'>[]> {
  type Taken = { readonly seq: number; readonly ready_at: number; readonly token: string };
  const taken = await sql.query<Taken>(claim, [speakers, n, `${owner}/`, leaseMs, now]);
  if (taken.length === 0) return [];
  // By a statement of its own: the one that locked a lane may not see a head that has just come.
  type Row = Omit<ClaimRow, 'lease_until' | 'token'> & { readonly seq: number };
  const rows = await sql.query<Row>(claimed, [taken.map(({ seq }) => seq)]);
  const bySeq = new Map(rows.map(({ seq, ...row }) => [seq, row]));
  return taken
    .toSorted((one, other) => one.ready_at - other.ready_at || one.seq - other.seq)
    .flatMap(({ seq, token }) => {
      const row = bySeq.get(seq);
      return row ? [{ ...originalRow(row), token }] : [];
    });
}

/** Prolongs the leases that are still held; answers their tokens. */
export async function renewLeases(
  sql: Sql,
  held: readonly Held[],
  { leaseMs, now }: { readonly leaseMs: number; readonly now: number | null },
): Promise<readonly string[]> {
  const rows = await sql.query<{ token: string }>(renew, [...tokensOf(held), leaseMs, now]);
  return rows.map(({ token }) => token);
}

/** Gives leases back, so that others need not wait for their end. */
export async function releaseLeases(
  sql: Sql,
  held: readonly Held[],
  now: number | null,
): Promise<void> {
  if (held.length > 0) await sql.query(release, [...tokensOf(held), now]);
}

/** What can be claimed now, and when that changes. */
export async function lookOut(sql: Sql, now: number | null): Promise<Outlook> {
  const [outlook] = await sql.query<Outlook>(look, [now]);
  return outlook ?? { isReady: false, nextInMs: null };
}

function tokensOf(held: readonly Held[]): [string[], string[], string[]] {
  return [...listsOf(held), held.map(({ token }) => token)];
}
