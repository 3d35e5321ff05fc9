import type { Claim, Fenced } from '../../core/journal.js';
import { expiredReason } from '../../core/lateness.js';
import type { Rule } from '../../core/rule.js';
import type { AttemptRecord } from '../../core/task.js';
import type { Answer } from '../answer/answer.js';
import { classify, readingOf } from '../answer/classify.js';
import { keptBody } from '../answer/kept-body.js';
import type { StreamNote } from '../answer/stream/content.js';
import { verdictOf } from '../answer/verdict.js';
import { buildRequest, type CallRequest } from '../build-request.js';
import type { Pass } from '../receivers/receiver-door.js';
import type { Target } from '../receivers/targets.js';
import { urlFault } from '../url-fault.js';
import { conclude } from './conclude.js';
import { endUnknown } from './end-unknown.js';
import { enterReceiver } from './enter-receiver.js';
import { expiryCause } from './expiry-cause.js';
import { giveUp } from './give-up.js';
import type { HeldLease } from './lease-keeper.js';
import { createLiveAnswer, withShown } from './live-answer.js';
import { isSpoken, type RunContext, type TaskRun } from './run-context.js';
import { finishResponse } from './say-response.js';
import { waitOutside } from './wait-outside.js';
import { sayWaiting, waitingAt, withWaitingNotice } from './waiting-notice.js';

/** How long a task waits for its bot to log in before it is looked at again. */
const absentBotPauseMs = 2000;

/**
 * Runs one claimed task as far as it goes now: to its end, or until it is given back.
 *
 * A response that is kept already is never asked for again. Answers `stale` when the lease went to
 * somebody else; nothing is touched after that.
 */
export async function runClaim(
  context: RunContext,
  claim: Claim,
  lease: Pick<HeldLease, 'signal' | 'confirm'>,
): Promise<Fenced> {
  const { task } = claim;
  context.waits.delete(task.id);
  const rule = context.rules(task.rule);
  if (rule === undefined) return await endRuleless(context, claim);
  const run: TaskRun = {
    claim,
    task,
    rule,
    signal: lease.signal,
    confirm: () => lease.confirm(),
    deadline: task.arrivedAt + rule.reply.withinMs,
    waiting: { said: claim.waitingSaid },
  };
  const now = context.clock.now();
  const isPast = now >= run.deadline;
  if (!isPast && isSpoken(run) && context.speakers(task.botId) === undefined) {
    return await context.journal.retry(claim, now + absentBotPauseMs);
  }
  // Kept by an earlier run, which did not get to its end.
  if (claim.response && !claim.response.growing) {
    return await finishResponse(context, run, claim.response);
  }
  if (!isPast) return await proceed(context, run);
  return await giveUp(context, run, expiredReason(expiryCause(context, run)));
}

/** Without its rule nothing is called or said any more. */
async function endRuleless(context: RunContext, claim: Claim): Promise<Fenced> {
  const { task } = claim;
  if (claim.unsureAt !== undefined) return await endUnknown(context, { claim, task });
  context.log.dead(task, { reason: 'rule-gone' });
  return await context.journal.settle(claim, 'dead', { reason: 'rule-gone' });
}

async function proceed(context: RunContext, run: TaskRun): Promise<Fenced> {
  const callAt = context.postponed.take(run.task.id);
  const { clock } = context;
  if (callAt === undefined || callAt <= clock.monotonic()) return await call(context, run);
  if (waitingAt(run) !== undefined) await sayWaiting(context, run);
  const left = Math.max(0, callAt - clock.monotonic());
  return await context.journal.retry(run.claim, Math.ceil(clock.now() + left));
}

async function call(context: RunContext, run: TaskRun): Promise<Fenced> {
  const entered = enterReceiver(context, run);
  const entrance = 'kind' in entered ? entered : await entered;
  if (entrance.kind === 'wait') return await waitOutside(context, run, entrance);
  const { target, pass } = entrance;
  try {
    await run.confirm();
    // Somebody else has it by now, or this program stops.
    if (run.signal.aborted) return await context.journal.retry(run.claim, context.clock.now());
    return await callTarget(context, run, target, pass);
  } finally {
    // Where it was not left already, the receiver has not been called.
    pass.leave('nothing');
  }
}

async function callTarget(
  context: RunContext,
  run: TaskRun,
  target: Target,
  pass: Pass,
): Promise<Fenced> {
  const { task, rule, claim } = run;
  const { clock } = context;
  const startedAt = clock.now();
  const start = clock.monotonic();
  const { template } = target;
  const mayGrow = isSpoken(run) && context.speakers(task.botId)?.show !== undefined;
  const request = buildRequest(task, rule, startedAt, { template, mayGrow });
  if (request === undefined) {
    const fault = urlFault(template, task.request.variables) ?? 'url-invalid';
    return await giveUp(context, run, fault);
  }
  const live = createLiveAnswer(context, run, startedAt);
  const posted = { request, pass, onText: live.grow };
  const answer = await withWaitingNotice(context, run, () => post(context, run, posted));
  const shown = await live.end();
  const now = clock.now();
  // Called off by us, so it does not count; the receiver knows the repetition by its id.
  if (answer.kind === 'aborted') return await context.journal.retry(claim, now);
  const called = classify(answer, { ...readingOf(rule), now });
  const outcome = withShown(called, run, shown);
  const attempt: AttemptRecord = {
    startedAt,
    durationMs: Math.round(clock.monotonic() - start),
    ...('status' in answer ? { status: answer.status } : {}),
    ...('reason' in called ? { reason: called.reason, ...bodyOf(answer, rule) } : {}),
  };
  context.logCall(run, { request, template, answer, attempt });
  context.log.streamNotes(task, target.origin, notesOf(answer));
  const isShown = shown !== '';
  return await conclude(context, run, { origin: target.origin, outcome, attempt, isShown });
}

function notesOf(answer: Answer): readonly StreamNote[] {
  const stream = answer.kind === 'response' ? answer.stream : undefined;
  return stream?.kind === 'content' ? (stream.notes ?? []) : [];
}

function bodyOf(answer: Answer, rule: Rule): Pick<AttemptRecord, 'body'> {
  const body = keptBody(answer, rule);
  return body === undefined ? {} : { body };
}

interface Call {
  readonly request: CallRequest;
  readonly pass: Pass;
  readonly onText: (text: string) => void;
}

async function post(
  { sender }: RunContext,
  run: TaskRun,
  { request, pass, onText }: Call,
): Promise<Answer> {
  const { signal, rule } = run;
  const { timeoutMs } = rule.callback;
  const answer = await sender.send(request, { timeoutMs, signal, onText });
  // Left before anything is said, which may take long.
  pass.leave(verdictOf(answer));
  return answer;
}
