import { describe, expect, test } from 'vitest';
import { findMentions, mayMention } from '../../../../../src/core/text/mention/find-mentions.js';
import { typedNames } from '../../../../../src/core/text/mention/typed-names.js';

/** The first mention of a name as it stands in the text, where the platform tells no ids. */
function findMention(text: string, name: string): string | undefined {
  return textsOf(text, [name])[0];
}

function textsOf(text: string, names: readonly string[]): readonly string[] {
  const all = names.map((name) => ({ names: [name], isTold: false }));
  return findMentions(text, all).map(({ start, end }) => text.slice(start, end));
}

describe('findMention', () => {
  test.each([
    ['@bot 订阅', 'bot', '@bot'],
    ['@bot\u2005订阅', 'bot', '@bot'],
    ['请 @小助手，帮忙', '小助手', '@小助手'],
    ['请@小助手 帮忙', '小助手', '@小助手'],
    ['＠小助手 帮忙', '小助手', '＠小助手'],
    ['在吗 @bot', 'bot', '@bot'],
    ['@botany 你好 @bot', 'bot', '@bot'],
    ['@a.b(c)* 你好', 'a.b(c)*', '@a.b(c)*'],
    ['@小 助手 你好', '小 助手', '@小 助手'],
    ['@😀机器人 hi', '😀机器人', '@😀机器人'],
  ])('finds the mention in %j of %j', (text, name, found) => {
    expect(findMention(text, name)).toBe(found);
  });

  test.each([
    ['@botany 你好', 'bot'],
    ['@bot-2 你好', 'bot'],
    ['@bot_test 你好', 'bot'],
    ['@小助手(客服) 你好', '小助手'],
    ['写信到 hr@bot.com', 'bot'],
    ['写信到 hr@bot ', 'bot'],
    ['bot 你好', 'bot'],
    ['@ 你好', ''],
    ['\uD800@', 'bot'],
  ])('finds none in %j of %j', (text, name) => {
    expect(findMention(text, name)).toBeUndefined();
  });
});

test('of many names every mention of each is found', () => {
  const text = '@张三 ＠张三 @李 四，@王五号 @所有人';
  expect(textsOf(text, ['李 四', '张三', '王五', '', '所有人', 'x'])).toEqual([
    '@张三',
    '＠张三',
    '@李 四',
    '@所有人',
  ]);
});

test('the names in a text are what stands between @ and white space or a mark', () => {
  expect(typedNames('@张三\u2005@Bob，开会 a@b ＠小明')).toEqual(['张三', 'Bob', '小明']);
});

describe('mayMention', () => {
  test.each([
    ['@bot', true],
    ['订阅＠bot', true],
    ['订阅', false],
  ])('of %s is %s', (text, expected) => {
    expect(mayMention(text)).toBe(expected);
  });
});
