import type { Clock } from '../core/clock.js';
import { textOf } from '../core/errors.js';
import type { Journal } from '../core/journal.js';
import type { Logger } from '../core/logger.js';

/** What the sweeping works with. */
export interface SweepingParts {
  readonly journal: Pick<Journal, 'sweep'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** From 0 to below 1. Default: `Math.random`. */
  readonly random?: () => number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** The first time comes within so many ms: bots that start together do not sweep together. */
const firstWithinMs = 60 * 1000;
const everyMs = 10 * 60 * 1000;

/**
 * Deletes what is past its retention, soon after the start and then every ten minutes, until
 * `signal` is aborted: a bot that is started anew each hour must sweep too. Never rejects.
 */
export async function keepSweeping(parts: SweepingParts): Promise<void> {
  const { clock, random = Math.random, signal } = parts;
  let pauseMs = Math.round(random() * firstWithinMs);
  while (!signal.aborted) {
    await clock.sleep(pauseMs, signal, { ref: false }).catch(() => {});
    if (!signal.aborted) await sweep(parts);
    pauseMs = everyMs;
  }
}

async function sweep({ journal, logger }: SweepingParts): Promise<void> {
  try {
    const tasks = await journal.sweep();
    if (tasks === 0) return;
    const text = {
      en: 'Old tasks, or the text of them, are deleted (journal.retention).',
      zh: '已清理旧任务或其文本（journal.retention）。',
    };
    logger.info(text, { tasks });
  } catch (error) {
    const text = textOf(error);
    logger.warn({
      en: `Old tasks could not be deleted: ${text.en}`,
      zh: `无法清理旧任务：${text.zh}`,
    });
  }
}
