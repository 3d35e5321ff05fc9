import { runInAnswer } from '../../core/answer-scope.js';
import { partOf } from './answer-part.js';
import { isSpoken, type RunContext, type TaskRun } from './run-context.js';
import { withinTime } from './time-limit.js';

/** When the waiting text of a task is due, in ms since 1970; `undefined` when there is none to say. */
export function waitingAt(run: TaskRun): number | undefined {
  const { waiting } = run.rule.reply;
  if (!waiting || run.waiting.said || !isSpoken(run)) return undefined;
  return run.task.arrivedAt + waiting.afterMs;
}

/**
 * Does `work` and says the waiting text when it takes too long. When the work is done first, the
 * text is not said any more; when it is just being said, its end is waited for, so that the reply
 * comes after it.
 */
export async function withWaitingNotice<T>(
  context: RunContext,
  run: TaskRun,
  work: () => Promise<T>,
): Promise<T> {
  const at = waitingAt(run);
  if (at === undefined) return await work();
  const done = new AbortController();
  const notice = sayAt(context, run, at, done.signal);
  try {
    return await work();
  } finally {
    done.abort();
    await notice;
  }
}

async function sayAt(
  context: RunContext,
  run: TaskRun,
  at: number,
  done: AbortSignal,
): Promise<void> {
  try {
    await context.clock.sleep(Math.max(0, at - context.clock.now()), done);
  } catch {
    // The answer came first.
    return;
  }
  if (!done.aborted && !run.signal.aborted && !run.waiting.said) await sayWaiting(context, run);
}

/** Says the waiting text and keeps that it was said. Never rejects. */
export async function sayWaiting(context: RunContext, run: TaskRun): Promise<void> {
  const { task, claim, rule } = run;
  const speaker = context.speakers(task.botId);
  const { waiting } = rule.reply;
  if (!speaker || !waiting || !task.conversation) return;
  run.waiting.said = true;
  try {
    const { conversation } = task;
    // Where an answer stands in one place, its first part comes in place of this.
    const saying = runInAnswer(partOf(task, 0), () => speaker.notify(conversation, waiting.text));
    await withinTime(context.sayTimeoutMs, saying);
    await context.journal.record(claim, { kind: 'waiting-said' });
  } catch (error) {
    context.log.notSaid(task, error, 'notice');
  }
}
