import type { Sql } from '../../postgres/database.js';

/** Which lane: that of a bot that speaks, or (`speaker` is `''`) of nobody. */
export interface Lane {
  readonly speaker: string;
  readonly lane: string;
}

/** A lane whose head may be gone. */
export interface ChangedLane extends Lane {
  /** It is gone since it was answered: that ends a hold-up. */
  readonly isAnswered?: boolean;
}

/** The lanes as two lists, for `unnest`. */
export function listsOf(lanes: readonly Lane[]): [string[], string[]] {
  return [lanes.map(({ speaker }) => speaker), lanes.map(({ lane }) => lane)];
}

/** Whoever locks several lanes does so in their order, or two would wait for each other. */
export const inOrder = 'ORDER BY l.speaker, l.lane FOR UPDATE OF l';

const mend = {
  name: 'journal.mend',
  text: `
    WITH mended AS MATERIALIZED (
      SELECT l.speaker, l.lane, m.is_answered, (
        SELECT min(t.seq) FROM tasks t
          WHERE t.speaker = l.speaker AND t.lane = l.lane AND t.outcome IS NULL
      ) AS next
      FROM unnest($1::text[], $2::text[], $4::boolean[]) AS m (speaker, lane, is_answered)
      JOIN lanes l ON l.speaker = m.speaker AND l.lane = m.lane
      WHERE NOT EXISTS (SELECT FROM tasks t WHERE t.seq = l.head AND t.outcome IS NULL)
    ), closed AS (
      DELETE FROM lanes l USING mended m
        WHERE l.speaker = m.speaker AND l.lane = m.lane AND m.next IS NULL
    )
    UPDATE lanes l SET head = m.next, ready_at = moment($3), token = NULL, lease_until = NULL,
      due_at = NULL, pass_at = NULL,
      held_up_since = CASE WHEN m.is_answered THEN NULL ELSE l.held_up_since END
      FROM mended m WHERE l.speaker = m.speaker AND l.lane = m.lane AND m.next IS NOT NULL`,
};

/**
 * Gives lanes their next head whose head was settled or deleted, and closes those that have none.
 * They must be locked, by a statement before: only then does this one see what was accepted before
 * the lock was given.
 */
export async function mendLanes(
  sql: Sql,
  lanes: readonly ChangedLane[],
  now: number | null,
): Promise<void> {
  if (lanes.length === 0) return;
  const answered = lanes.map(({ isAnswered = false }) => isAnswered);
  await sql.query(mend, [...listsOf(lanes), now, answered]);
}

const expectNoPass = {
  name: 'journal.expect-no-pass',
  text: `
    UPDATE lanes l SET ready_at = l.due_at
      FROM unnest($1::text[], $2::text[]) AS m (speaker, lane)
      WHERE l.speaker = m.speaker AND l.lane = m.lane AND l.ready_at = l.pass_at
        AND NOT EXISTS (
          SELECT FROM tasks t WHERE t.speaker = l.speaker AND t.lane = l.lane
            AND t.outcome IS NULL AND t.seq <> l.head
        )`,
};

/** As `mendLanes`, where tasks may be gone that stood behind a head and were to pass it. */
export async function mendQueues(
  sql: Sql,
  lanes: readonly Lane[],
  now: number | null,
): Promise<void> {
  if (lanes.length === 0) return;
  await mendLanes(sql, lanes, now);
  await sql.query(expectNoPass, listsOf(lanes));
}
