import { resolve } from 'node:path';
import { isCallbackError } from '../../core/errors.js';
import { formatPath, type Problem, ProblemsError } from '../../core/problem.js';
import type { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';

/** One error or warning as `--json` writes it. Stable: keys may be added, never renamed. */
export interface JsonProblem {
  /** For programs: `config-invalid`, `usage`, … */
  readonly code: string;
  /** For people, in the language of `--lang`. */
  readonly message: string;
  /** Absolute. */
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  /** The name of the rule it is in. */
  readonly rule?: string;
  /** Where in the configuration, e.g. `rules[2].keywords[0]`. */
  readonly key?: string;
}

/**
 * What every command's `--json` output has. Stable: keys may be added, never renamed. A command
 * that could not do its work writes these keys only.
 */
export interface JsonReport {
  readonly command: string;
  /** The same as the exit code of the process. */
  readonly exitCode: ExitCode;
  /** Empty when nothing went wrong. */
  readonly errors: readonly JsonProblem[];
}

/** A report as it is written: one indented JSON object, ended by a line break. */
export function jsonText(report: JsonReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** A problem with a configuration for `--json`. */
export function jsonProblem(problem: Problem, code: string, io: CliIo): JsonProblem {
  const { file, line, rule, path, text } = problem;
  return {
    code,
    message: text[io.language],
    ...(file !== undefined && { file: resolve(io.cwd, file) }),
    ...(line !== undefined && { line }),
    ...(rule !== undefined && { rule }),
    ...(path.length > 0 && { key: formatPath(path) }),
  };
}

/** Whatever was thrown, for `--json`: one entry for each problem of a configuration. */
export function jsonErrors(error: unknown, io: CliIo): readonly JsonProblem[] {
  if (error instanceof ProblemsError) {
    return error.problems.map((problem) => jsonProblem(problem, error.code, io));
  }
  if (isCallbackError(error)) return [{ code: error.code, message: error.in(io.language) }];
  return [{ code: 'fault', message: String(error) }];
}
