import type { Fenced } from '../../core/journal.js';
import { tooLate } from '../../core/lateness.js';
import { type AttemptRecord, refusedReason, type TaskResponse } from '../../core/task.js';
import { targetsOf } from '../receivers/targets.js';
import { sayFailure } from './give-up.js';
import type { RunContext, TaskRun } from './run-context.js';

/** An answer that is not said, because `reply.within` is over. */
export interface LateAnswer {
  readonly response: TaskResponse;
  /** The call that brought it, where that is not kept yet. */
  readonly attempt?: AttemptRecord;
}

/**
 * Ends a task whose answer is not said any more: dropped, a refusal refused. `reply.onFailure` is said
 * before, where something of the answer would have been.
 */
export async function dropLate(
  context: RunContext,
  run: TaskRun,
  { response, attempt }: LateAnswer,
): Promise<Fenced> {
  const { journal, log, clock } = context;
  const { claim, task, rule, deadline } = run;
  if (response.replies.length > claim.said) await sayFailure(context, run);
  const receiver = targetsOf(rule).main.origin;
  log.tooLate(task, { receiver, lateMs: clock.now() - deadline });
  const kept = attempt === undefined ? {} : { attempt };
  if (response.refusal !== undefined) {
    return await journal.settle(claim, 'refused', { reason: refusedReason, ...kept });
  }
  return await journal.settle(claim, 'dropped', { reason: tooLate, ...kept });
}
