import { describe, expect, test } from 'vitest';
import type { BotEvent, Person } from '../../../src/core/event.js';
import { MessageType } from '../../../src/core/message-type.js';
import { compileRules } from '../../../src/rules/compile-rules.js';
import { sampleMessage, sampleNotice } from '../../support/sample-event.js';
import { type RuleParts, sampleRule } from '../../support/sample-rule.js';

const message = sampleMessage;

function matches(rule: RuleParts, event: BotEvent): boolean {
  return compileRules([sampleRule(rule)]).decide(event).matches.length === 1;
}

function person(id: string, name = '', alias = ''): Person {
  return { id, name, alias, tags: [], roles: [] };
}

describe('keywords', () => {
  test.each<[string, RuleParts, string]>([
    ['any text without keywords', {}, '随便'],
    ['one of several', { keywords: ['subscribe', '订阅'] }, '我要订阅'],
    [
      'whatever its case, width, script and spaces',
      { keywords: ['Sub 订阅'] },
      'ＳＵＢ\u3000 訂閱',
    ],
    ['through characters without width', { keywords: ['订阅'] }, '订\u200b阅'],
    ['all wanted', { keywords: ['北京', '天气'], keywordMode: 'all' }, '天气 北京'],
    [
      'with marks around it',
      { keywords: ['你好'], match: 'equals', fold: ['punctuation'] },
      '你好！',
    ],
    ['at the start', { keywords: ['天气'], match: 'startsWith' }, ' 天气 北京'],
    ['at the end', { keywords: ['吗'], match: 'endsWith' }, '好吗 '],
    ['as a glob over lines', { keywords: ['订阅*报'], match: 'glob' }, '订阅\n周报'],
    ['as a regular expression', { keywords: ['^订阅\\s*\\d+$'], match: 'regex' }, '订阅 12'],
    ['an emoji', { keywords: ['👍'] }, '好👍🏻'],
    ['half an emoji', { keywords: ['\ud83d'] }, '\ud83d'],
  ])('match %s', (_title, rule, text) => {
    expect(matches(rule, message({ text }))).toBe(true);
  });

  test.each<[string, RuleParts, string]>([
    ['none of them', { keywords: ['订阅'] }, '退订'],
    ['one where all are wanted', { keywords: ['北京', '天气'], keywordMode: 'all' }, '天气'],
    ['another case unfolded', { keywords: ['ABC'], fold: [] }, 'abc'],
    ['more than the keyword', { keywords: ['你好'], match: 'equals' }, '你好！'],
    ['C for C#', { keywords: ['C#'], match: 'equals', fold: ['case', 'punctuation'] }, 'c'],
    ['a pattern in another case unfolded', { keywords: ['ABC'], match: 'regex', fold: [] }, 'abc'],
    ['a pattern in another script', { keywords: ['订阅'], match: 'regex' }, '訂閱'],
    ['a message without text', { keywords: ['订阅'] }, ''],
  ])('do not match %s', (_title, rule, text) => {
    expect(matches(rule, message({ text }))).toBe(false);
  });

  test.each(['equals', 'startsWith', 'endsWith', 'glob'] as const)(
    'are tested without the mention with match: %s',
    (match) => {
      const mention = { me: true, texts: ['@bot'] };
      const event = message({ room: 'room-1', text: '@bot\u2005订阅 @bot', mention });
      expect(matches({ keywords: ['订阅'], match }, event)).toBe(true);
      expect(matches({ keywords: ['订阅'], match, strip: [] }, event)).toBe(false);
    },
  );

  test('are not tested on events that are no messages', () => {
    const rule = { keywords: ['订阅'], trigger: { on: ['login'], mention: 'me' } } as const;
    expect(matches(rule, sampleNotice({ name: 'login' }))).toBe(true);
  });

  test('are tested on any event that carries a message', () => {
    const rule = { keywords: ['订阅'], trigger: { on: ['openim:before'] } };
    expect(matches(rule, message({ name: 'openim:before', text: '订阅' }))).toBe(true);
    expect(matches(rule, message({ name: 'openim:before', text: '退订' }))).toBe(false);
  });
});

