import type { Person } from '../../core/event.js';
import type { Entry, NamePattern } from '../../core/rule.js';
import { compilePattern } from '../patterns/compile-pattern.js';
import type { ProblemList } from '../problem-list.js';

/** What an entry is compared with. */
export interface Listed {
  /** Ids that an entry may name. */
  readonly ids: readonly string[];
  /** By the key of the entry; absent keys are never equal. */
  readonly name?: readonly string[];
  readonly alias?: string;
  readonly topic?: string;
}

/** A list of people, tags or rooms, ready to be asked. */
export type EntryList = (listed: Listed) => boolean;

/** How entries are compiled. */
export interface EntryContext {
  readonly problems: ProblemList;
  /** Where the list is in the rule. */
  readonly path: readonly (string | number)[];
  readonly unsafe: boolean;
}

/** Compiles a list of entries. Bad regular expressions are added to the problems. */
export function compileEntries(entries: readonly Entry[], context: EntryContext): EntryList {
  const ids = new Set<string>();
  const tests: ((listed: Listed) => boolean)[] = [];
  entries.forEach((entry, index) => {
    if (entry.kind === 'id') {
      ids.add(entry.id);
      return;
    }
    const path = [...context.path, index, entry.kind];
    const matches = compileName(entry.pattern, { ...context, path });
    tests.push((listed) => valuesOf(listed, entry.kind).some(matches));
  });
  return (listed) => listed.ids.some((id) => ids.has(id)) || tests.some((test) => test(listed));
}

/** What a list of contacts is asked about a person. */
export function listedPerson(person: Person): Listed {
  return { ids: [person.id], name: [person.name], alias: person.alias };
}

function valuesOf(listed: Listed, kind: 'name' | 'alias' | 'topic'): readonly string[] {
  const value = listed[kind] ?? [];
  return typeof value === 'string' ? [value] : value;
}

function compileName(pattern: NamePattern, context: EntryContext): (name: string) => boolean {
  if (pattern.kind === 'text') return (name) => name === pattern.text;
  const { source, flags } = pattern;
  // Every message is a new search, so `g` and `y` have nothing to say; `u` and `v` are always on.
  const unknown = /[^dgimsuvy]/u.exec(flags)?.[0];
  if (unknown !== undefined) {
    context.problems.add(context.path, {
      en: `unknown flag "${unknown}" behind the regular expression; known are i, m, s and u`,
      zh: `正则表达式后的标志“${unknown}”未知；可用的有 i、m、s、u`,
    });
    return () => false;
  }
  const compiled = compilePattern(source, {
    ignoreCase: flags.includes('i'),
    multiline: flags.includes('m'),
    dotAll: flags.includes('s'),
    unsafe: context.unsafe,
  });
  if (compiled.kind === 'problem') {
    context.problems.add(context.path, compiled.text);
    return () => false;
  }
  return (name) => compiled.pattern.test(name);
}
