import type { z } from 'zod';
import { CallbackError } from '../../../core/errors.js';
import { readExpectation } from '../../../core/expectation.js';
import type { Bilingual } from '../../../core/language.js';
import { formatPath } from '../../../core/problem.js';

/** What is checked, for the error. */
export interface CheckedKind {
  readonly code: string;
  /** At the beginning of a sentence. */
  readonly name: Bilingual;
  /** What the whole is called where no field of it is meant, e.g. `card`. */
  readonly root: string;
}

/**
 * A value as it came, its fields in their order, once it is known that WeCom takes it.
 *
 * @throws CallbackError naming every wrong field; never what was in it
 */
export function checkFields<T>(schema: z.ZodType<T>, value: unknown, kind: CheckedKind): T {
  const checked = schema.safeParse(value);
  if (checked.success) return value as T;
  const faults = checked.error.issues.map((issue) => ({
    field: formatPath(issue.path as (string | number)[]) || kind.root,
    wanted: wantedBy(issue),
  }));
  throw new CallbackError(kind.code, {
    text: {
      en: `${kind.name.en} cannot be sent to WeCom. ${faults.map(({ field, wanted }) => `${field}: expected ${wanted.en}`).join('; ')}.`,
      zh: `${kind.name.zh}无法发送到企业微信。${faults.map(({ field, wanted }) => `${field}：应为${wanted.zh}`).join('；')}。`,
    },
  });
}

function wantedBy(issue: z.core.$ZodIssue): Bilingual {
  if (issue.code === 'unrecognized_keys') {
    const unknown = issue.keys.join(', ');
    return { en: `no field ${unknown} here`, zh: `不含字段 ${unknown}` };
  }
  const words = readExpectation(issue.message);
  if (words !== undefined) return words;
  const type = issue.code === 'invalid_type' ? issue.expected : 'another value';
  return { en: type, zh: type };
}
