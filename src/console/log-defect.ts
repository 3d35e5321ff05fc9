import { isCallbackError, nameOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';

/** A defect of the console in the log, without what its message may quote; expected errors are none. */
export function logDefect(logger: Logger, error: unknown): void {
  if (isCallbackError(error)) return;
  const lines = error instanceof Error ? error.stack?.split('\n') : undefined;
  logger.error(
    { en: 'A defect in the console; please report it.', zh: '控制台内部错误；请报告。' },
    { error: nameOf(error), at: lines?.find((line) => /^ {4}at /u.test(line))?.trim() },
  );
}
