import type { Config } from '../config/config.js';
import { type LoadOptions, loadConfig } from '../config/load-config.js';
import type { Problem } from '../core/problem.js';
import { ProblemsError } from '../core/problem.js';
import { checkExamples } from '../rules/check-examples.js';
import { compileRules } from '../rules/compile-rules.js';
import type { RuleSet } from '../rules/rule-set.js';

/** Where the rules come from: a file, the configuration itself, or nothing: then it is searched. */
export type ConfigSource = string | object | undefined;

/** A configuration that is ready to decide. */
export interface LoadedRules {
  readonly config: Config;
  readonly ruleSet: RuleSet;
  /** Absent when the configuration was handed over as an object. */
  readonly file?: string;
  /** Adds file and line to problems found by somebody else. */
  locate(problems: readonly Problem[]): readonly Problem[];
}

/**
 * Reads, validates and compiles a configuration, and runs the examples of its rules.
 *
 * @throws ProblemsError with everything that is wrong
 */
export async function loadRules(
  source: ConfigSource,
  options: LoadOptions = {},
): Promise<LoadedRules> {
  const loaded = await loadConfig(source, options);
  const ruleSet = compileLocated(loaded);
  const failing = checkExamples(ruleSet);
  if (failing.length > 0) throw new ProblemsError(loaded.locate(failing));
  const locate = (problems: readonly Problem[]) => loaded.locate(problems);
  return { config: loaded.config, ruleSet, locate, ...(loaded.file ? { file: loaded.file } : {}) };
}

function compileLocated(loaded: Awaited<ReturnType<typeof loadConfig>>): RuleSet {
  try {
    return compileRules(loaded.config.rules);
  } catch (error) {
    if (error instanceof ProblemsError) throw new ProblemsError(loaded.locate(error.problems));
    throw error;
  }
}
