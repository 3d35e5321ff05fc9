import { watchConfig } from '../config/watch-config.js';
import { isCallbackError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { ProblemsError } from '../core/problem.js';
import type { ConfigSource } from './load-rules.js';
import { openRulebook, type Rulebook } from './rulebook.js';

/** How the rules are opened. */
export interface OpenOptions {
  readonly logger: Logger;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Told each time the rules turn out to be unusable. */
  readonly onBroken: () => void;
}

/**
 * Opens the rules; while their file is broken, says so and waits until it is mended.
 *
 * @returns `undefined` when there is no file to wait for, or `signal` ends the waiting
 */
export async function openWhenGood(
  source: ConfigSource,
  { logger, signal, onBroken }: OpenOptions,
): Promise<Rulebook | undefined> {
  for (;;) {
    try {
      return await openRulebook(source, logger);
    } catch (error) {
      const file = fileOf(error);
      report(logger, error, file);
      onBroken();
      if (file === undefined || signal.aborted) return undefined;
      await nextChange(file, signal);
      if (signal.aborted) return undefined;
    }
  }
}

function fileOf(error: unknown): string | undefined {
  return error instanceof ProblemsError ? error.problems[0]?.file : undefined;
}

function report(logger: Logger, error: unknown, file: string | undefined): void {
  const text = isCallbackError(error) ? error.text : { en: String(error), zh: String(error) };
  const hint = {
    en: file ? 'Mend the file and save it: it is read again at once.' : '',
    zh: file ? '修好并保存文件后会自动重新读取。' : '',
  };
  logger.error({
    en: `The rules cannot be used, the bot runs without them:\n${text.en}\n${hint.en}`.trimEnd(),
    zh: `规则无法使用，机器人将在没有规则的情况下运行：\n${text.zh}\n${hint.zh}`.trimEnd(),
  });
}

async function nextChange(file: string, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      watch.close();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const watch = watchConfig(file, done);
    signal.addEventListener('abort', done);
  });
}
