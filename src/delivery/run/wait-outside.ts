import type { Fenced } from '../../core/journal.js';
import { expiredReason } from '../../core/lateness.js';
import type { Entrance } from './enter-receiver.js';
import { giveUp, sayFailure } from './give-up.js';
import type { RunContext, TaskRun } from './run-context.js';
import { sayWaiting, waitingAt } from './waiting-notice.js';

type Wait = Extract<Entrance, { kind: 'wait' }>;

/**
 * Gives a task back that cannot call its receiver now: no attempt is counted, and it waits in the
 * journal. What is to be said meanwhile is said: the text on failure when the receiver is down,
 * the waiting text when it is due. A task that surely cannot be called in time is given up at once.
 */
export async function waitOutside(context: RunContext, run: TaskRun, wait: Wait): Promise<Fenced> {
  const { journal, clock } = context;
  const { isDown, notBefore, origin } = wait;
  if (run.signal.aborted) return await journal.retry(run.claim, clock.now());
  if (notBefore !== undefined && notBefore >= run.deadline) {
    const cause = isDown ? 'receiver-down' : 'rate-limit';
    return await giveUp(context, run, expiredReason(cause));
  }
  context.waits.set(run.task.id, { kind: kindOf(wait), origin, until: wait.at });
  if (isDown) await sayFailure(context, run);
  const notice = waitingAt(run);
  if (notice !== undefined && notice <= clock.now()) await sayWaiting(context, run);
  const at = inTime(context, run, wait);
  return await journal.retry(run.claim, Math.min(at, waitingAt(run) ?? at));
}

function kindOf({ isDown, byRate }: Wait) {
  if (isDown) return 'receiver';
  return byRate ? 'rate' : 'room';
}

/** Many that wait come back one after another; whose turn among them were too late comes in time. */
function inTime({ clock, random }: RunContext, { deadline }: TaskRun, wait: Wait): number {
  if (wait.at < deadline) return wait.at;
  const from = Math.max(clock.now(), wait.notBefore ?? 0);
  return Math.min(deadline, from + Math.floor(random() * Math.max(0, deadline - from)));
}
