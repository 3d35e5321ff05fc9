import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../src/core/problem.js';
import { compileRules } from '../../../src/rules/compile-rules.js';
import { lintRules } from '../../../src/rules/lint-rules.js';
import { type RuleParts, sampleRule } from '../../support/sample-rule.js';

function lint(...rules: RuleParts[]): readonly Problem[] {
  return lintRules(
    compileRules(rules.map((parts, index) => sampleRule({ name: `rule-${index}`, ...parts }))),
  );
}

/** Path and the first words, without the rule's place. */
const kinds = (problems: readonly Problem[]) =>
  problems.map(({ path, text }) => [path.slice(1).join('.'), text.en.split(':')[0]]);

const unreached = 'this rule is never reached';
const vip = { tags: [{ kind: 'id', id: 'vip' }] } as const;
const bob = { contacts: [{ kind: 'id', id: 'bob' }] } as const;

describe('lintRules', () => {
  test.each<[string, RuleParts, RuleParts]>([
    ['everything', { stop: true }, { keywords: ['订阅'] }],
    [
      'everything of the same users',
      { stop: true, users: vip },
      { users: vip, keywords: ['a'], match: 'regex' },
    ],
    [
      'a part of the keyword',
      { keywords: ['订阅'], stop: true },
      { keywords: ['我要订阅'], match: 'startsWith' },
    ],
    ['every keyword', { keywords: ['a', 'b'], stop: true }, { keywords: ['xa', 'bx'] }],
    [
      'one of the keywords that are all wanted',
      { keywords: ['a'], stop: true },
      { keywords: ['a', 'b'], keywordMode: 'all' },
    ],
    [
      'the same pattern',
      { keywords: ['a+'], match: 'regex', stop: true },
      { keywords: ['a+'], match: 'regex', users: bob },
    ],
    [
      'the same start',
      { keywords: ['订'], match: 'startsWith', stop: true },
      { keywords: ['订阅'], match: 'equals' },
    ],
    [
      'more places and kinds',
      { stop: true, trigger: { types: 'any' } },
      { trigger: { in: ['room'], mention: 'me' } },
    ],
  ])('tells a rule after one that stops with %s', (_title, earlier, later) => {
    expect(kinds(lint(earlier, later))).toEqual([['1', unreached]]);
  });

  test.each<[string, RuleParts, RuleParts]>([
    ['does not stop', {}, { keywords: ['订阅'] }],
    ['is switched off', { stop: true, enabled: false }, {}],
    ['comes later', { keywords: ['我要订阅'], stop: true }, { keywords: ['订阅'] }],
    ['has other users', { stop: true, users: vip }, { users: bob }],
    ['has users', { stop: true, users: vip }, {}],
    ['hears no official accounts', { stop: true }, { users: { roles: ['official'] } }],
    ['has another place', { stop: true, trigger: { in: ['room'] } }, {}],
    ['has another event', { stop: true }, { trigger: { on: ['message', 'room-join'] } }],
    ['wants a mention', { stop: true, trigger: { mention: 'me' } }, {}],
    [
      'sleeps at times',
      {
        stop: true,
        trigger: { schedule: { timezone: 'UTC', windows: [{ days: ['mon'], from: 0, to: 60 }] } },
      },
      {},
    ],
    ['matches by chance', { stop: true, trigger: { probability: 0.5 } }, {}],
    ['has other keywords', { keywords: ['a'], stop: true }, { keywords: ['b'] }],
    [
      'wants the whole text',
      { keywords: ['订阅'], match: 'equals', stop: true },
      { keywords: ['订阅'] },
    ],
    [
      'wants more keywords',
      { keywords: ['a', 'b'], keywordMode: 'all', stop: true },
      { keywords: ['a'] },
    ],
    ['compares otherwise', { keywords: ['ABC'], fold: [], stop: true }, { keywords: ['abc'] }],
  ])('tells nothing where the earlier rule %s', (_title, earlier, later) => {
    expect(lint(earlier, later)).toEqual([]);
  });

  test('tells a keyword that an earlier rule takes', () => {
    const problems = lint({ keywords: ['订阅'], stop: true }, { keywords: ['退订', '訂閱周报'] });
    expect(kinds(problems)).toEqual([['1.keywords.1', 'the keyword "訂閱周报" is never reached']]);
    expect(problems[0]?.text.en).toContain('"rule-0"');
  });

  test.each<[string, RuleParts, RuleParts, string]>([
    ['earlier', { keywords: ['订阅'] }, { keywords: ['x', '我要订阅'] }, '1.keywords.1'],
    ['later', { keywords: ['我要订阅'] }, { keywords: ['订阅'] }, '0.keywords.0'],
    ['same', { keywords: ['订阅'] }, { keywords: ['訂閱'] }, '1.keywords.0'],
  ])('tells a keyword that holds one of an %s rule', (_title, one, other, path) => {
    const problems = lint(one, other).map((problem) => problem.path.slice(1).join('.'));
    expect(problems).toEqual([path]);
  });

  test.each<[string, RuleParts, RuleParts]>([
    ['the earlier one stops', { keywords: ['我要订阅'], stop: true }, { keywords: ['订阅'] }],
    [
      'they have different users',
      { keywords: ['订阅'], users: vip },
      { keywords: ['订阅'], users: bob },
    ],
    [
      'they are for different places',
      { keywords: ['订阅'], trigger: { in: ['room'] } },
      { keywords: ['订阅'], trigger: { in: ['private'] } },
    ],
    ['one is switched off', { keywords: ['订阅'], enabled: false }, { keywords: ['订阅'] }],
    ['both are one rule', { keywords: ['订', '订阅'] }, { keywords: ['x'] }],
  ])('tells no overlap where %s', (_title, one, other) => {
    expect(lint(one, other)).toEqual([]);
  });

  test.each<[string, RuleParts]>([
    ['trigger.probability', { trigger: { probability: 0 } }],
    ['trigger.in', { trigger: { on: ['friendship'], in: ['room'] } }],
    ['trigger.in', { trigger: { on: ['room-join', 'login'], in: ['private'] } }],
    ['users.rooms', { users: { rooms: [{ kind: 'id', id: 'r' }] }, trigger: { in: ['private'] } }],
    ['users.roles', { users: { roles: ['owner'] }, trigger: { in: ['private'] } }],
    ['users.except', { users: { roles: ['friend'], except: { roles: ['friend', 'stranger'] } } }],
    ['trigger.schedule', { trigger: { schedule: { timezone: 'UTC', windows: [] } } }],
    ['keywords', { keywords: ['a', 'b'], keywordMode: 'all', match: 'equals' }],
    ['keywords', { keywords: ['ab', 'b'], keywordMode: 'all', match: 'startsWith' }],
    ['keywords', { keywords: ['ab', 'a'], keywordMode: 'all', match: 'endsWith' }],
  ])('tells that %s lets a rule never match', (path, rule) => {
    expect(kinds(lint(rule))).toEqual([[`0.${path}`, 'this rule can never match']]);
  });

  test.each<[string, RuleParts]>([
    ['all keywords anywhere', { keywords: ['a', 'b'], keywordMode: 'all' }],
    ['the same keyword twice', { keywords: ['a', 'Ａ'], keywordMode: 'all', match: 'equals' }],
    [
      'friends among roles',
      { users: { roles: ['owner', 'friend'] }, trigger: { in: ['private'] } },
    ],
    ['platform events', { trigger: { on: ['wecom:enter_agent'], in: ['private'] } }],
  ])('has nothing to say of %s', (_title, rule) => {
    expect(lint(rule)).toEqual([]);
  });

  test('says everything in both languages', () => {
    const problems = lint(
      { keywords: ['a'], stop: true },
      { keywords: ['ab', 'c'] },
      { trigger: { probability: 0 } },
      { keywords: ['cd'] },
      { keywords: ['ab'] },
    );
    expect(problems.map((problem) => problem.path[1])).toEqual([1, 2, 3, 4]);
    for (const { text } of problems) expect(text.zh).toMatch(/\p{Script=Han}/u);
  });

  test('takes ten thousand rules with the same keyword, users and stop in little time', () => {
    const users = Array.from({ length: 10_000 }, (_, index) => ({
      contacts: [{ kind: 'id', id: `contact-${index}` }] as const,
    }));
    const rules = users.map((set): RuleParts => ({ keywords: ['订阅'], users: set, stop: true }));
    const start = performance.now();
    expect(lint(...rules)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
