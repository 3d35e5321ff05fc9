import type { Fenced } from '../../core/journal.js';
import type { Outcome } from '../../core/outcome.js';
import type { Reply } from '../../core/reply.js';
import type { AttemptRecord, TaskResponse } from '../../core/task.js';
import { retryDelay } from '../retry-delay.js';
import { dropLate } from './drop-late.js';
import { giveUp, sayFailure } from './give-up.js';
import { isSpoken, type RunContext, type TaskRun } from './run-context.js';
import { finishResponse } from './say-response.js';
import { waitingAt } from './waiting-notice.js';

/** One call that has ended. */
export interface EndedCall {
  /** The receiver that was called. */
  readonly origin: string;
  readonly outcome: Outcome;
  readonly attempt: AttemptRecord;
  /** Some of its answer is on the screen already. */
  readonly isShown: boolean;
}

/** Does what the outcome of one call asks for. */
export async function conclude(
  context: RunContext,
  run: TaskRun,
  call: EndedCall,
): Promise<Fenced> {
  const { origin, outcome, attempt } = call;
  switch (outcome.kind) {
    case 'answered':
      if (outcome.response.broken === undefined) context.notices.recovered(origin);
      return await answer(context, run, outcome.response, call);
    case 'retry':
      return await retry(context, run, outcome, { origin, attempt });
    case 'dead':
    default:
      if (outcome.pause) context.onPause(run.rule.name);
      return await giveUp(context, run, outcome.reason, { origin, attempt });
  }
}

async function answer(
  context: RunContext,
  run: TaskRun,
  received: TaskResponse,
  { attempt, isShown }: EndedCall,
): Promise<Fenced> {
  const { claim } = run;
  // Whose words have begun in time is let finish.
  const isLate = !isShown && context.clock.now() > run.deadline;
  const response = isLate ? received : await prepare(context, run, received);
  logAnswer(context, run, response ?? { ...received, replies: [] }, attempt);
  if (response && isEmpty(response)) {
    // Nothing to keep and nothing to say: one write is enough.
    if (isLate) return await dropLate(context, run, { response, attempt });
    return await context.journal.settle(claim, 'answered', { attempt });
  }
  // Kept before the first word: whatever happens from here on, the receiver is not called again.
  const step = { kind: 'response', response: response ?? received, attempt } as const;
  if ((await context.journal.record(claim, step)) === 'stale') return 'stale';
  if (response === undefined) return await settleUnprepared(context, run);
  return await finishResponse(context, run, response, isShown);
}

function logAnswer(
  { log }: RunContext,
  run: TaskRun,
  { replies, refusal }: TaskResponse,
  attempt: AttemptRecord,
): void {
  const { task, claim, rule } = run;
  const call = { attempt, calls: claim.attempts + 1, replies: replies.length };
  const isUntold = isSpoken(run) && rule.reply.onRefusal === undefined;
  if (refusal === undefined) log.answered(task, call);
  else log.refused(task, call, isUntold);
}

function isEmpty(response: TaskResponse): boolean {
  return response.replies.length === 0 && response.refusal === undefined;
}

/** The receiver is not called again for what went wrong here, so there is nothing left to try. */
async function settleUnprepared(context: RunContext, run: TaskRun): Promise<Fenced> {
  await sayFailure(context, run);
  context.log.dead(run.task, { reason: 'prepare-failed' });
  return await context.journal.settle(run.claim, 'dead', { reason: 'prepare-failed' });
}

/** The response as it will be said; `undefined` when the speaker fails to prepare it. */
async function prepare(
  context: RunContext,
  run: TaskRun,
  received: TaskResponse,
): Promise<TaskResponse | undefined> {
  if (!isSpoken(run)) return received;
  const replies = received.refusal === undefined ? received.replies : refusalOf(run, received);
  const speaker = context.speakers(run.task.botId);
  // Logged out meanwhile: said as it came once the bot is back, rather than asked for again.
  if (replies.length === 0 || !speaker) return { ...received, replies };
  try {
    const prepared = await speaker.prepare(run.task, replies, run.rule.reply);
    return { ...received, replies: prepared };
  } catch (error) {
    context.log.notSaid(run.task, error, 'reply');
    return undefined;
  }
}

function refusalOf({ rule }: TaskRun, { refusal = '' }: TaskResponse): readonly Reply[] {
  const { onRefusal } = rule.reply;
  const text = onRefusal?.kind === 'message' ? refusal : (onRefusal?.text ?? '');
  return text.trim() === '' ? [] : [{ type: 'text', text }];
}

async function retry(
  context: RunContext,
  run: TaskRun,
  outcome: Extract<Outcome, { kind: 'retry' }>,
  call: Pick<EndedCall, 'origin' | 'attempt'>,
): Promise<Fenced> {
  const { origin, attempt } = call;
  const { claim, task, rule, deadline } = run;
  const now = context.clock.now();
  const attempts = claim.attempts + 1;
  const { reason, afterMs = 0 } = outcome;
  const state = { attempts, afterMs, now, deadline };
  const delay = retryDelay(rule.callback.retry, state, context.random);
  if (delay === undefined) {
    const isOutOfTime = attempts < rule.callback.retry.attempts;
    return await giveUp(context, run, reason, { ...call, isOutOfTime });
  }
  context.log.retrying(task, { reason, receiver: origin }, delay, attempts);
  const at = now + delay;
  const notice = waitingAt(run);
  if (notice === undefined || notice >= at) {
    return await context.journal.retry(claim, at, { attempt });
  }
  // It comes back earlier, to have the waiting text said in time.
  context.postponed.set(task.id, context.clock.monotonic() + delay);
  context.waits.set(task.id, { kind: 'retry', at });
  return await context.journal.retry(claim, Math.max(now, notice), { attempt });
}
