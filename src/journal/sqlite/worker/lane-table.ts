import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Work } from '../calls.js';
import type { Counters } from './counters.js';

/** Where a task stands: in which lane, and at which place in the order of arrival. */
export interface Place {
  readonly seq: number;
  readonly speaker: string;
  readonly lane: string;
}

/** The rows of the lanes, and what changed in them for those who look for work. */
export class LaneTable {
  readonly #counters: Counters;
  readonly #sql: ReturnType<typeof prepare> & ReturnType<typeof preparePassing>;
  #isReady = false;
  #nextAt: number | undefined;

  constructor(database: DatabaseSyncInstance, counters: Counters) {
    this.#counters = counters;
    this.#sql = { ...prepare(database), ...preparePassing(database) };
  }

  /** What happened since this was asked the last time. */
  takeWork(): Work {
    const work = {
      isReady: this.#isReady,
      ...(this.#nextAt !== undefined && { nextAt: this.#nextAt }),
    };
    this.#isReady = false;
    this.#nextAt = undefined;
    return work;
  }

  /** Looks what can be claimed by now, and when that changes; `takeWork` answers it. */
  look(now: number): void {
    for (const { first, next } of this.#sql.look.all({ now }) as Moments[]) {
      for (const at of [first, next]) if (at !== null) this.#mark(at, now);
    }
  }

  /** Opens the lane of a task that has just come, or puts the task at the end of it. */
  enter({ speaker, lane, seq }: Place, now: number): void {
    const turn = this.#counters.nextTurn();
    if (this.#sql.open.run(speaker, lane, seq, now, turn).changes !== 0) {
      this.#mark(now, now);
      return;
    }
    this.#sql.enqueue.run(speaker, lane, seq);
    const put = this.#sql.expectPass.get(speaker, lane) as { ready_at: number } | undefined;
    if (put) this.#mark(put.ready_at, now);
  }

  /**
   * Takes a task out that is settled or deleted; when it was the head, the next one is. One that
   * `isAnswered` ends a hold-up.
   */
  leave({ speaker, lane, seq }: Place, now: number, isAnswered = false): void {
    const row = this.#sql.head.get(speaker, lane) as { head: number } | undefined;
    if (row?.head !== seq) {
      this.#sql.dequeue.run(speaker, lane, seq);
      this.#sql.expectNoPass.run(speaker, lane);
      return;
    }
    const next = this.#next(speaker, lane);
    if (!next) {
      this.#sql.close.run(speaker, lane);
      return;
    }
    this.#sql.dequeue.run(speaker, lane, next.seq);
    const at = Math.max(next.due_at, now);
    const turn = this.#counters.nextTurn();
    this.#sql.advance.run(next.seq, at, turn, isAnswered ? 1 : 0, speaker, lane);
    this.#mark(at, now);
  }

  /** Makes the lane of a task that is given back wait until the task is due, or may be passed. */
  giveBack(
    { speaker, lane }: Place,
    { at, holdMs }: { readonly at: number; readonly holdMs: number | null },
    now: number,
  ): void {
    const dueAt = Math.max(at, now);
    const turn = this.#counters.nextTurn();
    this.#sql.giveBack.run({ speaker, lane, dueAt, holdMs, now, turn });
    const put = this.#sql.expectPass.get(speaker, lane) as { ready_at: number } | undefined;
    this.#mark(put?.ready_at ?? dueAt, now);
  }

  /**
   * Answers whom a claim of this lane is for: its head or, where that is not due, the next, which
   * takes its place. The former head goes on in a lane of its own.
   */
  pass({ speaker, lane, seq, due_at: dueAt }: ReadyLane, now: number): number {
    const next = dueAt !== null && dueAt > now ? this.#next(speaker, lane) : undefined;
    if (!next || dueAt === null) return seq;
    const { id } = this.#sql.stepAside.get(seq) as { id: string };
    this.#sql.open.run(speaker, id, seq, dueAt, this.#counters.nextTurn());
    this.#mark(dueAt, now);
    this.#sql.dequeue.run(speaker, lane, next.seq);
    this.#sql.advance.run(next.seq, now, this.#counters.nextTurn(), 0, speaker, lane);
    return next.seq;
  }

  /** The lanes of one bot that can be claimed, the one that waits longest first. */
  ready(speaker: string, now: number, n: number): readonly ReadyLane[] {
    return this.#sql.ready.all(speaker, now, n) as ReadyLane[];
  }

  /** Gives the lane to the holder of `token` until `until`. */
  lease({ speaker, lane }: Place, token: string, until: number): void {
    this.#sql.lease.run(token, until, until, this.#counters.nextTurn(), speaker, lane);
    // Never by now: a lease lasts.
    this.#mark(until, until - 1);
  }

  #next(speaker: string, lane: string): { seq: number; due_at: number } | undefined {
    return this.#sql.next.get(speaker, lane) as { seq: number; due_at: number } | undefined;
  }

