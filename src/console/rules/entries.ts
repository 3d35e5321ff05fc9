import { isPlainObject, valueAt } from '../../config/plain-data.js';
import type { Problem } from '../../core/problem.js';
import type { Change, RuleDraft } from '../api/contract.js';
import { consoleError } from '../api/failures.js';
import { takesEnvironment } from './draft-secrets.js';
import { keepSecrets, type Standing } from './keep-secrets.js';

/** A rule of the file as it is to be. */
export interface Entry {
  /** The rule whose text serves, counted from 0 in the file as it is; absent: a new one. */
  readonly source?: number;
  /** The text of `source` serves a second time. */
  readonly isCopy: boolean;
  /** What the rule is to say, as it is written. */
  readonly data: unknown;
}

/** What stands in the file now. */
function entriesOf(rules: readonly unknown[]): readonly Entry[] {
  return rules.map((data, source) => ({ source, isCopy: false, data }));
}

/**
 * The rules after some changes, made one after another, and what must not be saved of them: a secret
 * that cannot be kept where it is wanted, which is left out, and a name out of the environment.
 *
 * @param withDefaults what a rule says with what it inherits
 * @throws CallbackError `not-found` for a name that no rule has
 */
export function changedEntries(
  rules: readonly unknown[],
  changes: readonly Change[],
  withDefaults: Standing['withDefaults'],
): ChangedEntries {
  const problems: Problem[] = [];
  const entries = changes.reduce(
    (before, change) => makers[change.kind](before, change as never, { withDefaults, problems }),
    entriesOf(rules),
  );
  return { entries, problems: [...problems, ...openNames(rules, entries)] };
}

/** What changes make. */
export interface ChangedEntries {
  readonly entries: readonly Entry[];
  /** Not empty: they are not to be saved. */
  readonly problems: readonly Problem[];
}

interface Changing extends Pick<Standing, 'withDefaults'> {
  readonly problems: Problem[];
}

type Maker<Kind extends Change['kind']> = (
  entries: readonly Entry[],
  change: Extract<Change, { kind: Kind }>,
  changing: Changing,
) => readonly Entry[];

const makers: { readonly [Kind in Change['kind']]: Maker<Kind> } = {
  add: (entries, { rule, at = entries.length }, changing) => {
    const data = filledIn({ draft: rule, old: undefined, index: entries.length }, changing);
    return entries.toSpliced(at, 0, { isCopy: false, data });
  },
  edit: (entries, { name, rule }, changing) => {
    const index = indexOf(entries, name);
    const old = entries[index] as Entry;
    const data = filledIn({ draft: rule, old: old.data, index }, changing);
    return entries.with(index, { ...old, data });
  },
  enable: (entries, { names, enabled }) =>
    eachNamed(entries, names, (entry) => ({ ...entry, data: switched(entry.data, enabled) })),
  delete: (entries, { names }) => {
    const gone = new Set(names.map((name) => indexOf(entries, name)));
    return entries.filter((_, index) => !gone.has(index));
  },
  copy: (entries, { name, as }) => {
    const index = indexOf(entries, name);
    const old = entries[index] as Entry;
    const data = { ...(old.data as RuleDraft), name: as, enabled: false };
    return entries.toSpliced(index + 1, 0, { ...old, isCopy: true, data });
  },
  move: (entries, { name, to }) => {
    const index = indexOf(entries, name);
    const entry = entries[index] as Entry;
    return entries.toSpliced(index, 1).toSpliced(to, 0, entry);
  },
};

/** What is on by itself needs no word; a rule that says so says so with one. */
function switched(data: unknown, enabled: boolean): unknown {
  return isPlainObject(data) ? { ...data, enabled } : data;
}

function eachNamed(
  entries: readonly Entry[],
  names: readonly string[],
  change: (entry: Entry) => Entry,
): readonly Entry[] {
  const wanted = new Set(names.map((name) => indexOf(entries, name)));
  return entries.map((entry, index) => (wanted.has(index) ? change(entry) : entry));
}

function indexOf(entries: readonly Entry[], name: string): number {
  const index = entries.findIndex(({ data }) => valueAt(data, ['name']) === name);
  if (index >= 0) return index;
  throw consoleError('not-found', {
    en: `There is no rule ${JSON.stringify(name)} in the file (any more).`,
    zh: `文件中没有名为“${name}”的规则，或已被删除。`,
  });
}

interface Drafted {
  readonly draft: RuleDraft;
  readonly old: unknown;
  readonly index: number;
}

function filledIn({ draft, old, index }: Drafted, { withDefaults, problems }: Changing): unknown {
  const kept = keepSecrets(draft, { old, withDefaults });
  problems.push(...kept.problems.map((one) => inRule(one, draft, index)));
  return kept.data;
}

function inRule({ path, text }: Problem, rule: unknown, index: number): Problem {
  const name = valueAt(rule, ['name']);
  return { path: ['rules', index, ...path], text, ...(typeof name === 'string' && { rule: name }) };
}

/** The log, the metrics, tasks and receivers call a rule by its name: it is none to hide. */
function openNames(rules: readonly unknown[], entries: readonly Entry[]): readonly Problem[] {
  const known = new Set(rules.map((rule) => valueAt(rule, ['name'])));
  return entries.flatMap(({ data }, index) => {
    const name = valueAt(data, ['name']);
    if (known.has(name) || !takesEnvironment(name)) return [];
    return [inRule({ path: ['name'], text: openName }, data, index)];
  });
}

const openName = {
  en: 'a name is shown everywhere, so it cannot hold ${…}; write it out',
  zh: '名称随处可见，不能含有 ${…}；请直接写出名称',
};