describe('trigger', () => {
  test.each<[string, RuleParts['trigger'], BotEvent, boolean]>([
    ['another event', { on: ['room-join'] }, message(), false],
    ['one of several events', { on: ['room-join', 'message'] }, message(), true],
    ['the own message', {}, message({ isSelf: true }), false],
    ['the own message, asked for', { from: 'self' }, message({ isSelf: true }), true],
    ['another message, own asked for', { from: 'self' }, message(), false],
    ['the own message, any asked for', { from: 'any' }, message({ isSelf: true }), true],
    ['a room, private asked for', { in: ['private'] }, message({ room: 'r' }), false],
    ['a private chat, rooms asked for', { in: ['room'] }, message(), false],
    ['a room, rooms asked for', { in: ['room'] }, message({ room: 'r' }), true],
    ['no chat', { on: ['login'] }, sampleNotice(), true],
    ['no chat, private asked for', { on: ['login'], in: ['private'] }, sampleNotice(), false],
    ['an image', {}, message({ type: MessageType.Image }), false],
    [
      'an image, asked for',
      { types: [MessageType.Image] },
      message({ type: MessageType.Image }),
      true,
    ],
    ['an unknown type', { types: [MessageType.Image] }, message({ type: 99 }), false],
    ['an unknown type, any asked for', { types: 'any' }, message({ type: 99 }), true],
    ['an unknown type, asked for', { types: [99] }, message({ type: 99 }), true],
    ['nobody mentioned', { mention: 'me' }, message({ room: 'r' }), false],
    ['nobody mentioned in a private chat', { mention: 'me' }, message(), true],
    ['the bot mentioned', { mention: 'me' }, message({ room: 'r', mention: { me: true } }), true],
    [
      'everybody, the bot asked for',
      { mention: 'me' },
      message({ room: 'r', mention: { all: true } }),
      false,
    ],
    ['everybody', { mention: 'all' }, message({ room: 'r', mention: { all: true } }), true],
    [
      'a contact by id',
      { mention: [{ kind: 'id', id: 'bob' }] },
      message({ room: 'r', mention: { people: [person('bob')] } }),
      true,
    ],
    [
      'a contact by alias',
      { mention: [{ kind: 'alias', pattern: { kind: 'text', text: '老板' } }] },
      message({ room: 'r', mention: { people: [person('carol'), person('bob', '', '老板')] } }),
      true,
    ],
    [
      'another contact',
      { mention: [{ kind: 'id', id: 'bob' }] },
      message({ room: 'r', mention: { me: true, people: [person('carol')] } }),
      false,
    ],
  ])('on %s', (_title, trigger, event, expected) => {
    expect(matches({ ...(trigger && { trigger }) }, event)).toBe(expected);
  });
});

/** The places of the rules that match a text. */
function names(rules: readonly RuleParts[], text: string): readonly string[] {
  return compileRules(rules.map((parts, index) => sampleRule({ name: String(index), ...parts })))
    .decide(message({ text }))
    .matches.map(({ rule }) => rule.name);
}

describe('decide', () => {
  test('gives every matching rule in file order', () => {
    const rules = [
      { keywords: ['b'] },
      {},
      { keywords: ['x'] },
      { keywords: ['a'], match: 'regex' as const },
      { keywords: ['a'] },
    ];
    expect(names(rules, 'ab')).toEqual(['0', '1', '3', '4']);
  });

  test('tries no rule after one that matches and says stop', () => {
    const rules = [
      { keywords: ['x'], stop: true },
      { keywords: ['a'], stop: true },
      { keywords: ['a'] },
    ];
    expect(names(rules, 'a')).toEqual(['1']);
  });

  test('does not stop at a rule whose other conditions fail', () => {
    const asleep = { timezone: 'UTC', windows: [] };
    const rules = [
      { keywords: ['a'], stop: true, trigger: { schedule: asleep } },
      { keywords: ['a'] },
    ];
    expect(names(rules, 'a')).toEqual(['1']);
  });

  test('leaves out rules that are switched off', () => {
    expect(names([{ enabled: false, stop: true }, {}], 'a')).toEqual(['1']);
  });

  test('decides rules with different folds each by its own', () => {
    const rules: RuleParts[] = [
      { keywords: ['ABC'], fold: [] },
      { keywords: ['ABC'], fold: ['case'] },
      { keywords: ['ABC'], fold: ['width'] },
      { keywords: ['ABC'], fold: ['case', 'width'] },
    ];
    expect(names(rules, 'abc')).toEqual(['1', '3']);
    expect(names(rules, 'ＡＢＣ')).toEqual(['2', '3']);
  });

  test('takes a very long text', () => {
    expect(names([{ keywords: ['订阅'] }], `${'哈😀'.repeat(200_000)}订阅`)).toEqual(['0']);
    expect(names([{ keywords: ['订阅'] }], '订阅')).toEqual(['0']);
  });
});
