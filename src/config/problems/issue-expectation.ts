import type { z } from 'zod';
import { readExpectation } from '../../core/expectation.js';
import type { Bilingual } from '../../core/language.js';
import { gap, same } from './shown-value.js';

/** What is allowed where zod found something else. */
export function expectationOf(issue: z.core.$ZodIssue): Bilingual {
  return readExpectation(issue.message) ?? byCode(issue);
}

const typeNames: Readonly<Record<string, Bilingual>> = {
  string: { en: 'text', zh: '文本' },
  number: { en: 'a number', zh: '数字' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
  array: { en: 'a list', zh: '列表' },
  object: { en: 'keys and values', zh: '键值表' },
  record: { en: 'keys and values', zh: '键值表' },
};

const something: Bilingual = { en: 'another value', zh: '其他值' };

function byCode(issue: z.core.$ZodIssue): Bilingual {
  if (issue.code === 'invalid_type') return typeNames[issue.expected] ?? something;
  if (issue.code === 'invalid_value') {
    return alternatives(issue.values.map((value) => same(String(value))));
  }
  if (issue.code === 'invalid_union') return alternatives(unique(optionsOf(issue)));
  if (issue.code === 'invalid_key') {
    return issue.issues[0] ? expectationOf(issue.issues[0]) : something;
  }
  // Numbers and texts say their own bounds: these are lists.
  if (issue.code === 'too_small') return atLeastOne;
  return issue.code === 'too_big' ? atMost(issue.maximum) : something;
}

const atLeastOne: Bilingual = { en: 'a list with at least one entry', zh: '至少有一项的列表' };

function atMost(maximum: number | bigint): Bilingual {
  return { en: `a list of at most ${maximum}`, zh: `至多 ${maximum} 项的列表` };
}

/** What each branch of a union would take. */
function optionsOf(issue: z.core.$ZodIssueInvalidUnion): readonly Bilingual[] {
  return issue.errors.flatMap(([first]) => {
    if (!first) return [];
    const own = readExpectation(first.message);
    if (own) return [own];
    if (first.code === 'invalid_union') return optionsOf(first);
    return first.code === 'invalid_value'
      ? first.values.map((value) => same(String(value)))
      : [byCode(first)];
  });
}

function unique(texts: readonly Bilingual[]): readonly Bilingual[] {
  return texts.filter(({ en }, index) => texts.findIndex((other) => other.en === en) === index);
}

function alternatives(texts: readonly Bilingual[]): Bilingual {
  const [last, ...others] = texts.toReversed();
  if (!last) return something;
  if (others.length === 0) return last;
  const before = others.toReversed();
  return {
    en: `${before.map(({ en }) => en).join(', ')} or ${last.en}`,
    zh: `${before.map(({ zh }) => zh).join('、')} 或${gap(last.zh)}`,
  };
}
