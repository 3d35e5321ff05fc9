import { runInAnswer } from '../../core/answer-scope.js';
import type { Fenced } from '../../core/journal.js';
import type { Outcome } from '../../core/outcome.js';
import type { AttemptRecord } from '../../core/task.js';
import { partOf } from './answer-part.js';
import { isSpoken, type RunContext, type TaskRun } from './run-context.js';

/** A response that is shown while it comes in, where the platform can. */
export interface LiveAnswer {
  /** Takes the text so far. Never waits and never throws. */
  readonly grow: (text: string) => void;
  /** Waits for what is under way; resolves with the text that was shown, `""` for none. */
  end(): Promise<string>;
}

/** How often the text so far is kept, in ms. */
const keepEveryMs = 1000;

/** Said behind a text whose rest never came, unless the rule has words for failures. */
const brokenOff = '（回答中断 / The answer broke off.）';

/**
 * Shows the text of one call as it grows. Only the newest text matters: what comes while one is
 * being shown replaces what came before. Kept as it grows, before the first word is shown.
 */
export function createLiveAnswer(context: RunContext, run: TaskRun, startedAt: number): LiveAnswer {
  const { clock, log } = context;
  const { task, rule } = run;
  let newest = '';
  let shown = '';
  let showing: Promise<void> | undefined;
  let isOff = !isSpoken(run);

  const keep = keeper(context, run, startedAt);
  const showNewest = async () => {
    while (!isOff && shown !== newest && !run.signal.aborted) {
      const speaker = context.speakers(task.botId);
      isOff ||= (await keep(newest)) === 'stale';
      const text = newest;
      const isShown =
        !isOff &&
        (await runInAnswer(partOf(task, 0), () => speaker?.show?.(task, text, rule.reply)));
      if (isShown !== true) isOff = true;
      else shown = text;
      // What is on the screen now needs nobody who says that it takes a while.
      if (isShown === true) run.waiting.said = true;
    }
  };
  const start = async () => {
    try {
      await showNewest();
    } catch (error) {
      isOff = true;
      log.notSaid(task, error, 'text');
    }
    showing = undefined;
  };
  return {
    grow: (text) => {
      newest = text;
      const isTooLate = shown === '' && clock.now() > run.deadline;
      if (isOff || isTooLate || text.trim() === '') return;
      if (context.speakers(task.botId)?.show === undefined) return;
      showing ??= start();
    },
    end: async () => {
      await showing;
      return shown;
    },
  };
}

/** Keeps the text so far now and then, each time in place of what was kept before. */
function keeper({ clock, journal }: RunContext, { claim }: TaskRun, startedAt: number) {
  let keptAt = -Infinity;
  return async (text: string): Promise<Fenced> => {
    const now = clock.now();
    if (now - keptAt < keepEveryMs) return 'ok';
    keptAt = now;
    const response = { replies: [{ type: 'text', text }], growing: true } as const;
    const attempt: AttemptRecord = { startedAt, durationMs: now - startedAt };
    return await journal.record(claim, { kind: 'response', response, attempt });
  };
}

/**
 * What a call came to whose text was being shown. One that broke off is not made again: its words
 * are on the screen, and end with a short notice.
 */
export function withShown(outcome: Outcome, run: TaskRun, shown: string): Outcome {
  if (shown === '' || outcome.kind === 'answered') return outcome;
  const { onFailure = brokenOff } = run.rule.reply;
  const replies = [shown, onFailure].map((text) => ({ type: 'text', text }) as const);
  return { kind: 'answered', response: { replies, broken: outcome.reason } };
}
