import type { z } from 'zod';
import { readAllowedKeys } from '../../core/expectation.js';
import type { Bilingual } from '../../core/language.js';
import type { Problem } from '../../core/problem.js';
import { suggest } from '../../core/text/suggest.js';
import { type Path, valueAt } from '../plain-data.js';
import { fullWidthIn, fullWidthText } from './full-width.js';
import { expectationOf } from './issue-expectation.js';
import { placesOf } from './key-places.js';
import { gap, hiddenValue, isSecretPath, same, shownValue } from './shown-value.js';

/** The data that was checked, and which of its texts must not be shown. */
export interface Checked {
  readonly value: unknown;
  /** The value is a single rule, not a whole file. */
  readonly isRule: boolean;
  readonly isHidden: (path: Path) => boolean;
}

/** What zod found, in words: one problem for every key or value that is wrong. */
export function issueProblems(
  issues: readonly z.core.$ZodIssue[],
  checked: Checked,
): readonly Problem[] {
  return issues.flatMap((issue) => problemsOf(issue, [], checked));
}

function problemsOf(issue: z.core.$ZodIssue, above: Path, checked: Checked): readonly Problem[] {
  // Paths of plain data hold no symbols.
  const path = [...above, ...(issue.path as (string | number)[])];
  if (issue.code === 'unrecognized_keys') {
    const allowed = readAllowedKeys(issue.message);
    return issue.keys.map((key) => ({
      path: [...path, key],
      text: unknownKey(key, allowed, meantPlaces(key, path, checked)),
    }));
  }
  if (issue.code === 'invalid_union') {
    const meant = meantBranch(issue.errors);
    if (meant) return meant.flatMap((inner) => problemsOf(inner, path, checked));
  }
  return [{ path, text: wrongValue(issue, path, checked) }];
}

/** The branch of a union whose kind of value was found, so that its own faults can be named. */
function meantBranch(branches: readonly (readonly z.core.$ZodIssue[])[]) {
  return branches.find(
    (issues) =>
      issues.length > 0 &&
      issues.every(
        ({ code, path }) =>
          path.length > 0 ||
          (code !== 'invalid_type' && code !== 'invalid_value' && code !== 'invalid_union'),
      ),
  );
}

/** Where a key might have been meant to stand. Entries of lists are no place for keys of a rule. */
function meantPlaces(key: string, path: Path, { isRule }: Checked): readonly string[] {
  const inRule = isRule || path[0] === 'rules';
  const inside = isRule ? path : path.slice(inRule ? 2 : 0);
  return inside.some((part) => typeof part === 'number') ? [] : placesOf(key, inRule);
}

function unknownKey(
  key: string,
  allowed: readonly string[],
  elsewhere: readonly string[],
): Bilingual {
  const wide = fullWidthIn(key);
  if (wide !== undefined) {
    const text = fullWidthText(wide);
    return { en: `unknown key; ${text.en}`, zh: `未知的键；${text.zh}` };
  }
  const near = suggest(key, allowed);
  const meant = near === undefined ? elsewhere : [near];
  if (meant.length === 0) {
    const list = allowed.join(', ');
    return { en: `unknown key; allowed: ${list}`, zh: `未知的键；可用：${list}` };
  }
  const keys = meant.map((each) => `\`${each}\``);
  return {
    en: `unknown key; did you mean ${keys.join(' or ')}?`,
    zh: `未知的键；是否想写 ${keys.join(' 或 ')}？`,
  };
}

function wrongValue(issue: z.core.$ZodIssue, path: Path, checked: Checked): Bilingual {
  const value = valueAt(checked.value, path);
  const expectation = expectationOf(issue);
  if (value === undefined) {
    return {
      en: `missing; expected ${expectation.en}`,
      zh: `缺少此键；应为${gap(expectation.zh)}`,
    };
  }
  // The key of a map is its own path's last part and is no secret: the value is.
  const hidden = issue.code !== 'invalid_key' && (isSecretPath(path) || checked.isHidden(path));
  const shown =
    issue.code === 'invalid_key' ? same(`\`${String(path.at(-1))}\``) : shownValue(value);
  const found = hidden && isLeaf(value) ? hiddenValue : shown;
  const wide = checked.isHidden(path) ? same('') : fullWidthAdvice(value);
  const advice = wide.en === '' ? adviceOn(issue, value, hidden) : wide;
  return {
    en: `found ${found.en}, expected ${expectation.en}${advice.en}`,
    zh: `现为${gap(found.zh)}，应为${gap(expectation.zh)}${advice.zh}`,
  };
}

function fullWidthAdvice(value: unknown): Bilingual {
  const wide = typeof value === 'string' ? fullWidthIn(value.trim()) : undefined;
  if (wide === undefined) return same('');
  const text = fullWidthText(wide);
  return { en: `; ${text.en}`, zh: `；${text.zh}` };
}

function isLeaf(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function adviceOn(issue: z.core.$ZodIssue, value: unknown, hidden: boolean): Bilingual {
  if (typeof value === 'string' && !hidden) {
    const near = suggest(value, wordsOf(issue));
    if (near !== undefined) {
      return { en: ` (did you mean \`${near}\`?)`, zh: `（是否想写 \`${near}\`？）` };
    }
  }
  const unquoted = typeof value === 'number' || typeof value === 'boolean';
  return unquoted && issue.code === 'invalid_type' && issue.expected === 'string'
    ? { en: ' (put it in quotes)', zh: '（请加引号）' }
    : same('');
}

function wordsOf(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'invalid_value')
    return issue.values.filter((each) => typeof each === 'string');
  return issue.code === 'invalid_union' ? issue.errors.flat().flatMap(wordsOf) : [];
}
