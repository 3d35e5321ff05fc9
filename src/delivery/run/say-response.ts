import { runInAnswer } from '../../core/answer-scope.js';
import type { FileSource } from '../../core/files.js';
import type { Fenced } from '../../core/journal.js';
import type { Reply } from '../../core/reply.js';
import type { Rule } from '../../core/rule.js';
import type { Speaker } from '../../core/speaker.js';
import type { TaskResponse } from '../../core/task.js';
import { targetsOf } from '../receivers/targets.js';
import { partOf } from './answer-part.js';
import { isSpoken, type RunContext, type TaskRun } from './run-context.js';
import { endUnknown, sayAgainOrNever, type UnsaidPart } from './say-again.js';
import { withinTime } from './time-limit.js';

/**
 * Brings a task whose response is kept to its end: says what is left of it, or nothing when
 * nothing is to be said or `reply.within` has passed, and settles it. A refusal ends dead, a
 * response that is too late is dropped, the rest is answered.
 */
export async function finishResponse(
  context: RunContext,
  run: TaskRun,
  response: TaskResponse,
): Promise<Fenced> {
  const isLate = context.clock.now() > run.deadline;
  if (!isLate && isSpoken(run)) return await sayResponse(context, run, response);
  if (!isLate || response.refusal !== undefined)
    return await settleSaid(context, run, response, run.claim.said);
  if (run.claim.unsureAt !== undefined) return await endUnknown(context, run);
  context.log.tooLate(run.task);
  return await context.journal.settle(run.claim, 'dropped', { reason: 'too-late' });
}

/** Says part by part. Each one that is said is kept, so that no crash repeats it. */
async function sayResponse(
  context: RunContext,
  run: TaskRun,
  response: TaskResponse,
): Promise<Fenced> {
  const { claim } = run;
  const speaker = context.speakers(run.task.botId);
  for (let count = claim.said; count < response.replies.length; count += 1) {
    if (count > claim.said) await pace(context, run);
    await run.confirm();
    // Stopping, logged out meanwhile, or somebody else's by now: whoever claims it next goes on.
    if (run.signal.aborted || !speaker) {
      return await context.journal.retry(claim, context.clock.now());
    }
    const unsureAt = count === claim.said ? claim.unsureAt : undefined;
    const unsaid = await runInAnswer(partOf(run.task, count, unsureAt), () =>
      sayPart(context, run, speaker, response.replies[count]),
    );
    if (unsaid) return await sayAgainOrNever(context, run, { ...unsaid, unsureAt });
    context.pauses.reset(run.task.id);
    // The last one is kept together with the end of the task.
    if (count + 1 === response.replies.length) break;
    const kept = await context.journal.record(claim, { kind: 'said', count: count + 1 });
    if (kept === 'stale') return kept;
  }
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

async function sayPart(
  context: RunContext,
  run: TaskRun,
  speaker: Speaker,
  part: Reply | undefined,
): Promise<Omit<UnsaidPart, 'unsureAt'> | undefined> {
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
