import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Slice } from '../calls.js';
import type { AttemptTable } from './attempt-table.js';
import type { LaneTable, Place } from './lane-table.js';

/** Few enough that other calls need not wait for long, also on a slow machine. */
const deletedPerSlice = 100;
const lookedAtPerSlice = 1000;

/** Deletes in slices: each is short, and others get their turn in between. */
export class Cleaning {
  readonly #lanes: LaneTable;
  readonly #attempts: AttemptTable;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(database: DatabaseSyncInstance, lanes: LaneTable, attempts: AttemptTable) {
    this.#lanes = lanes;
    this.#attempts = attempts;
    this.#sql = prepare(database);
  }

  /** Deletes settled tasks that are past their age or too many, the ones settled first first. */
  sweep({ ageMs, tasks, now }: { ageMs: number; tasks: number; now: number }): Slice {
    const { count } = this.#sql.count.get() as { count: number };
    const rows = this.#sql.oldest.all(deletedPerSlice) as unknown as {
      seq: number;
      settled_at: number;
    }[];
    let deleted = 0;
    for (const { seq, settled_at: settledAt } of rows) {
      if (now - settledAt < ageMs && count - deleted <= tasks) break;
      this.#sql.delete.run(seq);
      this.#attempts.delete(seq);
      deleted += 1;
    }
    return { deleted, ...(deleted === deletedPerSlice && { next: 0 }) };
  }

  /** Blanks the text of tasks that were settled `textMs` ago; the rest of them stays. */
  blank({ textMs, now }: { textMs: number; now: number }): Slice {
    const rows = this.#sql.texts.all(now - textMs, deletedPerSlice) as {
      seq: number;
      turn: number;
    }[];
    for (const { seq, turn } of rows) {
      this.#sql.blank.run(seq);
      this.#attempts.blank(seq);
      this.#sql.blankTurn.run(turn);
    }
    return { deleted: rows.length, ...(rows.length === deletedPerSlice && { next: 0 }) };
  }

  /** Deletes the tasks of one person among those that arrived after `from`. */
  forget({ userId, from, now }: { userId: string; from: number; now: number }): Slice {
    const page = this.#sql.page.get(from, lookedAtPerSlice) as { last: number | null };
    if (page.last === null) return { deleted: 0 };
    const rows = this.#sql.ofPerson.all({ userId, from, last: page.last, most: deletedPerSlice });
    for (const { seq, speaker, lane } of rows as unknown as Place[]) {
      this.#sql.delete.run(seq);
      this.#attempts.delete(seq);
      this.#lanes.leave({ seq, speaker, lane }, now);
    }
    // A slice that was cut short is looked at again from its start.
    const next = rows.length === deletedPerSlice ? from : page.last;
    return { deleted: rows.length, next };
  }
}

function prepare(database: DatabaseSyncInstance) {
  return {
    count: database.prepare(
      `SELECT count(*) AS count FROM tasks INDEXED BY tasks_settled WHERE outcome IS NOT NULL`,
    ),
    oldest: database.prepare(
      `SELECT seq, settled_at FROM tasks WHERE outcome IS NOT NULL
        ORDER BY settled_turn LIMIT ?`,
    ),
    delete: database.prepare('DELETE FROM tasks WHERE seq = ?'),
    texts: database.prepare(
      `SELECT seq, settled_turn AS turn FROM tasks WHERE outcome IS NOT NULL
        AND settled_turn > (SELECT value FROM meta WHERE key = 'blank-turn') AND settled_at <= ?
        ORDER BY settled_turn LIMIT ?`,
    ),
    blank: database.prepare(
      `UPDATE tasks SET is_blank = 1, response = NULL,
        request = json_object('question', '', 'userId', user_id,
          'isSelf', json(iif(json_extract(request, '$.isSelf'), 'true', 'false')))
        WHERE seq = ?`,
    ),
    blankTurn: database.prepare("UPDATE meta SET value = ? WHERE key = 'blank-turn'"),
    page: database.prepare(
      'SELECT max(seq) AS last FROM (SELECT seq FROM tasks WHERE seq > ? ORDER BY seq LIMIT ?)',
    ),
    ofPerson: database.prepare(
      `SELECT seq, speaker, lane FROM tasks WHERE seq > :from AND seq <= :last
        AND (user_id = :userId OR (conversation_kind = 'contact' AND conversation_id = :userId))
        ORDER BY seq LIMIT :most`,
    ),
  };
}
