import type { Sql } from '../../postgres/database.js';
import type { ClaimRow } from '../task-rows.js';
import { inOrder, type Lane, listsOf } from './lanes.js';
import { passHeads, type Taken } from './passing.js';
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
          SELECT l.speaker, l.lane, l.head, l.ready_at,
            coalesce(l.ready_at = l.pass_at AND l.due_at > moment($5), false) AS is_passed
            FROM lanes l
            WHERE l.speaker = s.speaker AND l.ready_at <= moment($5)
              AND ($6::boolean OR l.token IS NULL)
            ORDER BY l.speaker, l.ready_at, l.head LIMIT $2 FOR UPDATE SKIP LOCKED
        ) one
        ORDER BY one.ready_at, one.head LIMIT $2
    ), taken AS (
      UPDATE lanes l SET token = $3 || gen_random_uuid(), lease_until = moment($5) + $4,
        ready_at = moment($5) + $4, due_at = NULL, pass_at = NULL
        FROM ready r WHERE l.speaker = r.speaker AND l.lane = r.lane AND NOT r.is_passed
        RETURNING r.speaker, r.lane, r.head AS seq, r.ready_at, l.token, ${withoutDisk}
    )
    SELECT * FROM taken
    UNION ALL SELECT speaker, lane, head, ready_at, NULL, NULL FROM ready WHERE is_passed`,
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
  /** Whether leases that have run out may be taken from those who hold them. */
  readonly mayTakeOver: boolean;
}

/** A lane that can be claimed; without a token it is to be claimed for who passes its head. */
interface Ready extends Lane {
  readonly seq: number;
  readonly ready_at: number;
  readonly token: string | null;
}

function isTaken(lane: Ready): lane is Ready & Taken {
  return lane.token !== null;
}

/**
 * Leases up to `n` tasks of these bots, the one that waits longest first: the heads of lanes, or who
 * passes them.
 *
 * @param sql a transaction
 */
export async function claimHeads(
  sql: Sql,
  { speakers, n, owner, leaseMs, now, mayTakeOver }: Asked,
): Promise<readonly Omit<ClaimRow, 'lease_until'>[]> {
  const asked = { owner: `${owner}/`, leaseMs, now };
  const values = [speakers, n, asked.owner, leaseMs, now, mayTakeOver];
  const ready = await sql.query<Ready>(claim, values);
  const held = ready.filter(isTaken);
  const passed = ready.filter(({ token }) => token === null);
  const taken = passed.length === 0 ? held : [...held, ...(await passHeads(sql, passed, asked))];
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
