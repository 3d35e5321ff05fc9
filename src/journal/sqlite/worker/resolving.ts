import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Resolution } from '../../../core/task.js';
import type { AttemptTable } from './attempt-table.js';
import type { Counters } from './counters.js';
import type { LaneTable, Place } from './lane-table.js';
import type { ProgressParts } from './progress.js';

/** Tasks of which nobody knew whether all was said, until somebody looked. */
export class Resolving {
  readonly #counters: Counters;
  readonly #lanes: LaneTable;
  readonly #attempts: AttemptTable;
  readonly #sql: ReturnType<typeof prepare>;

  constructor({ database, counters, lanes, attempts }: ProgressParts) {
    this.#counters = counters;
    this.#lanes = lanes;
    this.#attempts = attempts;
    this.#sql = prepare(database);
  }

  /** Goes on with tasks that ended unknown; answers how many. */
  resolve(ids: readonly string[], as: Resolution, now: number): number {
    let count = 0;
    for (const id of new Set(ids)) {
      const isResolved =
        as === 'done'
          ? this.#sql.approve.run(id).changes !== 0
          : this.#resume(id, as === 'behind' ? 1 : 0, now);
      if (isResolved) count += 1;
    }
    return count;
  }

  #resume(id: string, skipped: number, now: number): boolean {
    const place = this.#sql.unknown.get(id) as Place | undefined;
    if (!place) return false;
    const seq = this.#counters.nextSeq();
    this.#sql.resume.run(seq, now, now, skipped, id);
    this.#attempts.move(place.seq, seq);
    this.#lanes.enter({ ...place, seq }, now);
    return true;
  }
}

function prepare(database: DatabaseSyncInstance) {
  return {
    approve: database.prepare(
      `UPDATE tasks SET outcome = 'answered', reason = NULL WHERE id = ? AND outcome = 'unknown'`,
    ),
    unknown: database.prepare(
      `SELECT seq, speaker, coalesce(former_lane, lane) AS lane FROM tasks
        WHERE id = ? AND outcome = 'unknown' AND is_blank = 0`,
    ),
    resume: database.prepare(
      `UPDATE tasks SET seq = ?, lane = coalesce(former_lane, lane), former_lane = NULL,
        arrived_at = ?, due_at = ?, said = said + ?, say_failures = 0, unsure_at = NULL,
        outcome = NULL, reason = NULL, settled_at = NULL, settled_turn = NULL
        WHERE id = ?`,
    ),
  };
}
