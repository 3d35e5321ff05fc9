import type { z } from 'zod';
import { CallbackError } from '../../core/errors.js';
import { readAllowedKeys, readExpectation } from '../../core/expectation.js';
import type { Bilingual } from '../../core/language.js';
import { formatPath } from '../../core/problem.js';

/**
 * The options that code hands to an adapter, complete. Those of `.wechatyrc` have been checked with
 * file and line before.
 *
 * @throws CallbackError `<platform>-options-invalid`, which names every wrong option and no value:
 *   most of them are secrets
 */
export function checkOptions<Schema extends z.ZodType>(
  platform: string,
  schema: Schema,
  options: unknown,
): z.output<Schema> {
  const checked = schema.safeParse(options);
  if (checked.success) return checked.data;
  const faults = checked.error.issues.map(faultOf);
  throw new CallbackError(`${platform}-options-invalid`, {
    text: {
      en: `The options of ${platform} cannot be used. ${faults.map(({ en }) => en).join('; ')}.`,
      zh: `${platform} 的选项无法使用。${faults.map(({ zh }) => zh).join('；')}。`,
    },
  });
}

function faultOf(issue: z.core.$ZodIssue): Bilingual {
  if (issue.code === 'unrecognized_keys') {
    const allowed = readAllowedKeys(issue.message).join(', ');
    const keys = issue.keys.join(', ');
    return {
      en: `${keys}: unknown; allowed: ${allowed}`,
      zh: `${keys}：未知的选项；可用：${allowed}`,
    };
  }
  const path = formatPath(issue.path as (string | number)[]) || 'options';
  const wanted = readExpectation(issue.message) ?? wantedBy(issue);
  return { en: `${path}: expected ${wanted.en}`, zh: `${path}：应为${wanted.zh}` };
}

function wantedBy(issue: z.core.$ZodIssue): Bilingual {
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    return { en: values.join(' or '), zh: values.join(' 或 ') };
  }
  return issue.code === 'invalid_type' && issue.expected === 'string'
    ? { en: 'text', zh: '文本' }
    : { en: 'another value', zh: '其他值' };
}
