import { describe, expect, test } from 'vitest';
import { compileRules } from '../../../src/rules/compile-rules.js';
import { lintRules } from '../../../src/rules/lint-rules.js';
import { type RuleParts, sampleRule } from '../../support/sample-rule.js';

function lint(...rules: RuleParts[]): readonly string[] {
  const named = rules.map((parts, index) => sampleRule({ name: `rule-${index}`, ...parts }));
  return lintRules(compileRules(named)).map(({ text }) => text.en.split(':')[0] ?? '');
}

const unreached = 'this rule is never reached';
const places = ['text', 'quote'] as const;

describe('a rule with stop', () => {
  const stop: RuleParts = { keywords: ['订阅'], stop: true };

  test('shadows one that looks where it looks', () => {
    expect(lint({ ...stop, searchIn: places }, { keywords: ['我订阅'] })).toEqual([unreached]);
    expect(
      lint({ ...stop, searchIn: places }, { keywords: ['我订阅'], searchIn: ['quote'] }),
    ).toEqual([unreached]);
    expect(
      lint({ ...stop, searchIn: places }, { keywords: ['订阅'], searchIn: ['quote', 'text'] }),
    ).toEqual([unreached]);
  });

  test('shadows none that looks elsewhere too', () => {
    expect(lint(stop, { keywords: ['我订阅'], searchIn: ['quote'] })).toEqual([]);
    expect(lint(stop, { keywords: ['我订阅'], searchIn: places })).toEqual([]);
    expect(lint(stop, { keywords: ['订阅'], searchIn: places })).toEqual([]);
  });

  test('shadows the same pattern in the same places only', () => {
    const pattern: RuleParts = { keywords: ['a+'], match: 'regex' };
    expect(lint({ ...pattern, stop: true }, { ...pattern, searchIn: ['quote'] })).toEqual([]);
    const both = { ...pattern, searchIn: places };
    expect(lint({ ...both, stop: true }, { ...both, searchIn: ['quote', 'text'] })).toEqual([
      unreached,
    ]);
  });
});

test('an overlap is told of rules that look into the same place', () => {
  expect(lint({ keywords: ['订阅'] }, { keywords: ['我订阅'] })).toHaveLength(1);
  expect(lint({ keywords: ['订阅'] }, { keywords: ['我订阅'], searchIn: ['quote'] })).toEqual([]);
});

test('keywords that exclude one another in one place may stand in two', () => {
  const all: RuleParts = { keywords: ['a', 'b'], keywordMode: 'all', match: 'equals' };
  expect(lint(all)).toEqual(['this rule can never match']);
  expect(lint({ ...all, searchIn: ['quote'] })).toEqual(['this rule can never match']);
  expect(lint({ ...all, searchIn: places })).toEqual([]);
});
