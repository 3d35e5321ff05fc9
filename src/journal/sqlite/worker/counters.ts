import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/**
 * Numbers that only grow: the place of each task in the order of arrival, and the turns of lanes
 * and settled tasks. One that was drawn in a transaction that failed is never used: gaps do no harm.
 */
export class Counters {
  #seq: number;
  #turn: number;

  constructor(database: DatabaseSyncInstance) {
    const row = database
      .prepare(
        `SELECT (SELECT coalesce(max(seq), 0) FROM tasks) AS seq,
          max((SELECT coalesce(max(settled_turn), 0) FROM tasks WHERE outcome IS NOT NULL),
            (SELECT value FROM meta WHERE key = 'blank-turn')) AS turn`,
      )
      .get() as { seq: number; turn: number };
    this.#seq = row.seq;
    // The lanes of a file that was just opened begin with the places of their heads.
    this.#turn = Math.max(row.turn, row.seq);
  }

  /** The place of a task that arrives. */
  nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  /** The turn of what happens now. */
  nextTurn(): number {
    this.#turn += 1;
    return this.#turn;
  }
}
