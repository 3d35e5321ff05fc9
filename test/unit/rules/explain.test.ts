import { describe, expect, test } from 'vitest';
import type { BotEvent } from '../../../src/core/event.js';
import { MessageType } from '../../../src/core/message-type.js';
import { compileRules } from '../../../src/rules/compile-rules.js';
import { sampleMessage } from '../../support/sample-event.js';
import { type RuleParts, sampleRule } from '../../support/sample-rule.js';

const message = sampleMessage;

function explain(rule: RuleParts, event: BotEvent) {
  return compileRules([sampleRule(rule)]).explain(event)[0];
}

describe('explain', () => {
  test.each<[string, RuleParts, BotEvent, string, string]>([
    ['enabled', { enabled: false }, message(), 'the rule is switched off', '该规则已停用'],
    [
      'trigger.on',
      { trigger: { on: ['login'] } },
      message(),
      'wants login, got message',
      '要求机器人登录，实际为消息',
    ],
    [
      'trigger.from',
      {},
      message({ isSelf: true }),
      'wants others, got self',
      '要求他人，实际为机器人自己',
    ],
    [
      'trigger.in',
      { trigger: { in: ['room'] } },
      message(),
      'wants room, got private',
      '要求群聊，实际为私聊',
    ],
    [
      'trigger.types',
      {},
      message({ type: MessageType.Image }),
      'wants Text, got Image',
      '要求文本，实际为图片',
    ],
    ['trigger.types', {}, message({ type: 99 }), 'wants Text, got 99', '要求文本，实际为 99'],
    [
      'users',
      { users: { contacts: [{ kind: 'id', id: 'bob' }] } },
      message(),
      'alice "Alice" is not a listed contact, has no listed tag and is in no listed room',
      'alice “Alice” 不在所列联系人中，没有所列标签，也不在所列群中',
    ],
    [
      'users.roles',
      { users: { roles: ['owner'] } },
      message(),
      'wants owner, got friend',
      '要求群主，实际为好友',
    ],
    [
      'users.except',
      { users: { except: { roles: ['friend'] } } },
      message(),
      'alice "Alice" is excepted',
      'alice “Alice” 被排除',
    ],
    [
      'trigger.mention',
      { trigger: { mention: 'me' } },
      message({ room: 'r' }),
      'wants me, got nobody mentioned',
      '要求 @ 机器人，实际未 @ 任何人',
    ],
    [
      'keywords',
      { keywords: ['订阅', 'sub'] },
      message({ text: '你好😀' }),
      'wants one of "订阅", "sub" (match: contains), got the text "你好😀"',
      '要求文本含有“订阅”或“sub”，实际为“你好😀”',
    ],
    [
      'keywords',
      { keywords: ['a', 'b', 'c', 'd', 'e', 'f'], match: 'startsWith', keywordMode: 'all' },
      message({ text: 'x' }),
      'wants all of "a", "b", "c", "d", "e", … (6) (match: startsWith), got the text "x"',
      '要求文本以“a”和“b”和“c”和“d”和“e”等 6 项开头，实际为“x”',
    ],
    [
      'trigger.mention',
      { trigger: { mention: [{ kind: 'id', id: 'bob' }] } },
      message({ room: 'r', mention: { me: true, all: false, people: [], texts: [] } }),
      'wants 1 contacts, got me',
      '要求 @ 所列的人，实际 @ 了机器人',
    ],
  ])('names %s and what was seen', (condition, rule, event, ...texts) => {
    const [en, zh] = texts;
    expect(explain(rule, event)).toEqual({
      rule: 'sample',
      matched: false,
      condition,
      text: { en, zh },
    });
  });

  test('names the first of several conditions that fail', () => {
    const rule: RuleParts = { keywords: ['订阅'], trigger: { in: ['room'] } };
    expect(explain(rule, message({ text: 'hi' }))?.condition).toBe('trigger.in');
  });

  test('names the draw against the probability', () => {
    const explanation = explain({ trigger: { probability: 0 } }, message());
    expect(explanation?.condition).toBe('trigger.probability');
    expect(explanation?.text?.en).toMatch(/^drew 0\.\d{3}, wants less than 0$/u);
  });

  test('cuts a long text', () => {
    const explanation = explain({ keywords: ['x'] }, message({ text: '😀'.repeat(100) }));
    expect(explanation?.text?.en).toContain(`"${'😀'.repeat(60)}…"`);
  });

  test('tells all rules in file order, and who stopped the search', () => {
    const rules = [
      sampleRule({ name: 'first', keywords: ['x'] }),
      sampleRule({ name: 'second', stop: true }),
      sampleRule({ name: 'third', keywords: ['x'] }),
      sampleRule({ name: 'fourth' }),
    ];
    const explained = compileRules(rules).explain(message({ text: 'a' }));
    expect(explained.map(({ rule, matched, condition }) => [rule, matched, condition])).toEqual([
      ['first', false, 'keywords'],
      ['second', true, undefined],
      ['third', false, 'keywords'],
      ['fourth', false, 'stop'],
    ]);
    expect(explained[3]?.text?.en).toContain('"second"');
  });
});
