import type { LateCause } from '../../core/lateness.js';
import { targetsOf } from '../receivers/targets.js';
import type { RunContext, TaskRun } from './run-context.js';

/** Why a task that nobody has answered was not called, or not called again, in time. */
export function expiryCause(context: RunContext, run: TaskRun): Exclude<LateCause, 'answer'> {
  if (isBotLate(context, run)) return 'bot-offline';
  if (isReceiverDown(context, run)) return 'receiver-down';
  return run.claim.attempts > 0 ? 'called' : 'not-called';
}

/** The bot was not here when the time was over. */
function isBotLate({ presence }: RunContext, { task, deadline }: TaskRun): boolean {
  if (task.conversation === undefined) return false;
  return (presence.cameAt(task.botId) ?? Number.POSITIVE_INFINITY) > deadline;
}

function isReceiverDown({ receivers }: RunContext, { rule }: TaskRun): boolean {
  const { main } = targetsOf(rule);
  return receivers
    .states()
    .some(({ origin, breaker }) => origin === main.origin && breaker !== 'closed');
}
