import type { z } from 'zod';
import type { Bilingual } from '../../core/language.js';

/**
 * Where a value breaks its schema, what was expected there, and the kind of what was found, e.g.
 * `.replies[2].url: expected an http(s) URL, found a text`. Never anything of the value itself: it
 * may be the text of a chat.
 */
export function describeFault(error: z.ZodError, value: unknown): string {
  const issue = error.issues[0];
  if (issue === undefined) return '';
  const path = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return `${path.join('')}: expected ${expectedBy(issue)}, found ${foundBy(issue, value)}`;
}

/** Where some words are allowed, "a text" would be mistaken for one of them: `text` is a type of reply. */
function foundBy(issue: Issue, value: unknown): string {
  const found = valueAt(value, issue.path);
  const isOneOfWords = issue.code === 'invalid_union' && 'options' in issue;
  return isOneOfWords && typeof found === 'string' ? 'another word' : kindOf(found);
}

/** The fault in a reason that `describeFault` is part of, in words; `undefined` when there is none. */
export function faultText(reason: string): Bilingual | undefined {
  const [, path = '', words = ''] = /^body-invalid: (\S+): expected (.*)$/u.exec(reason) ?? [];
  const end = words.lastIndexOf(foundMark);
  const expected = words.slice(0, Math.max(0, end));
  const seen = words.slice(end + foundMark.length);
  if (expected === '' || seen === '') return undefined;
  return {
    en: `\`${path}\` has to be ${expected} (found: ${seen}).`,
    zh: `\`${path}\` 应为${inChinese(expected)}（实际：${inChinese(seen).trim()}）。`,
  };
}

/** Stands between what was expected and what was found. */
const foundMark = ', found ';

type Issue = z.core.$ZodIssue;
type Describe = (issue: Issue) => string;

const anotherValue = 'another value';

/** What a schema of the protocol can complain of; it has no others. */
const descriptions: Readonly<Partial<Record<Issue['code'], Describe>>> = {
  invalid_type: describes('invalid_type', ({ expected }) => types[expected] ?? anotherValue),
  invalid_format: describes('invalid_format', ({ format }) =>
    format === 'url' ? 'an http(s) URL' : format,
  ),
  invalid_union: describes('invalid_union', (issue) =>
    'options' in issue ? `one of ${issue.options.join(', ')}` : anotherValue,
  ),
  too_small: describes('too_small', ({ origin, minimum }) =>
    origin === 'number' ? `at least ${minimum}` : 'a text that is not empty',
  ),
  too_big: describes(
    'too_big',
    ({ origin, maximum }) => `at most ${maximum}${units[origin] ?? ''}`,
  ),
  custom: ({ message }) => message,
};

function describes<Code extends Issue['code']>(
  _code: Code,
  describe: (issue: Extract<Issue, { readonly code: Code }>) => string,
): Describe {
  return describe as Describe;
}

function expectedBy(issue: Issue): string {
  return descriptions[issue.code]?.(issue) ?? anotherValue;
}

const types: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  string: 'a text',
  number: 'a number',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const units: Readonly<Record<string, string>> = { array: ' entries', string: ' characters' };

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) found = (found as Readonly<Record<PropertyKey, unknown>> | null)?.[key];
  return found;
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return types[typeof value] ?? typeof value;
}

/** Every word that a fault may be made of; others, such as names of keys, stay as they are. */
const chinese: readonly (readonly [RegExp, string])[] = [
  [/^true or false$/u, ' true 或 false'],
  [/^a text$/u, '文本'],
  [/^a number$/u, '数字'],
  [/^a list$/u, '列表'],
  [/^an object$/u, '对象'],
  [/^an http\(s\) URL$/u, ' http(s) 地址'],
  [/^base64$/u, ' base64'],
  [/^one of (.+)$/u, '以下之一：$1'],
  [/^at least (\S+)$/u, '不小于 $1 的数'],
  [/^at most (\S+)$/u, '不大于 $1 的数'],
  [/^at most (\S+) entries$/u, '至多 $1 项的列表'],
  [/^at most (\S+) characters$/u, '至多 $1 个字符'],
  [/^a text that is not empty$/u, '非空文本'],
  [/^a file with either url or base64$/u, '只含 url 或 base64 之一的文件'],
  [/^a name for the base64$/u, ' base64 文件的名称'],
  [/^another value$/u, '其他值'],
  [/^another word$/u, '其他词'],
  [/^missing$/u, '缺失'],
  [/^null$/u, ' null'],
];

function inChinese(words: string): string {
  for (const [pattern, zh] of chinese) {
    if (pattern.test(words)) return words.replace(pattern, zh);
  }
  return ` ${words}`;
}
