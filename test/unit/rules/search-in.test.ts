import { describe, expect, test } from 'vitest';
import type { EventHead } from '../../../src/core/event.js';
import { MessageType } from '../../../src/core/message-type.js';
import { compileRules } from '../../../src/rules/compile-rules.js';
import { type MessageParts, sampleMessage } from '../../support/sample-event.js';
import { type RuleParts, sampleRule } from '../../support/sample-rule.js';

function match(rule: RuleParts, message: MessageParts) {
  return compileRules([sampleRule(rule)]).decide(sampleMessage(message)).matches[0];
}

function screened(rule: RuleParts, head: Partial<EventHead>): boolean {
  const whole: EventHead = { name: 'message', isSelf: false, inRoom: false, ...head };
  return compileRules([sampleRule(rule)]).screen(whole) !== undefined;
}

function why(rule: RuleParts, message: MessageParts) {
  return compileRules([sampleRule(rule)]).explain(sampleMessage(message))[0]?.text;
}

/** The same words and the same quotation, whatever is looked for and where. */
const reply: MessageParts = {
  text: '「老王：昨天 订阅 周报」\n- - - - - -\n好的 退订',
  words: '好的 退订',
  quoted: { userId: 'wang', text: '昨天 订阅 周报' },
};

describe('keywords', () => {
  test('are looked for in what is said now, not in what is quoted', () => {
    expect(match({ keywords: ['订阅'] }, reply)).toBeUndefined();
    expect(match({ keywords: ['退订'] }, reply)).toBeDefined();
    expect(match({ keywords: ['好的 退订'], match: 'equals' }, reply)).toBeDefined();
  });

  test('are looked for in the quotation alone with searchIn: [quote]', () => {
    expect(match({ keywords: ['订阅'], searchIn: ['quote'] }, reply)).toBeDefined();
    expect(match({ keywords: ['退订'], searchIn: ['quote'] }, reply)).toBeUndefined();
    const whole: RuleParts = { keywords: ['昨天 订阅 周报'], match: 'equals' };
    expect(match({ ...whole, searchIn: ['quote'] }, reply)).toBeDefined();
  });

  test.each<[string, RuleParts]>([
    ['contains', { keywords: ['订阅', '没有'] }],
    ['startsWith', { keywords: ['昨天'], match: 'startsWith' }],
    ['endsWith', { keywords: ['周报'], match: 'endsWith' }],
    ['regex', { keywords: ['订.*周报$'], match: 'regex' }],
    ['a regex that no index can help', { keywords: ['^.{8}$'], match: 'regex' }],
    ['glob', { keywords: ['*订阅*'], match: 'glob' }],
  ])('compare by %s in each of several places', (_title, rule) => {
    expect(match({ ...rule, searchIn: ['text', 'quote'] }, reply)).toBeDefined();
    expect(match({ ...rule, searchIn: ['text'] }, { text: '没人' })).toBeUndefined();
  });

  test('that are all wanted may stand in different places', () => {
    const all: RuleParts = { keywordMode: 'all', searchIn: ['text', 'quote'] };
    expect(match({ ...all, keywords: ['订阅', '退订'] }, reply)).toBeDefined();
    expect(match({ ...all, keywords: ['订阅', '没有'] }, reply)).toBeUndefined();
    // One keyword in both places is not two keywords.
    const twice = { text: '订阅', quoted: { text: '订阅' } };
    expect(match({ ...all, keywords: ['订阅', '没有'] }, twice)).toBeUndefined();
    expect(match({ ...all, keywords: ['订', '周报$'], match: 'regex' }, reply)).toBeDefined();
  });

  test('never match a quotation that has no text', () => {
    const any: RuleParts = { keywords: ['*'], match: 'glob', searchIn: ['quote'] };
    expect(match(any, { text: 'hi' })).toBeUndefined();
    expect(match(any, { text: 'hi', quoted: { id: 'message-0' } })).toBeUndefined();
    expect(match(any, { text: 'hi', quoted: { text: '图' } })).toBeDefined();
  });

  test('stand in the quotation with the mentions it has', () => {
    const room: MessageParts = {
      room: 'room-1',
      text: '@bot 好',
      quoted: { text: '@bot 订阅' },
      mention: { me: true, texts: ['@bot'] },
    };
    const rule: RuleParts = { keywords: ['@bot 订阅'], match: 'equals', searchIn: ['quote'] };
    expect(match(rule, room)).toMatchObject({ question: '好' });
  });
});

