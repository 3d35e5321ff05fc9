import type { Claim, Step } from '../core/journal.js';
import type {
  AttemptRecord,
  Task,
  TaskRecord,
  TaskRequest,
  TaskResponse,
  TaskState,
} from '../core/task.js';

/** A task as it is kept: what is searched for by itself, the rest as JSON. */
export interface TaskRow {
  readonly id: string;
  readonly bot: string;
  /** The bot whose voice it needs; `''` when it needs nobody's. */
  readonly speaker: string;
  readonly lane: string;
  readonly hold_ms: number | null;
  readonly rule: string;
  readonly event: string;
  readonly event_id: string;
  readonly user_id: string;
  readonly conversation_kind: string | null;
  readonly conversation_id: string | null;
  /** Ms since 1970. */
  readonly arrived_at: number;
  /** Ms since 1970. */
  readonly text_until: number | null;
  readonly request: string;
}

/** A new task on its way to where it is kept. */
export interface NewTaskRow extends TaskRow {
  /** Who said what its message quotes, as long as that is kept. */
  readonly quoted_user_id: string | null;
}

/** A task with how far it has come. */
export interface ProgressRow extends TaskRow {
  readonly response: string | null;
  readonly said: number;
  readonly unsure_at: number | null;
}

/** What the holder of a new lease is told. */
export interface ClaimRow extends ProgressRow {
  readonly token: string;
  readonly lease_until: number;
  readonly calls: number;
  readonly say_failures: number;
  readonly waiting_said: number;
}

/** A task with all that happened to it. */
export interface RecordRow extends ProgressRow {
  readonly state: TaskState;
  readonly due_at: number;
  readonly reason: string | null;
  readonly settled_at: number | null;
  readonly attempts: readonly AttemptRecord[];
}

/** A step as it is kept. */
export type StepRow =
  | { readonly kind: 'response'; readonly response: string; readonly attempt: AttemptRecord }
  | { readonly kind: 'said'; readonly count: number }
  | { readonly kind: 'waiting-said' };

/** A task on its way to where it is kept. */
export function toRow(task: Task): NewTaskRow {
  const { conversation } = task;
  return {
    id: task.id,
    bot: task.botId,
    speaker: conversation ? task.botId : '',
    lane: task.lane,
    hold_ms: task.holdMs ?? null,
    rule: task.rule,
    event: task.event,
    event_id: task.eventId,
    user_id: task.request.userId,
    quoted_user_id: quotedUserId(task) ?? null,
    conversation_kind: conversation?.kind ?? null,
    conversation_id: conversation?.id ?? null,
    arrived_at: task.arrivedAt,
    text_until: task.textUntil ?? null,
    request: JSON.stringify(task.request),
  };
}

function quotedUserId({ request }: Task): string | undefined {
  return request.message?.quoted?.userId;
}

/** A step on its way to where it is kept. */
export function toStepRow(step: Step): StepRow {
  return step.kind === 'response' ? { ...step, response: JSON.stringify(step.response) } : step;
}

/** What the holder of a new lease is told. */
export function toClaim(row: ClaimRow): Claim {
  return {
    task: toTask(row),
    token: row.token,
    leaseUntil: row.lease_until,
    attempts: row.calls,
    sayFailures: row.say_failures,
    ...responseOf(row),
    said: row.said,
    ...unsureOf(row),
    waitingSaid: row.waiting_said !== 0,
  };
}

/** A task with all that happened to it. */
export function toRecord(row: RecordRow): TaskRecord {
  return {
    task: toTask(row),
    state: row.state,
    dueAt: row.due_at,
    attempts: row.attempts,
    ...responseOf(row),
    said: row.said,
    ...(row.settled_at === null && unsureOf(row)),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.settled_at !== null && { settledAt: row.settled_at }),
  };
}

function toTask(row: TaskRow): Task {
  const { conversation_kind: kind, conversation_id: id } = row;
  return {
    id: row.id,
    botId: row.bot,
    lane: row.lane,
    ...(row.hold_ms !== null && { holdMs: row.hold_ms }),
    rule: row.rule,
    event: row.event,
    eventId: row.event_id,
    ...(kind !== null && { conversation: { kind: kind as 'contact' | 'room', id: id ?? '' } }),
    request: JSON.parse(row.request) as TaskRequest,
    arrivedAt: row.arrived_at,
    ...(row.text_until !== null && { textUntil: row.text_until }),
  };
}

function unsureOf({ unsure_at: unsureAt }: ProgressRow): { readonly unsureAt?: number } {
  return unsureAt === null ? {} : { unsureAt };
}

function responseOf({ response }: ProgressRow): { readonly response?: TaskResponse } {
  return response === null ? {} : { response: JSON.parse(response) as TaskResponse };
}
