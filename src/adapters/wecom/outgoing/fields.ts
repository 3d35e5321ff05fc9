import { z } from 'zod';
import { CallbackError } from '../../../core/errors.js';
import type { Bilingual } from '../../../core/language.js';
import { formatPath } from '../../../core/problem.js';

/** What a field must be, as the message of a zod issue: zod's own messages know one language. */
export function must(en: string, zh: string): string {
  return JSON.stringify({ en, zh });
}

const needed = must('needed, and may not be blank', '必填，且不能为空');

/** Text that is not blank. */
export const text = z.string(needed).regex(/\S/u, needed);

/** Text of at most `max` bytes of UTF-8, not blank. */
export function bytes(max: number) {
  const message = must(`at most ${max} bytes of UTF-8`, `至多 ${max} 字节（UTF-8）`);
  return text.refine((value) => Buffer.byteLength(value) <= max, message);
}

/** An http(s) address; WeCom takes 2,048 bytes and wants the scheme (D90236). */
export const address = bytes(2048).regex(
  /^https?:\/\//iu,
  must('an address that begins with http:// or https://', '以 http:// 或 https:// 开头的地址'),
);

/** A list of `min` to `max` entries. */
export function list<T extends z.ZodType>(entry: T, min: number, max: number) {
  const message = must(`a list of ${min} to ${max} entries`, `${min} 至 ${max} 项的列表`);
  return z.array(entry, message).min(min, message).max(max, message);
}

/** One of a few numbers. */
export function oneOf<const T extends readonly number[]>(...values: T) {
  const message = must(`one of ${values.join(', ')}`, `${values.join('、')} 之一`);
  return z.literal(values, message);
}

/**
 * A value as its schema describes it.
 *
 * @param kind what it is, for the error: its `code`, and its name in both languages
 * @throws CallbackError naming every wrong field; never what was in it
 */
export function checkFields<T>(
  schema: z.ZodType<T>,
  value: unknown,
  kind: { readonly code: string; readonly name: Bilingual },
): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => ({
    path: formatPath(issue.path as (string | number)[]),
    text: wordsOf(issue),
  }));
  const said = (language: keyof Bilingual) =>
    faults.map(({ path, text: words }) => `${path || '(whole)'}: ${words[language]}`).join('; ');
  throw new CallbackError(kind.code, {
    text: {
      en: `${kind.name.en} cannot be sent to WeCom: ${said('en')}`,
      zh: `${kind.name.zh}无法发送到企业微信：${said('zh')}`,
    },
  });
}

function wordsOf(issue: z.core.$ZodIssue): Bilingual {
  if (issue.message.startsWith('{"en":')) return JSON.parse(issue.message) as Bilingual;
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.join(', ');
    return { en: `unknown fields: ${keys}`, zh: `未知字段：${keys}` };
  }
  if (issue.code === 'invalid_type') {
    return { en: `must be ${issue.expected}`, zh: `类型须为 ${issue.expected}` };
  }
  return { en: 'not a value that WeCom knows', zh: '企业微信不支持的值' };
}
