import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { ClaimRow } from '../../task-rows.js';
import type { Held } from '../calls.js';
import type { LaneTable, Place, ReadyLane } from './lane-table.js';

/** How long claims last and how their tokens begin. */
export interface LeaseOptions {
  readonly leaseMs: number;
  /** Never used before. */
  readonly prefix: string;
}

/** The task of a claim whose holder still has it. */
export interface HeldTask extends Place {
  readonly id: string;
  /** For how long it may hold its lane back, in ms; null: until it is settled. */
  readonly holdMs: number | null;
  readonly attempts: number;
  readonly hasResponse: number;
}

/** Who may run which task. */
export class Leases {
  readonly #lanes: LaneTable;
  readonly #options: LeaseOptions;
  readonly #sql: ReturnType<typeof prepare>;
  #claims = 0;

  constructor(database: DatabaseSyncInstance, lanes: LaneTable, options: LeaseOptions) {
    this.#lanes = lanes;
    this.#options = options;
    this.#sql = prepare(database);
  }

  /** Leases up to `n` tasks of these bots: the heads of lanes, or who passes them. */
  claim(n: number, speakers: readonly string[], now: number): readonly ClaimRow[] {
    const lanes = speakers.flatMap((speaker) => this.#lanes.ready(speaker, now, n));
    const until = now + this.#options.leaseMs;
    return lanes
      .toSorted(bySeniority)
      .slice(0, n)
      .map((lane) => {
        this.#claims += 1;
        const token = `${this.#options.prefix}.${this.#claims}`;
        const seq = this.#lanes.pass(lane, now);
        this.#lanes.lease(lane, token, until);
        const row = this.#sql.claimed.get(seq) as unknown as ClaimRow;
        return { ...row, token, lease_until: until };
      });
  }

  /** The task of that id, if the token still holds it. */
  held({ id, token }: Held): HeldTask | undefined {
    return this.#sql.held.get(id, token) as HeldTask | undefined;
  }

  /** Prolongs the leases that are still held; answers their tokens with the new ends. */
  renew(all: readonly Held[], now: number): readonly [string, number][] {
    const until = now + this.#options.leaseMs;
    return all.flatMap((each): [string, number][] => {
      const task = this.held(each);
      if (!task) return [];
      this.#lanes.lease(task, each.token, until);
      return [[each.token, until]];
    });
  }
}

function bySeniority(one: ReadyLane, other: ReadyLane): number {
  return one.ready_at - other.ready_at || one.turn - other.turn;
}

function prepare(database: DatabaseSyncInstance) {
  return {
    claimed: database.prepare(
      `SELECT id, bot, speaker, lane, hold_ms, rule, event, event_id, user_id, conversation_kind,
        conversation_id, arrived_at, text_until, request, response, said, say_failures, unsure_at,
        waiting_said,
        attempts - former_attempts AS calls FROM tasks WHERE seq = ?`,
    ),
    held: database.prepare(
      `SELECT t.id, t.seq, t.speaker, t.lane, t.hold_ms AS holdMs, t.attempts,
          t.response IS NOT NULL AS hasResponse
        FROM tasks t JOIN lanes l ON l.speaker = t.speaker AND l.lane = t.lane AND l.head = t.seq
        WHERE t.id = ? AND l.token = ?`,
    ),
  };
}
