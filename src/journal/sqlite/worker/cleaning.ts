import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { TextTimes } from '../../retention.js';
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
  readonly #sql: Prepared;

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

  /** Blanks texts that are past their time; the rest of the tasks stays. */
  blank({ times: { lastMs, early }, now }: { times: TextTimes; now: number }): Slice {
    const deleted = [
      this.#blankTo('blank-turn', this.#sql.texts, now - lastMs),
      ...(early
        ? [this.#blankTo('early-blank-turn', this.#early(early.answered), now - early.ms)]
        : []),
      this.#blankExpired(now),
    ];
    const isCut = deleted.includes(deletedPerSlice);
    return { deleted: deleted.reduce((sum, count) => sum + count, 0), ...(isCut && { next: 0 }) };
  }

  #early(answered: boolean) {
    return answered ? this.#sql.answeredTexts : this.#sql.otherTexts;
  }

  /** Walks along the settled tasks, from where it was the last time up to a time. */
  #blankTo(mark: string, texts: Prepared['texts'], until: number): number {
    const rows = texts.all(mark, until, deletedPerSlice) as unknown as SettledText[];
    for (const { seq, turn } of rows) {
      this.#blankOne(seq);
      this.#sql.mark.run(turn, mark);
    }
    return rows.length;
  }

  #blankExpired(now: number): number {
    const rows = this.#sql.expired.all(now, deletedPerSlice) as unknown as { seq: number }[];
    for (const { seq } of rows) this.#blankOne(seq);
    return rows.length;
  }

  #blankOne(seq: number): void {
    this.#sql.blank.run(seq);
    this.#attempts.blank(seq);
  }

  /** Deletes the tasks of one person, and those whose message quotes them, among those that arrived after `from`. */
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

type Prepared = ReturnType<typeof prepare>;

interface SettledText {
  readonly seq: number;
  readonly turn: number;
}

/** Settled tasks behind a mark, up to a time, the ones settled first first. */
const textsOf = (condition: string) => `
  SELECT seq, settled_turn AS turn FROM tasks WHERE outcome IS NOT NULL AND ${condition}
    AND settled_turn > (SELECT value FROM meta WHERE key = ?) AND settled_at <= ?
    ORDER BY settled_turn LIMIT ?`;

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
    texts: database.prepare(textsOf('true')),
    answeredTexts: database.prepare(textsOf("outcome = 'answered'")),
    otherTexts: database.prepare(textsOf("outcome <> 'answered'")),
    expired: database.prepare(
      `SELECT seq FROM tasks WHERE text_until <= ? AND text_until IS NOT NULL
        AND outcome IS NOT NULL AND is_blank = 0 ORDER BY text_until LIMIT ?`,
    ),
    blank: database.prepare(
      `UPDATE tasks SET is_blank = 1, response = NULL, quoted_user_id = NULL,
        request = json_object('question', '', 'userId', user_id,
          'isSelf', json(iif(json_extract(request, '$.isSelf'), 'true', 'false')))
        WHERE seq = ?`,
    ),
    mark: database.prepare('UPDATE meta SET value = ? WHERE key = ?'),
    page: database.prepare(
      'SELECT max(seq) AS last FROM (SELECT seq FROM tasks WHERE seq > ? ORDER BY seq LIMIT ?)',
    ),
    ofPerson: database.prepare(
      `SELECT seq, speaker, lane FROM tasks WHERE seq > :from AND seq <= :last
        AND (user_id = :userId OR quoted_user_id = :userId
          OR (conversation_kind = 'contact' AND conversation_id = :userId))
        ORDER BY seq LIMIT :most`,
    ),
  };
}
