import type { Fenced } from '../../core/journal.js';
import type { AttemptRecord, TaskEnd } from '../../core/task.js';
import type { Sql } from '../../postgres/database.js';
import { inOrder, listsOf, mendLanes } from './lanes.js';
import type { Held } from './leases.js';
import { safeText } from './safe-text.js';

/** What the holder of a lease has kept of its task: all of it in one step. */
export interface Change {
  readonly held: Held;
  /** As JSON. */
  readonly response?: string;
  readonly said?: number | undefined;
  readonly waitingSaid?: boolean;
  readonly attempt?: AttemptRecord | undefined;
  /** Gives the task back. */
  readonly retry?: {
    readonly at: number;
    readonly inMs: number;
    /** As that of the task. */
    readonly holdMs: number | undefined;
    readonly sayFailed: boolean;
    readonly unsureAt?: number | undefined;
  };
  /** Ends the task. */
  readonly end?: TaskEnd;
  readonly reason?: string | undefined;
}

const lock = {
  name: 'journal.lock',
  text: `
    SELECT l.token, l.head FROM unnest($1::text[], $2::text[], $3::text[])
      AS h (speaker, lane, token)
      JOIN lanes l ON l.speaker = h.speaker AND l.lane = h.lane AND l.token = h.token
      ${inOrder}`,
};

// A response that grows is kept again and again: it is one call all the while.
const change = {
  name: 'journal.change',
  text: `
    WITH changed AS (
      UPDATE tasks t SET
        response = coalesce(c.response, t.response),
        said = coalesce(c.said, t.said),
        waiting_said = greatest(c.waiting_said, t.waiting_said),
        due_at = coalesce(c.due_at, t.due_at),
        say_failures = t.say_failures + c.say_failed,
        unsure_at = CASE WHEN c.said IS NULL THEN coalesce(c.unsure_at, t.unsure_at) END,
        attempts = t.attempts + CASE
          WHEN c.started_at IS NULL THEN 0
          WHEN c.response IS NOT NULL AND t.response IS NOT NULL AND t.attempts > 0 THEN 0
          ELSE 1 END,
        outcome = coalesce(c.outcome, t.outcome),
        reason = coalesce(c.reason, t.reason),
        settled_at = CASE WHEN c.outcome IS NULL THEN t.settled_at ELSE moment($13) END
      FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::smallint[], $5::bigint[],
        $6::integer[], $7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::integer[],
        $12::text[], $14::text[], $15::bigint[])
        AS c (seq, response, said, waiting_said, due_at, say_failed, outcome, reason,
          started_at, duration_ms, status, attempt_reason, body, unsure_at)
      WHERE t.seq = c.seq
      RETURNING t.seq, t.attempts, c.started_at, c.duration_ms, c.status, c.attempt_reason, c.body
    )
    INSERT INTO attempts (task, n, started_at, duration_ms, status, reason, body)
      SELECT * FROM changed WHERE started_at IS NOT NULL
      ON CONFLICT (task, n) DO UPDATE SET started_at = excluded.started_at,
        duration_ms = excluded.duration_ms, status = excluded.status, reason = excluded.reason,
        body = excluded.body`,
};

const giveBack = {
  name: 'journal.give-back',
  text: `
    UPDATE lanes l SET
      ready_at = CASE
        WHEN r.hold_ms IS NOT NULL AND EXISTS (
          SELECT FROM tasks t WHERE t.speaker = l.speaker AND t.lane = l.lane
            AND t.outcome IS NULL AND t.seq <> l.head
        ) THEN least(moment($5) + r.in_ms, coalesce(l.held_up_since, moment($5)) + r.hold_ms)
        ELSE moment($5) + r.in_ms END,
      due_at = moment($5) + r.in_ms,
      pass_at = coalesce(l.held_up_since, moment($5)) + r.hold_ms,
      held_up_since = coalesce(l.held_up_since, moment($5)),
      token = NULL, lease_until = NULL
      FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[])
        AS r (speaker, lane, in_ms, hold_ms)
      WHERE l.speaker = r.speaker AND l.lane = r.lane`,
};

/**
 * Keeps the changes of those who still hold their lanes, in one transaction, at most one for each
 * lane; answers one verdict for each, in their order.
 */
export async function keepChanges(
  sql: Sql,
  changes: readonly Change[],
  now: number | null,
): Promise<readonly Fenced[]> {
  const all = changes.map(({ held }) => held);
  const tokens = all.map(({ token }) => token);
  const locked = await sql.query<{ token: string; head: number }>(lock, [...listsOf(all), tokens]);
  const heads = new Map(locked.map(({ token, head }) => [token, head]));
  const kept = changes.flatMap((one) => {
    const seq = heads.get(one.held.token);
    return seq === undefined ? [] : [{ ...one, seq }];
  });
  if (kept.length > 0) await changeTasks(sql, kept, now);
  await moveLanes(sql, kept, now);
  return tokens.map((token) => (heads.has(token) ? 'ok' : 'stale'));
}

type Kept = Change & { readonly seq: number };

async function changeTasks(sql: Sql, kept: readonly Kept[], now: number | null): Promise<void> {
  const list = <T extends string | number>(of: (one: Kept) => T | undefined) =>
    kept.map((one) => of(one) ?? null);
  await sql.query(change, [
    list(({ seq }) => seq),
    list(({ response }) => response),
    list(({ said }) => said),
    list(({ waitingSaid }) => (waitingSaid ? 1 : 0)),
    list(({ retry }) => retry?.at),
    list(({ retry }) => (retry?.sayFailed ? 1 : 0)),
    list(({ end }) => end),
    list(({ reason }) => safeOr(reason)),
    list(({ attempt }) => attempt?.startedAt),
    list(({ attempt }) => attempt?.durationMs),
    list(({ attempt }) => attempt?.status),
    list(({ attempt }) => safeOr(attempt?.reason)),
    now,
    list(({ attempt }) => safeOr(attempt?.body)),
    list(({ retry }) => retry?.unsureAt),
  ]);
}

function safeOr(text: string | undefined): string | undefined {
  return text === undefined ? undefined : safeText(text);
}

async function moveLanes(sql: Sql, kept: readonly Kept[], now: number | null): Promise<void> {
  const back = kept.flatMap(({ held, retry }) => (retry ? [{ ...held, ...retry }] : []));
  if (back.length > 0) {
    const inMs = back.map((one) => one.inMs);
    const holdMs = back.map((one) => one.holdMs ?? null);
    await sql.query(giveBack, [...listsOf(back), inMs, holdMs, now]);
  }
  const ended = kept.flatMap(({ held, end }) =>
    end ? [{ ...held, isAnswered: end === 'answered' }] : [],
  );
  await mendLanes(sql, ended, now);
}
