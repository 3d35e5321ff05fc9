import type { Fenced } from '../../core/journal.js';
import type { Entrance } from './enter-receiver.js';
import { sayFailure } from './give-up.js';
import type { RunContext, TaskRun } from './run-context.js';
import { sayWaiting, waitingAt } from './waiting-notice.js';

/**
 * Gives a task back that cannot call its receiver now: no attempt is counted, and it waits in the
 * journal. What is to be said meanwhile is said: the text on failure when the receiver is down,
 * the waiting text when it is due.
 */
export async function waitOutside(
  context: RunContext,
  run: TaskRun,
  { at, isDown, byRate, origin }: Extract<Entrance, { kind: 'wait' }>,
): Promise<Fenced> {
  const { journal, clock } = context;
  if (run.signal.aborted) return await journal.retry(run.claim, clock.now());
  const full = byRate ? 'rate' : 'room';
  context.waits.set(run.task.id, { kind: isDown ? 'receiver' : full, origin, until: at });
  if (isDown) await sayFailure(context, run);
  const notice = waitingAt(run);
  if (notice !== undefined && notice <= clock.now()) await sayWaiting(context, run);
  const next = waitingAt(run) ?? at;
  return await journal.retry(run.claim, Math.min(at, next, run.deadline));
}
