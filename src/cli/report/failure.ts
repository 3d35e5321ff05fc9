import { isCallbackError } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';
import { ProblemsError } from '../../core/problem.js';
import { visibleLines } from '../../core/text/visible.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo, CommonOptions } from '../io.js';
import { jsonErrors, jsonText } from './json.js';
import { NotRunningError } from './not-running-error.js';
import { painter } from './paint.js';
import { problemLines } from './problem-lines.js';
import { UsageError } from './usage-error.js';

const heading: Readonly<Record<'error' | 'invalid' | 'fault', Bilingual>> = {
  error: { en: 'Error: ', zh: '错误：' },
  invalid: {
    en: 'The rules cannot be used:',
    zh: '规则无法使用：',
  },
  fault: {
    en: 'This is a fault of wechaty-callback itself, please report it: ',
    zh: '这是 wechaty-callback 自身的故障，请反馈：',
  },
};

/**
 * Runs a command; says what went wrong when it throws. Never rejects.
 *
 * @returns the exit code
 */
export async function reportingFailure(
  command: string,
  options: CommonOptions,
  io: CliIo,
  run: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await run();
  } catch (error) {
    return reportFailure(command, options, io, error);
  }
}

/** Says what went wrong: as JSON on the standard output, else on the standard error output. */
export function reportFailure(
  command: string,
  options: CommonOptions,
  io: CliIo,
  error: unknown,
): ExitCode {
  const exitCode = exitCodeOf(error);
  if (options.json) {
    io.stdout(jsonText({ command, exitCode, errors: jsonErrors(error, io) }));
  } else {
    io.stderr(`${failureLines(error, io).join('\n')}\n`);
  }
  return exitCode;
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return ExitCode.Usage;
  if (error instanceof NotRunningError) return ExitCode.NotRunning;
  return isCallbackError(error) ? ExitCode.Failed : ExitCode.Fault;
}

function failureLines(error: unknown, io: CliIo): readonly string[] {
  const bad = (text: Bilingual) => painter(io.colors)('bad', text[io.language]);
  if (error instanceof ProblemsError) {
    return [bad(heading.invalid), ...problemLines(error.problems, 'bad', io)];
  }
  if (isCallbackError(error)) {
    return [`${bad(heading.error)}${visibleLines(error.in(io.language))}`];
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [`${bad(heading.fault)}${visibleLines(stack)}`];
}
