import type { Fenced } from '../../core/journal.js';
import type { AttemptRecord, Task } from '../../core/task.js';
import { targetsOf } from '../receivers/targets.js';
import { isSpoken, type RunContext, type TaskRun } from './run-context.js';
import { withinTime } from './time-limit.js';

/** The last call of a task that is given up. */
interface LastCall {
  /** The receiver that was called. */
  readonly origin: string;
  readonly attempt: AttemptRecord;
  /** It would be made again, but for `reply.within`. */
  readonly isOutOfTime?: boolean;
}

/**
 * Settles a task as dead. `reply.onFailure` is said before, once for each conversation until the
 * receiver answers again.
 */
export async function giveUp(
  context: RunContext,
  run: TaskRun,
  reason: string,
  call?: LastCall,
): Promise<Fenced> {
  await sayFailure(context, run);
  const receiver = call?.origin ?? targetsOf(run.rule).main.origin;
  const isOutOfTime = call?.isOutOfTime ?? false;
  context.log.dead(run.task, { reason, receiver, isOutOfTime });
  const info = call ? { reason, attempt: call.attempt } : { reason };
  return await context.journal.settle(run.claim, 'dead', info);
}

/**
 * Says `reply.onFailure`, once for each conversation until the receiver answers again. Never
 * rejects.
 */
export async function sayFailure(
  context: RunContext,
  { task, rule }: Pick<TaskRun, 'task' | 'rule'>,
): Promise<void> {
  const { onFailure } = rule.reply;
  const speaker = context.speakers(task.botId);
  const { conversation } = task;
  if (!onFailure || !speaker || !conversation || !isSpoken({ task, rule })) return;
  const place = JSON.stringify([task.botId, conversation.kind, conversation.id]);
  if (!context.notices.isNew(targetsOf(rule).main.origin, place)) return;
  try {
    await withinTime(context.sayTimeoutMs, speaker.notify(conversation, onFailure));
  } catch (error) {
    context.log.notSaid(task, error, 'notice');
  }
}

/** Says `reply.onFailure` where a defect ends a task, unless that is broken as well. Never rejects. */
export async function sayAfterDefect(context: RunContext, task: Task): Promise<void> {
  try {
    const rule = context.rules(task.rule);
    if (rule !== undefined) await sayFailure(context, { task, rule });
  } catch {
    // The operator has been told of the defect.
  }
}
