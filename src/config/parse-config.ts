import type { AlertTarget } from '../core/alert.js';
import type { Bilingual } from '../core/language.js';
import type { Problem } from '../core/problem.js';
import type { Rule } from '../core/rule.js';
import { takeTurns } from '../core/take-turns.js';
import { type AsWritten, createAsWritten } from './as-written.js';
import { checkRules } from './check-rules.js';
import type { Config } from './config.js';
import { type Environment, type Expanded, expandVariables } from './expand-variables.js';
import { mergeDeep, withDefaults } from './merge-defaults.js';
import { deepFreeze, hasAt, isPlainObject, type Path, valueAt, without } from './plain-data.js';
import { fullWidthIn, fullWidthText } from './problems/full-width.js';
import { issueProblems } from './problems/issue-problems.js';
import { alertTarget } from './schema/alerts.js';
import { file } from './schema/file.js';
import { rule } from './schema/rule.js';
import { soundPart } from './sound-part.js';

/** What came of reading: a configuration, or everything that is wrong with it. */
export type Parsed = (
  | { readonly config: Config; readonly problems: readonly [] }
  | { readonly config?: never; readonly problems: readonly Problem[] }
) & {
  /** Hides in texts what the environment filled in. */
  readonly asWritten: AsWritten;
};

/**
 * Looks for what no schema can see, in what is sound by itself: of a rule with faults the part
 * without them. `undefined` stands for the others, so that every index is the one in the file.
 */
export type Inspect = (
  rules: readonly (Rule | undefined)[],
  alerts: readonly (AlertTarget | undefined)[],
) => readonly Problem[];

/**
 * Checks data as users write it, rule by rule, letting others have their turn. The data is copied;
 * the result is complete and frozen.
 */
export async function parseConfig(
  data: unknown,
  environment: Environment,
  inspect: Inspect = () => [],
): Promise<Parsed> {
  const expanded = expandVariables(data, environment);
  const { value, filled } = expanded;
  const asWritten = createAsWritten(filled);
  if (!isPlainObject(value)) {
    return { problems: [{ path: [], text: notAMapText(value) }], asWritten };
  }
  const { rules, defaults } = value;
  const list: readonly unknown[] = Array.isArray(rules) ? rules : [];
  const merged = {
    ...value,
    ...(Array.isArray(rules) && { rules: list.map((each) => withDefaults(defaults, each)) }),
  };
  const turn = takeTurns();
  const checked = await checkedFile(merged, turn);
  const found = [
    ...expanded.problems,
    ...inFile(checked.issues, merged, expanded),
    ...inDefaults(defaults, expanded),
    ...checkRules(list, defaults),
  ];
  await turn();
  found.push(...inspect(checked.rules, soundAlerts(value['alerts'])));
  const problems = unique(found.filter((problem) => !isFollowUp(problem, expanded.problems)));
  return checked.config !== undefined && problems.length === 0
    ? { config: deepFreeze(checked.config), problems: [], asWritten }
    : { problems, asWritten };
}

interface CheckedFile {
  readonly issues: Issues;
  /** Each rule, or the part of it that is sound by itself. */
  readonly rules: readonly (Rule | undefined)[];
  /** Present when there are no issues. */
  readonly config?: Config;
}

async function checkedFile(
  value: Readonly<Record<string, unknown>>,
  turn: () => Promise<void>,
): Promise<CheckedFile> {
  const { rules: list } = value;
  if (!Array.isArray(list)) return { issues: file.safeParse(value).error?.issues ?? [], rules: [] };
  const { data: sections, error } = file.safeParse({ ...value, rules: [] });
  const checked = await checkedRules(list, turn);
  const { rules } = checked;
  const issues = [...(error?.issues ?? []), ...checked.issues];
  if (sections === undefined || issues.length > 0) return { issues, rules };
  return {
    issues,
    rules,
    config: { ...sections, rules: rules.filter((each) => each !== undefined) },
  };
}

async function checkedRules(
  list: readonly unknown[],
  turn: () => Promise<void>,
): Promise<Pick<CheckedFile, 'issues' | 'rules'>> {
  const issues: Issues[number][] = [];
  const rules: (Rule | undefined)[] = [];
  for (const [index, each] of list.entries()) {
    const { data, error } = rule.safeParse(each);
    rules.push(data ?? soundPart(each, error.issues));
    for (const issue of error?.issues ?? []) {
      issues.push({ ...issue, path: ['rules', index, ...issue.path] });
    }
    await turn();
  }
  return { issues, rules };
}

function soundAlerts(alerts: unknown): readonly (AlertTarget | undefined)[] {
  return Array.isArray(alerts) ? alerts.map((each) => alertTarget.safeParse(each).data) : [];
}

/** Where something inside a rule was really written: in the rule, or in `defaults`. */
export function writtenAt(path: Path, data: unknown): Path {
  const [top, index, ...inside] = path;
  if (top !== 'rules' || typeof index !== 'number' || inside.length === 0) return path;
  if (hasAt(data, path)) return path;
  return hasAt(valueAt(data, ['defaults']), inside) ? ['defaults', ...inside] : path;
}

type Issues = Parameters<typeof issueProblems>[0];

function inFile(issues: Issues, merged: unknown, { value, hidden }: Expanded): readonly Problem[] {
  const origin = (path: Path) => writtenAt(path, value);
  const isHidden = (path: Path) => hidden.has(JSON.stringify(origin(path)));
  const found = issueProblems(issues, { value: merged, isRule: false, isHidden });
  return found.map((problem) => ({ ...problem, path: origin(problem.path) }));
}

// Enough to make a whole rule of any defaults.
const smallest = { callback: { url: 'http://localhost' } };

/** Faults of `defaults` as such, also of keys that every rule replaces. */
function inDefaults(defaults: unknown, { hidden }: Expanded): readonly Problem[] {
  if (!isPlainObject(defaults)) return [];
  const under = mergeDeep(smallest, without(defaults, 'name'));
  const value = mergeDeep(under, { name: 'defaults' });
  const result = rule.safeParse(value);
  const isHidden = (path: Path) => hidden.has(JSON.stringify(['defaults', ...path]));
  const found = result.success
    ? []
    : issueProblems(result.error.issues, { value, isRule: true, isHidden });
  return [
    ...found
      .filter(({ path }) => hasAt(defaults, path))
      .map((problem) => ({ ...problem, path: ['defaults', ...problem.path] })),
    ...(Object.hasOwn(defaults, 'name') ? [{ path: ['defaults', 'name'], text: ownName }] : []),
  ];
}

/** A text whose `${…}` failed is wrong anyway; what the schema says of it would only confuse. */
function isFollowUp(problem: Problem, faults: readonly Problem[]): boolean {
  return (
    !faults.includes(problem) &&
    faults.some(({ path }) => path.every((part, index) => problem.path[index] === part))
  );
}

function unique(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [identity(problem), problem])).values()];
}

function identity({ path, text }: Problem): string {
  return JSON.stringify([path, text.en]);
}

/** `rules：[]` is a text. */
function notAMapText(value: unknown): Bilingual {
  const wide = typeof value === 'string' ? fullWidthIn(value) : undefined;
  if (wide === undefined) return notAMap;
  const text = fullWidthText(wide);
  return { en: `${notAMap.en}; ${text.en}`, zh: `${notAMap.zh}；${text.zh}` };
}

const notAMap = {
  en: 'expected keys and values, at least `rules:`',
  zh: '应为键值表，至少含有 rules:',
};

const ownName = {
  en: 'a name stands for one rule and cannot be a default',
  zh: '名称只属于一条规则，不能作为默认值',
};
