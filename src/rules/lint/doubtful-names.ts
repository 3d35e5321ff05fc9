import type { Bilingual } from '../../core/language.js';
import type { Entry, Rule, UserSet } from '../../core/rule.js';
import type { Reason } from './never-matches.js';
import { listSignIn, patternSignIn, quotesAround, wordSignIn } from './writing.js';

/** More entries of one list than this are not told of. */
const mostTold = 3;

/**
 * The listed people, tags and rooms of a rule that are most likely written otherwise than they are
 * read: several in one, in full-width quotes, or a pattern without slashes. A name that is meant as
 * it is can be written as a regular expression.
 */
export function doubtfulNames({ users, trigger }: Rule): readonly Reason[] {
  const { mention } = trigger;
  return [
    ...inSet(users ?? {}, ['users']),
    ...inSet(users?.except ?? {}, ['users', 'except']),
    ...(typeof mention === 'object' ? inList(mention, ['trigger', 'mention']) : []),
  ];
}

function inSet(set: UserSet, path: readonly string[]): readonly Reason[] {
  return (['contacts', 'tags', 'rooms'] as const).flatMap((kind) =>
    inList(set[kind] ?? [], [...path, kind]),
  );
}

function inList(entries: readonly Entry[], path: readonly string[]): readonly Reason[] {
  const found = entries.flatMap((entry, place): readonly Reason[] => {
    const text = entry.kind === 'id' ? doubtOfId(entry.id) : doubtOfName(entry);
    if (text === undefined) return [];
    return [{ path: [...path, place, ...(entry.kind === 'id' ? [] : [entry.kind])], text }];
  });
  return found.slice(0, mostTold);
}

function doubtOfId(id: string): Bilingual | undefined {
  if (quotesAround(id) !== undefined) return quoted(id);
  if ((listSignIn(id) ?? wordSignIn(id)) === undefined) return undefined;
  return {
    en: `"${id}" is read as one id; write several as several entries`,
    zh: `“${id}”会被当作一个 ID；多个请分开写成多项`,
  };
}

/** Names may hold spaces, `|` and `/`; they are seldom lists. */
function doubtOfName({ kind, pattern }: Exclude<Entry, { kind: 'id' }>): Bilingual | undefined {
  if (pattern.kind !== 'text') return undefined;
  const { text } = pattern;
  if (quotesAround(text) !== undefined) return quoted(text);
  if (patternSignIn(text) !== undefined) {
    return {
      en: `"${text}" is compared letter by letter; a pattern is a regular expression in slashes: {${kind}: /…/}`,
      zh: `“${text}”会逐字比较；要用通配，请写成斜杠中的正则表达式：{${kind}: /…/}`,
    };
  }
  if (listSignIn(text) === undefined) return undefined;
  return {
    en: `"${text}" is read as one ${kind}; write several as several entries, or {${kind}: /^…$/} if it is one`,
    zh: `“${text}”会被当作一个 ${kind}；多个请分开写成多项，若确是一个请写 {${kind}: /^…$/}`,
  };
}

function quoted(text: string): Bilingual {
  return {
    en: `the full-width quotes are a part of "${text}"; write " " or none`,
    zh: `全角引号会成为“${text}”的一部分；请改用 " " 或去掉引号`,
  };
}
