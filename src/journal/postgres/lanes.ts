import type { Sql } from '../../postgres/database.js';

/** Which lane: that of a bot that speaks, or (`speaker` is `''`) of nobody. */
export interface Lane {
  readonly speaker: string;
  readonly lane: string;
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
      SELECT l.speaker, l.lane, (
        SELECT min(t.seq) FROM tasks t
          WHERE t.speaker = l.speaker AND t.lane = l.lane AND t.outcome IS NULL
      ) AS next
      FROM unnest($1::text[], $2::text[]) AS m (speaker, lane)
      JOIN lanes l ON l.speaker = m.speaker AND l.lane = m.lane
      WHERE NOT EXISTS (SELECT FROM tasks t WHERE t.seq = l.head AND t.outcome IS NULL)
    ), closed AS (
      DELETE FROM lanes l USING mended m
        WHERE l.speaker = m.speaker AND l.lane = m.lane AND m.next IS NULL
    )
    UPDATE lanes l SET head = m.next, ready_at = moment($3), token = NULL, lease_until = NULL
      FROM mended m WHERE l.speaker = m.speaker AND l.lane = m.lane AND m.next IS NOT NULL`,
};

/**
 * Gives lanes their next head whose head was settled or deleted, and closes those that have none.
 * They must be locked, by a statement before: only then does this one see what was accepted before
 * the lock was given.
 */
export async function mendLanes(
  sql: Sql,
  lanes: readonly Lane[],
  now: number | null,
): Promise<void> {
  if (lanes.length > 0) await sql.query(mend, [...listsOf(lanes), now]);
}
