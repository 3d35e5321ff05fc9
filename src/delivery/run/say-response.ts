import { runInAnswer } from '../../core/answer-scope.js';
import { isCallbackError } from '../../core/errors.js';
import type { FileSource } from '../../core/files.js';
import type { Fenced } from '../../core/journal.js';
import type { Reply } from '../../core/reply.js';
import type { Rule } from '../../core/rule.js';
import type { Speaker } from '../../core/speaker.js';
import type { TaskResponse } from '../../core/task.js';
import { isFetchErrorCode } from '../files/fetch-error.js';
import { targetsOf } from '../receivers/targets.js';
import { partOf } from './answer-part.js';
import type { ChatTurn } from './chat-turns.js';
import { dropLate } from './drop-late.js';
import { sayFailure } from './give-up.js';
import { isSpoken, type RunContext, type TaskRun } from './run-context.js';
import { withinTime } from './time-limit.js';

/** Tries to say a response, over all claims. */
const maxSayFailures = 3;

/** What another try cannot mend. */
const hopeless: ReadonlySet<string> = new Set([
  'conversation-gone',
  'file-address-forbidden',
  'file-address-refused',
  'file-redirects',
  'file-too-large',
  'file-url-invalid',
]);

/**
 * Brings a task whose response is kept to its end: says what is left of it, or nothing when
 * nothing is to be said or `reply.within` has passed, and settles it. A refusal ends dead, a
 * response that is too late is dropped, the rest is answered.
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
      if (count > 0) turn.keep(run.deadline);
      return await context.journal.retry(claim, context.clock.now());
    }
    const failure = await runInAnswer(partOf(run.task, count), () =>
      sayPart(context, run, speaker, response.replies[count]),
    );
    if (failure) return await sayFailed(context, run, failure, count > 0 ? turn : undefined);
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
  return await journal.settle(claim, 'dead', { reason: 'refused', said });
}

/** A part that could not be said, and why. */
interface Failure {
  readonly part: Reply;
  readonly error: unknown;
}

async function sayPart(
  context: RunContext,
  run: TaskRun,
  speaker: Speaker,
  part: Reply | undefined,
): Promise<Failure | undefined> {
  if (part === undefined) return undefined;
  const files = filesOf(run.rule);
  try {
    await withinTime(context.sayTimeoutMs, speaker.say(run.task, part, files));
    return undefined;
  } catch (error) {
    return { part, error };
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

async function sayFailed(
  context: RunContext,
  run: TaskRun,
  { part, error }: Failure,
  begun: ChatTurn | undefined,
): Promise<Fenced> {
  const { claim, task } = run;
  const failures = claim.sayFailures + 1;
  const at = context.clock.now() + context.sayBackoffMs * 2 ** (failures - 1);
  context.log.notSaid(task, error, part.type);
  const code = isCallbackError(error) ? error.code : undefined;
  if (failures >= maxSayFailures || at >= run.deadline || (code && hopeless.has(code))) {
    const reason = reasonOf(code);
    // Where it was a file that could not be had, the chat may well take words.
    if (isFetchErrorCode(reason)) await sayFailure(context, run);
    context.log.dead(task, { reason });
    return await context.journal.settle(claim, 'dead', { reason });
  }
  begun?.keep(run.deadline);
  return await context.journal.retry(claim, at, { sayFailed: true });
}

/** Where a file could not be fetched, the platform was never asked. */
function reasonOf(code = 'say-failed'): string {
  return code === 'say-failed' || isFetchErrorCode(code) ? code : `say-failed: ${code}`;
}
