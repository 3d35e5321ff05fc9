import { describe, expect, test } from 'vitest';
import type { RuleExample } from '../../../src/core/rule.js';
import { checkExamples } from '../../../src/rules/check-examples.js';
import { compileRules } from '../../../src/rules/compile-rules.js';
import { type RuleParts, sampleRule } from '../../support/sample-rule.js';

const example = (parts: Partial<RuleExample>): RuleExample => ({
  text: '订阅 周报',
  in: 'private',
  mention: false,
  expect: true,
  ...parts,
});

function check(rule: RuleParts, ...examples: Partial<RuleExample>[]) {
  const first = sampleRule({ name: 'first', stop: true });
  const tested = sampleRule({ ...rule, examples: examples.map(example) });
  return checkExamples(compileRules([first, tested]));
}

describe('checkExamples', () => {
  test.each<[string, RuleParts, Partial<RuleExample>]>([
    ['a text with the keyword', { keywords: ['订阅'] }, {}],
    ['a text without it that is not to match', { keywords: ['退订'] }, { expect: false }],
    ['another place that is not to match', { trigger: { in: ['room'] } }, { expect: false }],
    ['a room', { trigger: { in: ['room'] } }, { in: 'room' }],
    ['a mention', { trigger: { mention: 'me' } }, { in: 'room', mention: true }],
    [
      'a mention of a listed contact',
      { trigger: { mention: [{ kind: 'id', id: 'bob' }] } },
      { in: 'room', mention: true },
    ],
    [
      'no mention that is not to match',
      { trigger: { mention: 'me' } },
      { in: 'room', expect: false },
    ],
    ['no mention in a private chat', { trigger: { mention: 'me' } }, {}],
    [
      'a mention written in the text',
      { keywords: ['订阅'], match: 'equals' },
      { in: 'room', mention: true, text: '@小助手 订阅' },
    ],
    [
      'who and when, which are left aside',
      {
        enabled: false,
        users: { contacts: [{ kind: 'id', id: 'bob' }], roles: ['official'] },
        trigger: {
          from: 'self',
          types: [6],
          probability: 0,
          schedule: { timezone: 'UTC', windows: [] },
        },
      },
      {},
    ],
  ])('is content with %s', (_title, rule, parts) => {
    expect(check(rule, parts)).toEqual([]);
  });

  test('tells an example that is to match and does not, and why', () => {
    expect(check({ keywords: ['退订'] }, {}, { expect: false })).toEqual([
      {
        path: ['rules', 1, 'examples', 0],
        rule: 'sample',
        text: {
          en: 'this example is to match the rule, but does not: keywords: wants one of "退订" (match: contains), got the text "订阅 周报"',
          zh: '该示例应匹配此规则，但未匹配：keywords：要求文本含有“退订”，实际为“订阅 周报”',
        },
      },
    ]);
  });

  test('tells an example that is not to match and does', () => {
    const [problem] = check({ keywords: ['订阅'] }, {}, { expect: false });
    expect(problem?.path).toEqual(['rules', 1, 'examples', 1]);
    expect(problem?.text.en).toContain('not to match');
  });
});