  #mark(at: number, now: number): void {
    if (at <= now) this.#isReady = true;
    else this.#nextAt = Math.min(this.#nextAt ?? at, at);
  }
}

/** A lane that can be claimed. */
export interface ReadyLane extends Place {
  readonly ready_at: number;
  readonly turn: number;
  /** When the head is due; null when it was not given back. */
  readonly due_at: number | null;
}

interface Moments {
  readonly first: number | null;
  readonly next: number | null;
}

function prepare(database: DatabaseSyncInstance) {
  return {
    // Walks from bot to bot, not from lane to lane.
    look: database.prepare(`
      WITH RECURSIVE speakers (speaker) AS (
        SELECT min(speaker) FROM lanes
        UNION ALL
        SELECT (SELECT min(l.speaker) FROM lanes l WHERE l.speaker > s.speaker)
          FROM speakers s WHERE s.speaker IS NOT NULL
      )
      SELECT (SELECT min(ready_at) FROM lanes l WHERE l.speaker = s.speaker) AS first,
        (SELECT min(ready_at) FROM lanes l WHERE l.speaker = s.speaker AND ready_at > :now) AS next
      FROM speakers s WHERE s.speaker IS NOT NULL`),
    open: database.prepare(
      `INSERT INTO lanes (speaker, lane, head, ready_at, turn) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING`,
    ),
    enqueue: database.prepare('INSERT INTO queue VALUES (?, ?, ?)'),
    dequeue: database.prepare('DELETE FROM queue WHERE speaker = ? AND lane = ? AND seq = ?'),
    head: database.prepare('SELECT head FROM lanes WHERE speaker = ? AND lane = ?'),
    next: database.prepare(
      `SELECT q.seq, t.due_at FROM queue q JOIN tasks t ON t.seq = q.seq
        WHERE q.speaker = ? AND q.lane = ? ORDER BY q.seq LIMIT 1`,
    ),
    close: database.prepare('DELETE FROM lanes WHERE speaker = ? AND lane = ?'),
    advance: database.prepare(
      `UPDATE lanes SET head = ?, ready_at = ?, turn = ?, token = NULL, lease_until = NULL,
        due_at = NULL, pass_at = NULL, held_up_since = iif(?, NULL, held_up_since)
        WHERE speaker = ? AND lane = ?`,
    ),
    ready: database.prepare(
      `SELECT speaker, lane, head AS seq, ready_at, turn, due_at FROM lanes
        WHERE speaker = ? AND ready_at <= ? ORDER BY ready_at, turn LIMIT ?`,
    ),
    lease: database.prepare(
      `UPDATE lanes SET token = ?, lease_until = ?, ready_at = ?, turn = ?, due_at = NULL, pass_at = NULL
        WHERE speaker = ? AND lane = ?`,
    ),
  };
}

/** What has to do with heads that wait, and with those that may pass them. */
function preparePassing(database: DatabaseSyncInstance) {
  return {
    giveBack: database.prepare(
      `UPDATE lanes SET ready_at = :dueAt, turn = :turn, token = NULL, lease_until = NULL,
        due_at = :dueAt, pass_at = coalesce(held_up_since, :now) + :holdMs,
        held_up_since = coalesce(held_up_since, :now)
        WHERE speaker = :speaker AND lane = :lane`,
    ),
    expectPass: database.prepare(
      `UPDATE lanes SET ready_at = pass_at WHERE speaker = ?1 AND lane = ?2 AND pass_at < ready_at
        AND EXISTS (SELECT 1 FROM queue WHERE speaker = ?1 AND lane = ?2) RETURNING ready_at`,
    ),
    expectNoPass: database.prepare(
      `UPDATE lanes SET ready_at = due_at WHERE speaker = ?1 AND lane = ?2 AND due_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM queue WHERE speaker = ?1 AND lane = ?2)`,
    ),
    stepAside: database.prepare(
      'UPDATE tasks SET former_lane = lane, lane = id WHERE seq = ? RETURNING id',
    ),
  };
}
