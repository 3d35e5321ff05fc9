import { runInAnswer } from '../../core/answer-scope.js';
import type { FileSource } from '../../core/files.js';
import type { Fenced } from '../../core/journal.js';
import type { Reply } from '../../core/reply.js';
import type { Rule } from '../../core/rule.js';
import type { Speaker } from '../../core/speaker.js';
import { refusedReason, type TaskResponse } from '../../core/task.js';
import { targetsOf } from '../receivers/targets.js';
import { partOf } from './answer-part.js';
import type { ChatTurn } from './chat-turns.js';
import { dropLate } from './drop-late.js';
import { endUnknown } from './end-unknown.js';
import { isSpoken, type RunContext, type TaskRun } from './run-context.js';
import { sayAgainOrNever, type UnsaidPart } from './say-again.js';
import { withinTime } from './time-limit.js';

/**
 * Brings a task whose response is kept to its end: says what is left of it, or nothing when
 * nothing is to be said or `reply.within` has passed, and settles it. A refusal ends refused, a
 * response that is too late is dropped, or unknown when its next part may stand in the chat; the
 * rest is answered.
 *
 * @param isShown some of it is on the screen already, so it is not too late. Default: false
 */
export async function finishResponse(
  context: RunContext,
  run: TaskRun,
  response: TaskResponse,
  isShown = false,
): Promise<Fenced> {
  if (!isSpoken(run) || response.replies.length <= run.claim.said) {
    return await finishInTurn(context, run, response, { isShown });
  }
  const turn = await context.chats.take(run.task, run.signal);
  try {
    return await finishInTurn(context, run, response, { isShown, turn });
  } finally {
    turn.leave();
  }
}

async function finishInTurn(
  context: RunContext,
  run: TaskRun,
  response: TaskResponse,
  { isShown, turn }: { readonly isShown: boolean; readonly turn?: ChatTurn },
): Promise<Fenced> {
  const { said } = run.claim;
  const isLeft = said < response.replies.length;
  const isLate = isLeft && !isShown && context.clock.now() > run.deadline;
  if (isLate && run.claim.unsureAt !== undefined) return await endUnknown(context, run);
  if (isLate) return await dropLate(context, run, { response });
  if (turn) return await sayResponse(context, run, response, turn);
  return await settleSaid(context, run, response, said);
}

/**
 * Says part by part, and no other answer in between. Each one that is said is kept, so that no crash
 * repeats it.
 */
async function sayResponse(
  context: RunContext,
  run: TaskRun,
  response: TaskResponse,
  turn: ChatTurn,
): Promise<Fenced> {
  const { claim } = run;
  const speaker = context.speakers(run.task.botId);
  for (let count = claim.said; count < response.replies.length; count += 1) {
    if (count > claim.said) await pace(context, run);
    await run.confirm();
    // Stopping, logged out meanwhile, or somebody else's by now: whoever claims it next goes on.
    if (run.signal.aborted || !speaker) {
      if (count > 0) await turn.keep(run.deadline);
      return await context.journal.retry(claim, context.clock.now());
    }
    const unsureAt = count === claim.said ? claim.unsureAt : undefined;
    const unsaid = await runInAnswer(partOf(run.task, count, unsureAt), () =>
      sayPart(context, run, speaker, response.replies[count]),
    );
    if (unsaid) {
      const isBegun = count > 0;
      return await sayAgainOrNever(context, run, { ...unsaid, unsureAt, isBegun, turn });
    }
    context.pauses.reset(run.task.id);
    // The last one is kept together with the end of the task.
    if (count + 1 === response.replies.length) break;
    const kept = await context.journal.record(claim, { kind: 'said', count: count + 1 });
    if (kept === 'stale') return kept;
  }
  turn.leave();
  return await settleSaid(context, run, response, response.replies.length);
}

async function settleSaid(
  { journal, log }: RunContext,
  { claim, task }: TaskRun,
  response: TaskResponse,
  said: number,
): Promise<Fenced> {
  const { refusal, broken } = response;
  if (broken !== undefined) {
    log.dead(task, { reason: broken });
    return await journal.settle(claim, 'dead', { reason: broken, said });
  }
  if (refusal === undefined) return await journal.settle(claim, 'answered', { said });
  return await journal.settle(claim, 'refused', { reason: refusedReason, said });
}

async function sayPart(
  context: RunContext,
  run: TaskRun,
  speaker: Speaker,
  part: Reply | undefined,
): Promise<Pick<UnsaidPart, 'part' | 'error' | 'triedAt'> | undefined> {
  if (part === undefined) return undefined;
  const files = filesOf(run.rule);
  const triedAt = context.clock.now();
  try {
    await withinTime(context.sayTimeoutMs, speaker.say(run.task, part, files));
    return undefined;
  } catch (error) {
    return { part, error, triedAt };
  }
}

/** Which of the two receivers has answered is not kept, and the operator chose both. */
function filesOf(rule: Rule): FileSource {
  const { main, fallback } = targetsOf(rule);
  const source = { origin: main.origin, allow: rule.reply.fetchAllow };
  return fallback === undefined ? source : { ...source, fallbackOrigin: fallback.origin };
}

async function pace({ clock, random }: RunContext, { rule, signal }: TaskRun): Promise<void> {
  const { minMs, maxMs } = rule.reply.pace;
  const ms = Math.round(minMs + random() * Math.max(0, maxMs - minMs));
  if (ms <= 0) return;
  try {
    await clock.sleep(ms, signal);
  } catch {
    // Aborted: the caller looks at the signal.
  }
}
