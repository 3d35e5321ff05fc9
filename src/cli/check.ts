import { resolve } from 'node:path';
import { sharedPortAdvice } from '../config/admin-server.js';
import { type Problem, ProblemsError } from '../core/problem.js';
import { lintRules } from '../rules/lint-rules.js';
import { inspectPersonal } from '../runtime/inspect-personal.js';
import { type LoadedRules, loadRules } from '../runtime/load-rules.js';
import { ExitCode } from './exit-code.js';
import type { CliIo, CommonOptions } from './io.js';
import { type CheckFindings, checkJson, checkText } from './report/check-report.js';
import { reportingFailure } from './report/failure.js';

/** What `check` is asked to do. */
export interface CheckOptions extends CommonOptions {
  /** The file to check. Default: it is searched from the working directory upwards. */
  readonly file?: string;
  /** Fail on warnings too. Default: false. */
  readonly strict?: boolean;
}

/**
 * Says whether the rules can be used: every error with its place, then every warning. The examples
 * of the rules are run too. Never rejects.
 */
export async function checkCommand(options: CheckOptions, io: CliIo): Promise<ExitCode> {
  return await reportingFailure('check', options, io, async () => {
    const findings = await examine(options, io);
    io.stdout(options.json ? checkJson(findings, io) : checkText(findings, io));
    return findings.exitCode;
  });
}

async function examine({ file, strict }: CheckOptions, io: CliIo): Promise<CheckFindings> {
  try {
    const loaded = await loadRules(file, { cwd: io.cwd, env: io.env });
    const personal = inspectPersonal(loaded.config.rules);
    const warnings = loaded.locate([
      ...sharedPort(loaded),
      ...lintRules(loaded.ruleSet),
      ...personal.warnings,
    ]);
    const notes = loaded.locate(personal.notes);
    const exitCode = strict && warnings.length > 0 ? ExitCode.Failed : ExitCode.Ok;
    const at = loaded.file === undefined ? {} : { file: loaded.file };
    return { exitCode, ...at, errors: [], warnings, notes, counts: countsOf(loaded) };
  } catch (error) {
    if (error instanceof ProblemsError) return unusable(error.problems, io);
    throw error;
  }
}

function sharedPort({ config }: LoadedRules): readonly Problem[] {
  const text = sharedPortAdvice(config);
  return text === undefined ? [] : [{ path: ['server', 'host'], text }];
}

function unusable(errors: readonly Problem[], io: CliIo): CheckFindings {
  const file = errors.find((error) => error.file !== undefined)?.file;
  const at = file === undefined ? {} : { file: resolve(io.cwd, file) };
  return { exitCode: ExitCode.Failed, ...at, errors, warnings: [], notes: [] };
}

function countsOf({ config: { rules } }: LoadedRules) {
  return {
    rules: rules.length,
    enabled: rules.filter((rule) => rule.enabled).length,
    examples: rules.reduce((sum, rule) => sum + rule.examples.length, 0),
  };
}