describe('the question', () => {
  test.each<[string, RuleParts, string]>([
    ['is what is said now when the quotation matches', { keywords: ['周报'] }, '好的 退订'],
    ['loses a keyword in the words', { keywords: ['退订'] }, '好的'],
    ['loses nothing to a keyword in the quotation', { keywords: ['昨天'] }, '好的 退订'],
    [
      'loses what all keywords have in the words',
      { keywords: ['周报', '退订'], keywordMode: 'all' },
      '好的',
    ],
  ])('%s', (_title, rule, question) => {
    const strip = ['mention', 'keyword'] as const;
    expect(match({ searchIn: ['text', 'quote'], strip, ...rule }, reply)).toMatchObject({
      question,
    });
  });

  test('keeps the words where keywords are looked for in the quotation alone', () => {
    const message = { text: '订阅 吗', quoted: { text: '订阅' } };
    const rule: RuleParts = { keywords: ['订阅'], searchIn: ['quote'], strip: ['keyword'] };
    expect(match(rule, message)?.question).toBe('订阅 吗');
  });
});

describe('named groups', () => {
  const order: RuleParts = { keywords: ['订单(?<id>\\d+)'], match: 'regex' };

  test('are read where the keyword stands', () => {
    const message = { text: '怎么还没到', quoted: { text: '订单42 已发货' } };
    expect(match({ ...order, searchIn: ['text', 'quote'] }, message)?.groups).toEqual({ id: '42' });
  });

  test('are those of the place that is listed first when both match', () => {
    const message = { text: '订单1', quoted: { text: '订单2' } };
    expect(match({ ...order, searchIn: ['text', 'quote'] }, message)?.groups['id']).toBe('1');
    expect(match({ ...order, searchIn: ['quote', 'text'] }, message)?.groups['id']).toBe('2');
  });

  test('come from every place when all keywords are wanted', () => {
    const all: RuleParts = {
      keywords: ['订单(?<id>\\d+)', '(?<what>退|换)'],
      match: 'regex',
      keywordMode: 'all',
      searchIn: ['text', 'quote'],
    };
    const message = { text: '我要退', quoted: { text: '订单42' } };
    expect(match(all, message)?.groups).toEqual({ id: '42', what: '退' });
  });
});

describe('screening', () => {
  const text = { type: MessageType.Text, text: '好的' };
  const inQuote: RuleParts = { keywords: ['订阅'], searchIn: ['quote'] };

  test('looks into the quotation where the head tells it', () => {
    expect(screened(inQuote, { ...text, quoted: '要订阅' })).toBe(true);
    expect(screened(inQuote, { ...text, quoted: '要退订' })).toBe(false);
    expect(screened(inQuote, { ...text, quoted: '' })).toBe(false);
    expect(screened({ keywords: ['订阅'] }, { ...text, quoted: '要订阅' })).toBe(false);
  });

  test('lets rules that look into quotations be asked where the head does not tell', () => {
    expect(screened(inQuote, text)).toBe(true);
    expect(screened({ ...inQuote, searchIn: ['text', 'quote'] }, text)).toBe(true);
    expect(screened({ keywords: ['订阅'] }, text)).toBe(false);
  });
});

describe('an explanation', () => {
  test('says where a keyword was wanted, and what stands there', () => {
    expect(why({ keywords: ['x'], searchIn: ['text', 'quote'] }, reply)).toEqual({
      en: 'wants one of "x" (match: contains), got the text "好的 退订" and the quotation "昨天 订阅 周报"',
      zh: '要求文本或引用内容含有“x”，实际文本为“好的 退订”，引用内容为“昨天 订阅 周报”',
    });
    expect(why({ keywords: ['x'], searchIn: ['quote'] }, reply)).toEqual({
      en: 'wants one of "x" in the quotation (match: contains), got the quotation "昨天 订阅 周报"',
      zh: '要求引用内容含有“x”，实际引用内容为“昨天 订阅 周报”',
    });
    expect(why({ keywords: ['x'], searchIn: ['quote'] }, { text: 'hi' })).toEqual({
      en: 'wants one of "x" in the quotation (match: contains), got no quotation',
      zh: '要求引用内容含有“x”，实际没有引用内容',
    });
    expect(why({ keywords: ['x'] }, reply)).toEqual({
      en: 'wants one of "x" (match: contains), got the text "好的 退订"',
      zh: '要求文本含有“x”，实际为“好的 退订”',
    });
  });
});
