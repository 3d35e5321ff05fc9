import { nextDue } from '../../core/explain-waits.js';
import type { Bilingual } from '../../core/language.js';
import type { Task, TaskRecord, TaskState } from '../../core/task.js';
import type { WaitsFor } from '../../core/waits-for.js';
import type { TaskRow } from '../api/contract.js';

/** What happened and what to do about it, for a reason as the journal keeps it. */
export type ReasonText = (reason: string) => Bilingual;

/** What of a task changes. */
export interface TaskProgress {
  readonly state: TaskState;
  readonly attempts: number;
  readonly dueAt?: number;
  readonly waitsFor?: WaitsFor;
  readonly settledAt?: number;
  readonly reason?: string;
}

/** A task for the page: everything but what somebody said. */
export function taskRow(task: Task, progress: TaskProgress, text: ReasonText): TaskRow {
  const { reason } = progress;
  return {
    id: task.id,
    rule: task.rule,
    event: task.event,
    botId: task.botId,
    userId: task.request.userId,
    ...(task.conversation && { conversation: task.conversation }),
    arrivedAt: task.arrivedAt,
    ...progress,
    ...(reason !== undefined && { text: text(reason) }),
  };
}

/** A task as the journal has it, and for what it waits. */
export interface FoundTask {
  readonly record: TaskRecord;
  readonly waitsFor?: WaitsFor | undefined;
  /** In ms since 1970. */
  readonly now: number;
}

/** The same of a task as the journal has it. */
export function recordRow({ record, waitsFor, now }: FoundTask, text: ReasonText): TaskRow {
  const { task, state, attempts, settledAt } = record;
  const dueAt = nextDue(record, waitsFor, now);
  const reason = record.reason ?? (settledAt === undefined ? attempts.at(-1)?.reason : undefined);
  // The journal takes a replay for a new arrival, and keeps the calls before it.
  const replayed = attempts.some(({ startedAt }) => startedAt < task.arrivedAt);
  const progress = {
    state,
    attempts: attempts.length,
    ...(dueAt !== undefined && { dueAt }),
    ...(waitsFor && { waitsFor }),
    ...(settledAt !== undefined && { settledAt }),
    ...(reason !== undefined && { reason }),
  };
  return { ...taskRow(task, progress, text), ...(replayed && { replayed }) };
}
