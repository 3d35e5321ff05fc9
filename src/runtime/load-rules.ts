import type { AsWritten } from '../config/as-written.js';
import type { Config } from '../config/config.js';
import { type LoadOptions, loadConfig } from '../config/load-config.js';
import type { Inspect } from '../config/parse-config.js';
import { type Problem, ProblemsError } from '../core/problem.js';
import type { Rule } from '../core/rule.js';
import { checkExamples } from '../rules/check-examples.js';
import { compileRules } from '../rules/compile-rules.js';
import type { RuleSet } from '../rules/rule-set.js';
import { inspectAddresses, inspectAlerts } from './inspect-addresses.js';

/** Where the rules come from: a file, the configuration itself, or nothing: then it is searched. */
export type ConfigSource = string | object | undefined;

/** A configuration that is ready to decide. */
export interface LoadedRules {
  readonly config: Config;
  readonly ruleSet: RuleSet;
  /** The data as it was written: `${NAME}` is not filled in. */
  readonly written: unknown;
  /** Absent when the configuration was handed over as an object. */
  readonly file?: string;
  /** What relative paths in the configuration count from, absolute. */
  readonly directory: string;
  /** Hides in texts about it what the environment filled in. */
  readonly asWritten: AsWritten;
  /** Adds file and line to problems found by somebody else, and hides the environment in them. */
  locate(problems: readonly Problem[]): readonly Problem[];
}

/**
 * Reads, validates and compiles a configuration, and runs the examples of its rules.
 *
 * @throws ProblemsError with everything that is wrong, at once
 */
export async function loadRules(
  source: ConfigSource,
  options: LoadOptions = {},
): Promise<LoadedRules> {
  let ruleSet: RuleSet | undefined;
  const inspect: Inspect = (rules, alerts) => {
    const inspected = inspectRules(rules);
    ruleSet = inspected.ruleSet;
    return [...inspected.problems, ...inspectAddresses(rules), ...inspectAlerts(alerts)];
  };
  const { directory, file, locate, written, asWritten, ...loaded } = await loadConfig(source, {
    ...options,
    inspect,
  });
  ruleSet ??= compileRules(loaded.config.rules);
  const config = namesNoStore(source) ? inMemory(loaded.config) : loaded.config;
  return { config, ruleSet, written, directory, asWritten, locate, ...(file ? { file } : {}) };
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

interface Inspected {
  readonly problems: readonly Problem[];
  /** Present when there are none. */
  readonly ruleSet?: RuleSet;
}

/** Compiles what is sound of the rules and runs their examples; also those beside a rule that does not compile. */
function inspectRules(rules: readonly (Rule | undefined)[]): Inspected {
  const places = rules.flatMap((rule, index) => (rule === undefined ? [] : [index]));
  const inFile = (problem: Problem): Problem => {
    const [top = 'rules', index, ...inside] = problem.path;
    const place = places[Number(index)] ?? Number(index);
    return { ...problem, path: [top, place, ...inside] };
  };
  try {
    const ruleSet = compileRules(rules.filter((rule) => rule !== undefined));
    const problems = checkExamples(ruleSet).map(inFile);
    return problems.length > 0 ? { problems } : { problems, ruleSet };
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    const problems = error.problems.map(inFile);
    const bad = new Set(problems.map(({ path }) => path[1]));
    const others = rules.map((rule, index) => (bad.has(index) ? undefined : rule));
    return { problems: [...problems, ...inspectRules(others).problems] };
  }
}
