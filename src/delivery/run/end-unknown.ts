import type { Discarding, Fenced } from '../../core/journal.js';
import type { RunContext, TaskRun } from './run-context.js';

/** How a task ends of which nobody knows whether its next part stands in the chat. */
export const unknownEnd: Discarding = { end: 'unknown', reason: 'say-unknown' };

/** Ends a task of which nobody knows whether its next part stands in the chat. */
export async function endUnknown(
  { journal, log, pauses }: Pick<RunContext, 'journal' | 'log' | 'pauses'>,
  { claim, task }: Pick<TaskRun, 'claim' | 'task'>,
): Promise<Fenced> {
  const { end, reason } = unknownEnd;
  pauses.reset(task.id);
  log.unknown(task, reason);
  return await journal.settle(claim, end, { reason });
}
