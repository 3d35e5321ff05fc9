import { isPlainObject, type Path, valueAt, without } from '../../config/plain-data.js';
import { type Change, isKept, type RuleDraft } from '../api/contract.js';
import { consoleError } from '../api/failures.js';

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
 * The rules after some changes, made one after another.
 *
 * @throws CallbackError `not-found` for a name that no rule has
 */
export function changedEntries(
  rules: readonly unknown[],
  changes: readonly Change[],
): readonly Entry[] {
  return changes.reduce(
    (entries, change) => makers[change.kind](entries, change as never),
    entriesOf(rules),
  );
}

type Maker<Kind extends Change['kind']> = (
  entries: readonly Entry[],
  change: Extract<Change, { kind: Kind }>,
) => readonly Entry[];

const makers: { readonly [Kind in Change['kind']]: Maker<Kind> } = {
  add: (entries, { rule, at = entries.length }) =>
    entries.toSpliced(at, 0, { isCopy: false, data: withKept(rule, undefined) }),
  edit: (entries, { name, rule }) => {
    const index = indexOf(entries, name);
    const old = entries[index] as Entry;
    return entries.with(index, { ...old, data: withKept(rule, old.data) });
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

/** The draft with the values that the page never saw, as they stand in the file. */
function withKept(draft: unknown, old: unknown): unknown {
  if (isKept(draft)) return keptValue(draft.$kept, old);
  if (Array.isArray(draft)) return draft.map((item) => withKept(item, old));
  if (!isPlainObject(draft)) return draft;
  return Object.fromEntries(
    Object.entries(without(draft)).map(([key, value]) => [key, withKept(value, old)]),
  );
}

function keptValue(path: Path, old: unknown): unknown {
  const value = Array.isArray(path) ? valueAt(old, path) : undefined;
  if (value !== undefined) return value;
  throw consoleError('invalid-request', {
    en: `There is no secret to keep at ${JSON.stringify(path)}: type it again.`,
    zh: `${JSON.stringify(path)} 处没有可保留的密钥：请重新填写。`,
  });
}
