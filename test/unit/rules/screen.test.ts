import { describe, expect, test } from 'vitest';
import type { EventHead } from '../../../src/core/event.js';
import { MessageType } from '../../../src/core/message-type.js';
import { compileRules } from '../../../src/rules/compile-rules.js';
import { type RuleParts, sampleRule } from '../../support/sample-rule.js';

function screen(rules: RuleParts[], head: Partial<EventHead>): string[] | undefined {
  const ruleSet = compileRules(rules.map((parts) => sampleRule(parts)));
  const needs = ruleSet.screen({ name: 'message', isSelf: false, inRoom: false, ...head });
  return needs && [...needs].toSorted();
}

const text = (value: string) => ({ type: MessageType.Text, text: value });
const tags = { tags: [{ kind: 'id', id: 'vip' }] } as const;

describe('screen', () => {
  test.each<[string, RuleParts, Partial<EventHead>]>([
    ['another event', {}, { name: 'room-join' }],
    ['the own message', {}, { ...text('hi'), isSelf: true }],
    ['another place', { trigger: { in: ['room'] } }, text('hi')],
    ['another kind of message', {}, { type: MessageType.Image }],
    ['an unknown kind of message', {}, { type: 99 }],
    ['a text without the keyword', { keywords: ['订阅'] }, text('退订')],
    [
      'a text that does not start with the keyword',
      { keywords: ['订'], match: 'startsWith' },
      text('我订'),
    ],
    [
      'a text with too few of the keywords',
      { keywords: ['a', 'b'], keywordMode: 'all' },
      text('a'),
    ],
    ['a text the pattern does not match', { keywords: ['^订阅$'], match: 'regex' }, text('订阅吗')],
    ['a text no pattern can be told by', { keywords: ['^\\d+$'], match: 'regex' }, text('12a')],
    ['a room without the keyword', { keywords: ['订阅'] }, { ...text('@bot 退订'), inRoom: true }],
    ['a rule that is switched off', { enabled: false }, text('hi')],
  ])('rules out %s', (_title, rule, head) => {
    expect(screen([rule], head)).toBeUndefined();
  });

  test.each<[string, RuleParts, Partial<EventHead>, string[]]>([
    ['nothing for a plain rule', {}, text('hi'), []],
    [
      'nothing to strip where there is no @',
      { keywords: ['hi'] },
      { ...text('hi'), inRoom: true },
      [],
    ],
    ['mentions to strip', { keywords: ['hi'] }, { ...text('@bot hi'), inRoom: true }, ['mention']],
    ['mentions in full width to strip', {}, { ...text('＠bot hi'), inRoom: true }, ['mention']],
    ['no mentions in a private chat', { trigger: { mention: 'me' } }, text('@bot hi'), []],
    [
      'no mentions when nothing is stripped',
      { strip: [] },
      { ...text('@bot hi'), inRoom: true },
      [],
    ],
    [
      'mentions for trigger.mention',
      { trigger: { mention: 'me' } },
      { ...text('hi'), inRoom: true },
      ['mention'],
    ],
    ['tags', { users: tags }, text('hi'), ['tags']],
    ['tags of the excepted', { users: { except: tags } }, text('hi'), ['tags']],
    [
      'roles in a room',
      { users: { roles: ['owner'] } },
      { ...text('hi'), inRoom: true },
      ['roles'],
    ],
    ['no roles of rooms in a private chat', { users: { roles: ['owner'] } }, text('hi'), []],
    ['roles for friends', { users: { roles: ['owner', 'friend'] } }, text('hi'), ['roles']],
    [
      'roles for friends in a room',
      { users: { except: { roles: ['friend'] } } },
      { ...text('hi'), inRoom: true },
      ['roles'],
    ],
    ['no roles for system accounts', { users: { roles: ['system'] } }, text('hi'), []],
    [
      'no mention for an event that is no message',
      { trigger: { on: ['room-join'], mention: 'me' } },
      { name: 'room-join', inRoom: true },
      [],
    ],
  ])('asks for %s', (_title, rule, head, needs) => {
    expect(screen([rule], head)).toEqual(needs);
  });

  test('asks only for what the rules found need', () => {
    const rules: RuleParts[] = [
      { keywords: ['a'], users: tags },
      { keywords: ['b'], users: { roles: ['owner'] } },
    ];
    expect(screen(rules, { ...text('a'), inRoom: true })).toEqual(['tags']);
    expect(screen(rules, { ...text('b'), inRoom: true })).toEqual(['roles']);
    expect(screen(rules, { ...text('ab'), inRoom: true })).toEqual(['roles', 'tags']);
  });

  test.each(['equals', 'startsWith', 'endsWith', 'contains', 'regex', 'glob'] as const)(
    'lets through a keyword with match: %s that a mention hides',
    (match) => {
      const head = { ...text('@bot 订阅 @all'), inRoom: true };
      expect(screen([{ keywords: ['订阅'], match }], head)).toEqual(['mention']);
    },
  );

  test('lets through a keyword that a mention cuts in two', () => {
    const head = { ...text('订阅 @bot 周报'), inRoom: true };
    expect(screen([{ keywords: ['订阅 周报'] }], head)).toEqual(['mention']);
  });
});

describe('names are needed', () => {
  const name = { kind: 'name', pattern: { kind: 'text', text: '小王' } } as const;
  const topic = { kind: 'topic', pattern: { kind: 'text', text: '产品群' } } as const;
  const callback = sampleRule({}).callback;

  test.each<[string, RuleParts]>([
    ['who is listed by name', { users: { contacts: [name] } }],
    ['who is excepted by name', { users: { except: { contacts: [name] } } }],
    ['a room by its topic', { users: { rooms: [topic] } }],
    ['what is told to the receiver', { callback: { ...callback, context: ['rule', 'userName'] } }],
  ])('for %s', (_what, rule) => {
    expect(screen([rule], text('hi'))).toEqual(['names']);
    expect(screen([rule], { ...text('hi'), inRoom: true })).toEqual(['names']);
  });

  test('not for ids, nor for anything else that is told', () => {
    const id = { kind: 'id', id: 'wxid_alice' } as const;
    expect(screen([{ users: { contacts: [id] } }], text('hi'))).toEqual([]);
    const context = ['botId', 'rule'] as const;
    expect(screen([{ callback: { ...callback, context } }], text('hi'))).toEqual([]);
  });
});
