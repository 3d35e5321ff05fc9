import { describe, expect, test } from 'vitest';
import { type Problem, ProblemsError } from '../../../src/core/problem.js';
import type { Rule } from '../../../src/core/rule.js';
import { compileRules } from '../../../src/rules/compile-rules.js';
import { sampleMessage } from '../../support/sample-event.js';
import { sampleRule } from '../../support/sample-rule.js';

function problemsOf(rules: readonly Rule[]): readonly Problem[] {
  try {
    compileRules(rules);
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
  return [];
}

const badRegex = { kind: 'regex', source: '(', flags: '' } as const;

describe('compileRules', () => {
  test.each<[string, Partial<Rule>, (string | number)[], string]>([
    ['a keyword of white space', { keywords: ['订阅', ' \u200b'] }, ['keywords', 1], 'folding'],
    ['an empty regular expression', { match: 'regex', keywords: [''] }, ['keywords', 0], 'folding'],
    [
      'a broken regular expression',
      { match: 'regex', keywords: ['('] },
      ['keywords', 0],
      'not a regular',
    ],
    [
      'look-behind',
      { match: 'regex', keywords: ['(?<=a)b'] },
      ['keywords', 0],
      'unsafeRegex: true',
    ],
    ['a broken glob', { match: 'glob', keywords: ['[a'] }, ['keywords', 0], 'never closed'],
    [
      'a broken name',
      { users: { contacts: [{ kind: 'name', pattern: badRegex }] } },
      ['users', 'contacts', 0, 'name'],
      'not a regular',
    ],
    [
      'a broken topic among the excepted',
      { users: { except: { rooms: [{ kind: 'topic', pattern: badRegex }] } } },
      ['users', 'except', 'rooms', 0, 'topic'],
      'not a regular',
    ],
    [
      'an unknown flag',
      { users: { tags: [{ kind: 'name', pattern: { kind: 'regex', source: 'a', flags: 'q' } }] } },
      ['users', 'tags', 0, 'name'],
      'unknown flag "q"',
    ],
  ])('refuses %s', (_title, parts, path, text) => {
    const [problem, ...others] = problemsOf([sampleRule(), sampleRule({ ...parts, name: 'bad' })]);
    expect(problem?.path).toEqual(['rules', 1, ...path]);
    expect(problem?.rule).toBe('bad');
    expect(problem?.text.en).toContain(text);
    expect(problem?.text.zh).toMatch(/\p{Script=Han}/u);
    expect(others).toEqual([]);
  });

  test('refuses a broken contact of trigger.mention and an unknown time zone', () => {
    const schedule = { timezone: 'Asia/Peking', windows: [] };
    const mention = [{ kind: 'alias', pattern: badRegex }] as const;
    const problems = problemsOf([sampleRule({ trigger: { schedule, mention } })]);
    expect(problems.map(({ path }) => path)).toEqual([
      ['rules', 0, 'trigger', 'mention', 0, 'alias'],
      ['rules', 0, 'trigger', 'schedule', 'timezone'],
    ]);
  });

  test('tells all problems of all rules at once', () => {
    const rules = [
      sampleRule({ match: 'regex', keywords: ['(', '('] }),
      sampleRule({ keywords: [' '], enabled: false }),
    ];
    expect(problemsOf(rules).map(({ path }) => path)).toEqual([
      ['rules', 0, 'keywords', 0],
      ['rules', 0, 'keywords', 1],
      ['rules', 1, 'keywords', 0],
    ]);
  });

  test('takes what cannot run in linear time with unsafeRegex', () => {
    const rule = sampleRule({ match: 'regex', keywords: ['(?<!不)订阅'], unsafeRegex: true });
    const ruleSet = compileRules([rule]);
    expect(ruleSet.decide(sampleMessage({ text: '订阅' })).matches).toHaveLength(1);
    expect(ruleSet.decide(sampleMessage({ text: '不订阅' })).matches).toHaveLength(0);
  });

  test('compiles no rules to a set that matches nothing', () => {
    expect(compileRules([]).decide(sampleMessage({ text: 'hi' })).matches).toEqual([]);
  });
});
