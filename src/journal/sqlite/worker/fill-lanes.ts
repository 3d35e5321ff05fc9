import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Lease } from '../calls.js';

/**
 * A lane is there exactly while it has unsettled tasks; `queue` holds those behind its head.
 * `ready_at` is when it may be claimed: when the head is due, when it may be passed, or when the
 * lease on it ends. Of a head that was given back, `due_at` is when it is due, and `pass_at` when
 * the one behind it may take its place; `held_up_since` is when the lane's hold-up began. `turn` lets lanes that became ready in the same millisecond take turns. So claiming walks along
 * `lanes_ready` and nowhere else.
 *
 * In memory, since all of it can be told from the tasks, but for the leases, and those end with the
 * process: claiming and renewing need no disk. Yet they are tables, so that a transaction that
 * fails is undone here as it is on disk.
 */
const lanes = `
  CREATE TEMP TABLE lanes (
    speaker TEXT NOT NULL,
    lane TEXT NOT NULL,
    head INTEGER NOT NULL,
    ready_at INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    token TEXT,
    lease_until INTEGER,
    due_at INTEGER,
    pass_at INTEGER,
    held_up_since INTEGER,
    PRIMARY KEY (speaker, lane)
  ) WITHOUT ROWID;
  CREATE TEMP TABLE queue (
    speaker TEXT NOT NULL,
    lane TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (speaker, lane, seq)
  ) WITHOUT ROWID;
  INSERT INTO lanes (speaker, lane, head, ready_at, turn)
    SELECT speaker, lane, min(seq), due_at, seq FROM tasks WHERE outcome IS NULL
      GROUP BY speaker, lane;
  INSERT INTO queue
    SELECT t.speaker, t.lane, t.seq FROM tasks t
      JOIN lanes l ON l.speaker = t.speaker AND l.lane = t.lane AND l.head <> t.seq
      WHERE t.outcome IS NULL;
  CREATE INDEX temp.lanes_ready ON lanes (speaker, ready_at, turn);
`;

/** Since when lanes are held up is not kept: it begins anew with the file's opening. */
const holdUp = `
  UPDATE lanes SET due_at = ready_at, held_up_since = :now, pass_at = :now + t.hold_ms,
    ready_at = iif(
      EXISTS (SELECT 1 FROM queue q WHERE q.speaker = lanes.speaker AND q.lane = lanes.lane),
      min(ready_at, :now + t.hold_ms), ready_at)
    FROM tasks t WHERE t.seq = lanes.head AND t.hold_ms IS NOT NULL
      AND lanes.token IS NULL AND lanes.ready_at > :now`;

/** Makes the lanes of a file that was just opened; `leases` are those whose holders still live. */
export function fillLanes(
  database: DatabaseSyncInstance,
  { leases, now }: { readonly leases: readonly Lease[]; readonly now: number },
): void {
  database.exec('BEGIN');
  database.exec(lanes);
  const take = database.prepare(
    `UPDATE lanes SET token = :token, lease_until = :until, ready_at = :until WHERE (speaker, lane, head)
      IN (SELECT speaker, lane, seq FROM tasks WHERE id = :id AND outcome IS NULL)`,
  );
  for (const { id, token, until } of leases) take.run({ id, token, until });
  database.prepare(holdUp).run({ now });
  database.exec('COMMIT');
}
