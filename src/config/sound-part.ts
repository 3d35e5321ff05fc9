import type { Rule } from '../core/rule.js';
import { hasAt, isPlainObject, type Path, valueAt, without } from './plain-data.js';
import type { issueProblems } from './problems/issue-problems.js';
import { rule } from './schema/rule.js';

type Issues = Parameters<typeof issueProblems>[0];

/** What is wrong may show only when something else is mended, but not so often. */
const maxRounds = 8;

/** Stands for an entry of a list that is wrong, so that the others keep their places. */
const entry = 'x';

/** What stands for keys without which there is no rule, or by which others are judged. */
const standIns: Readonly<Record<string, unknown>> = {
  name: 'rule',
  callback: { url: 'http://localhost' },
  'callback.url': 'http://localhost',
  // Else expressions that need it would be told as faults of their own.
  unsafeRegex: true,
};

/**
 * A rule without what is wrong with it by its schema, so that the rest can be looked at in the same
 * round. It has no examples: whether they hold depends on what is left out.
 *
 * @param written the rule with its defaults, of which `issues` were found
 * @returns `undefined` when nothing is left to look at
 */
export function soundPart(written: unknown, issues: Issues): Rule | undefined {
  if (!isPlainObject(written)) return undefined;
  let value: unknown = written;
  let found = issues;
  for (let round = 0; round < maxRounds; round += 1) {
    for (const path of found.flatMap(pathsOf)) value = mendedAt(value, path);
    const { data, error } = rule.safeParse(value);
    if (data !== undefined) return { ...data, name: nameOf(written), examples: [] };
    found = error.issues;
  }
  return undefined;
}

function nameOf({ name }: Readonly<Record<string, unknown>>): string {
  return typeof name === 'string' ? name : '';
}

function pathsOf(issue: Issues[number]): readonly Path[] {
  // Paths of plain data hold no symbols.
  const path = issue.path as Path;
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
}

function mendedAt(value: unknown, path: Path): unknown {
  const last = path.at(-1);
  if (last === undefined) return value;
  const standIn = standIns[path.join('.')];
  if (standIn !== undefined) return changedAt(value, path, standIn);
  if (typeof last === 'number') {
    // An entry that is wrong even so has to be of another kind: the list goes as a whole.
    return valueAt(value, path) === entry
      ? mendedAt(value, path.slice(0, -1))
      : changedAt(value, path, entry);
  }
  return hasAt(value, path)
    ? changedAt(value, path, undefined)
    : mendedAt(value, path.slice(0, -1));
}

/** A copy with another value at a path; `undefined` takes the key out. */
function changedAt(value: unknown, [key, ...rest]: Path, next: unknown): unknown {
  const change = (part: unknown) => (rest.length === 0 ? next : changedAt(part, rest, next));
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === key ? change(item) : item));
  }
  if (!isPlainObject(value) || key === undefined) return value;
  const changed = change(value[key]);
  return changed === undefined ? without(value, String(key)) : { ...value, [key]: changed };
}
