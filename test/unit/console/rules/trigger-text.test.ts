import { expect, test } from 'vitest';
import { triggerText } from '../../../../src/console/rules/trigger-text.js';
import { MessageType } from '../../../../src/core/message-type.js';
import { type RuleParts, sampleRule } from '../../../support/sample-rule.js';

const people = [{ kind: 'id', id: 'wxid_1' }] as const;

test.each<[RuleParts, string, string]>([
  [{}, 'any text', '任何文本'],
  [{ keywords: ['a', 'b'] }, 'contains "a" or "b"', '包含“a”或“b”'],
  [
    { keywords: ['a', 'b'], keywordMode: 'all', match: 'equals' },
    'is "a" and "b"',
    '等于“a”、且“b”',
  ],
  [
    { keywords: ['1', '2', '3', '4', '5'] },
    'contains "1" or "2" or "3" or 2 more',
    '包含“1”或“2”或“3”或另外 2 项',
  ],
  [
    { trigger: { in: ['room'], mention: 'me' } },
    'any text; in rooms; @ the bot',
    '任何文本；群聊；@机器人',
  ],
  [{ trigger: { in: ['private'], types: 'any' } }, 'any message; in private', '任何消息；私聊'],
  [{ trigger: { types: [MessageType.Image] } }, 'messages: Image', '消息类型：图片'],
  [
    { trigger: { on: ['room-join', 'wecom:x'] } },
    'somebody joins a room or wecom:x',
    '有人入群或wecom:x',
  ],
  [
    { users: { contacts: people, except: { roles: ['stranger'] } } },
    'any text; from "wxid_1"; not from role "stranger"',
    '任何文本；来自“wxid_1”；除外身份“stranger”',
  ],
  [
    { trigger: { cooldown: { everyMs: 90_000, per: 'user' }, probability: 0.5, from: 'self' } },
    'any text; said by the bot itself; once in 90 s; 50% of them',
    '任何文本；机器人自己发出；每 90 秒一次；概率 50%',
  ],
])('the trigger of %j is told on one line', (parts, en, zh) => {
  expect(triggerText(sampleRule(parts))).toEqual({ en, zh });
});
