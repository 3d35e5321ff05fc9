import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Accepted } from '../../../core/journal.js';
import type { NewTaskRow } from '../../task-rows.js';
import type { AttemptTable } from './attempt-table.js';
import type { Counters } from './counters.js';
import type { LaneTable, Place } from './lane-table.js';
import type { ProgressParts } from './progress.js';

/** Tasks that come, or come again. */
export class Arrivals {
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

  /** Keeps new tasks. */
  accept(tasks: readonly NewTaskRow[], now: number): readonly Accepted[] {
    return tasks.map((task) => {
      const seq = this.#counters.nextSeq();
      const { changes } = this.#sql.insert.run(
        seq,
        task.id,
        task.bot,
        task.speaker,
        task.lane,
        task.hold_ms,
        task.rule,
        task.event,
        task.event_id,
        task.user_id,
        task.quoted_user_id,
        task.conversation_kind,
        task.conversation_id,
        task.arrived_at,
        task.text_until,
        now,
        task.request,
      );
      if (changes === 0) return { id: task.id, kind: 'known' };
      this.#lanes.enter({ seq, speaker: task.speaker, lane: task.lane }, now);
      return { id: task.id, kind: 'new' };
    });
  }

  /** Puts settled tasks whose text is still there at the end of their lanes; answers how many. */
  replay(ids: readonly string[], now: number): number {
    let count = 0;
    for (const id of new Set(ids)) {
      const settled = this.#sql.settled.get(id) as Place | undefined;
      if (!settled) continue;
      const seq = this.#counters.nextSeq();
      this.#sql.restart.run(seq, now, now, id);
      this.#attempts.move(settled.seq, seq);
      this.#lanes.enter({ ...settled, seq }, now);
      count += 1;
    }
    return count;
  }
}

function prepare(database: DatabaseSyncInstance) {
  return {
    insert: database.prepare(
      `INSERT INTO tasks (seq, id, bot, speaker, lane, hold_ms, rule, event, event_id, user_id,
        quoted_user_id, conversation_kind, conversation_id, arrived_at, text_until, due_at, request)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    ),
    settled: database.prepare(
      `SELECT seq, speaker, coalesce(former_lane, lane) AS lane FROM tasks
        WHERE id = ? AND outcome IS NOT NULL AND is_blank = 0`,
    ),
    restart: database.prepare(
      `UPDATE tasks SET seq = ?, lane = coalesce(former_lane, lane), former_lane = NULL,
        arrived_at = ?, due_at = ?, former_attempts = attempts, say_failures = 0,
        unsure_at = NULL, said = 0, waiting_said = 0, response = NULL, outcome = NULL,
        reason = NULL, settled_at = NULL, settled_turn = NULL WHERE id = ?`,
    ),
  };
}
