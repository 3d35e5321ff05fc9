import type { Bilingual } from '../../core/language.js';
import type { Task, TaskRecord, TaskState } from '../../core/task.js';
import type { TaskRow } from '../api/contract.js';

/** What happened and what to do about it, for a reason as the journal keeps it. */
export type ReasonText = (reason: string) => Bilingual;

/** What of a task changes. */
export interface TaskProgress {
  readonly state: TaskState;
  readonly attempts: number;
  readonly dueAt?: number;
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

/** The same of a task as the journal has it. */
export function recordRow(record: TaskRecord, text: ReasonText): TaskRow {
  const { task, state, dueAt, attempts, settledAt } = record;
  const reason = record.reason ?? (settledAt === undefined ? attempts.at(-1)?.reason : undefined);
  // The journal takes a replay for a new arrival, and keeps the calls before it.
  const replayed = attempts.some(({ startedAt }) => startedAt < task.arrivedAt);
  const progress = {
    state,
    attempts: attempts.length,
    ...(state === 'waiting' && { dueAt }),
    ...(settledAt !== undefined && { settledAt }),
    ...(reason !== undefined && { reason }),
  };
  return { ...taskRow(task, progress, text), ...(replayed && { replayed }) };
}
