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
  /** What relative paths in the configuration count from, absolute. */
  readonly directory: string;
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
  const { directory, file } = loaded;
  const config = namesNoStore(source) ? inMemory(loaded.config) : loaded.config;
  return { config, ruleSet, directory, locate, ...(file ? { file } : {}) };
}

/**
 * A configuration that is handed over belongs to no folder, so without being told the program
 * makes none in whatever the working directory happens to be.
 */
function namesNoStore(source: ConfigSource): boolean {
  if (typeof source !== 'object') return false;
  const { journal } = source as { journal?: { store?: unknown } };
  return journal?.store === undefined;
}

function inMemory(config: Config): Config {
  return { ...config, journal: { ...config.journal, store: { kind: 'memory' } } };
}

function compileLocated(loaded: Awaited<ReturnType<typeof loadConfig>>): RuleSet {
  try {
    return compileRules(loaded.config.rules);
  } catch (error) {
    if (error instanceof ProblemsError) throw new ProblemsError(loaded.locate(error.problems));
    throw error;
  }
}
