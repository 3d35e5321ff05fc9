import { describe, expect, test } from 'vitest';
import type { BotEvent } from '../../../src/core/event.js';
import { MessageType } from '../../../src/core/message-type.js';
import { compileRules } from '../../../src/rules/compile-rules.js';
import { sampleMessage, sampleNotice } from '../../support/sample-event.js';
import { type RuleParts, sampleRule } from '../../support/sample-rule.js';
import { timed } from '../../support/timed.js';

function match(rule: RuleParts, event: BotEvent) {
  return compileRules([sampleRule(rule)]).decide(event).matches[0];
}

function question(rule: RuleParts, text: string): string | undefined {
  return match(rule, sampleMessage({ text }))?.question;
}

const stripped: RuleParts = { strip: ['mention', 'keyword'] };

describe('question', () => {
  test.each<[string, RuleParts, string, string]>([
    [
      'keeps the text unfolded',
      { keywords: ['订阅'] },
      '訂閱　ＡＢＣ  Weekly',
      '訂閱　ＡＢＣ  Weekly',
    ],
    ['is trimmed of white space', {}, ' \u2005\u3000你好\n', '你好'],
    [
      'loses the keyword as it was written',
      { ...stripped, keywords: ['sub 订阅'] },
      'ＳＵＢ  訂\u200b閱 周报',
      '周报',
    ],
    [
      'loses the keyword that begins first',
      { ...stripped, keywords: ['周报', '订阅'] },
      '订阅 周报 订阅',
      '周报 订阅',
    ],
    [
      'loses the longer of two keywords',
      { ...stripped, keywords: ['订', '订阅'] },
      '订阅 周报',
      '周报',
    ],
    [
      'loses every keyword where all are wanted',
      { ...stripped, keywords: ['北京', '天气'], keywordMode: 'all' },
      '天气 明天 北京',
      '明天',
    ],
    [
      'keeps one space where a keyword was',
      { ...stripped, keywords: ['please'] },
      'now please come',
      'now come',
    ],
    [
      'loses a keyword at the start',
      { ...stripped, keywords: ['/天气'], match: 'startsWith' },
      ' /天气 北京',
      '北京',
    ],
    [
      'loses a keyword at the end',
      { ...stripped, keywords: ['吗'], match: 'endsWith' },
      '在吗',
      '在',
    ],
    [
      'loses the whole of an equal text',
      { ...stripped, keywords: ['帮助'], match: 'equals' },
      '帮助',
      '',
    ],
    [
      'loses what a regular expression matched',
      { ...stripped, keywords: ['订阅\\d+'], match: 'regex' },
      '我订阅12期',
      '我期',
    ],
    [
      'loses the whole of a glob',
      { ...stripped, keywords: ['订阅*'], match: 'glob' },
      '订阅 周报',
      '',
    ],
    [
      'loses a character that grows when folded as a whole',
      { ...stripped, keywords: ['strass'] },
      'Straße 1',
      'e 1',
    ],
    ['loses an emoji as a whole', { ...stripped, keywords: ['😀'] }, 'a😀b', 'ab'],
    ['keeps half an emoji', { ...stripped, keywords: ['a'] }, 'a\ud83d', '\ud83d'],
  ])('%s', (_title, rule, text, expected) => {
    expect(question(rule, text)).toBe(expected);
  });

  test('loses mentions in a room unless strip says otherwise', () => {
    const text = '@小助手\u2005订阅 @小助手';
    const event = sampleMessage({
      text,
      room: 'room-1',
      mention: { me: true, texts: ['@小助手'] },
    });
    expect(match({}, event)?.question).toBe('订阅');
    expect(match({ strip: [] }, event)?.question).toBe(text);
    expect(match({ strip: ['mention', 'keyword'], keywords: ['订阅'] }, event)?.question).toBe('');
  });

  test('is trimmed in linear time however much white space is inside', timed, () => {
    const text = `a${' '.repeat(200_000)}b`;
    const start = performance.now();
    expect(question({}, text)).toBe(text);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('is empty for a message without text', () => {
    const event = sampleMessage({ type: MessageType.Image });
    expect(match({ trigger: { types: 'any' } }, event)?.question).toBe('');
  });

  test('is the name of an event that is no message', () => {
    const rule = { trigger: { on: ['room-join'] }, keywords: ['订阅'] };
    const event = sampleNotice({ name: 'room-join', conversation: { kind: 'room', id: 'r' } });
    expect(match(rule, event)).toMatchObject({ question: 'room-join', groups: {} });
  });
});

describe('groups', () => {
  const text = '订阅 Ｗeekly 给 爱丽丝';

  test('are the named groups with their original characters', () => {
    const rule = { match: 'regex', keywords: ['^订阅 (?<topic>\\S+) 给 (?<谁>.+)$'] } as const;
    expect(match(rule, sampleMessage({ text }))?.groups).toEqual({
      topic: 'Ｗeekly',
      谁: '爱丽丝',
    });
  });

  test('are those of the first listed expression that matches', () => {
    const rule = { match: 'regex', keywords: ['(?<no>退订)', '(?<a>订阅)', '(?<b>给)'] } as const;
    expect(match(rule, sampleMessage({ text }))?.groups).toEqual({ a: '订阅' });
  });

  test('are those of all expressions where all are wanted, the first listed first', () => {
    const rule = {
      match: 'regex',
      keywordMode: 'all',
      keywords: ['(?<a>订阅)', '(?<a>给) (?<b>.+)'],
    } as const;
    expect(match(rule, sampleMessage({ text }))?.groups).toEqual({ a: '订阅', b: '爱丽丝' });
  });

  test('are none for plain keywords', () => {
    expect(match({ keywords: ['订阅'] }, sampleMessage({ text }))?.groups).toEqual({});
  });
});
