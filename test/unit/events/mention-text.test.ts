import { describe, expect, test } from 'vitest';
import { findMention, findMentions, mentionedNames } from '../../../src/events/mention-text.js';

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

test('of many names the first mention of each is found, however often it stands there', () => {
  const text = '@张三 ＠张三 @李 四，@王五号 @所有人';
  expect([...findMentions(text, ['李 四', '张三', '王五', '', '所有人', 'x'])]).toEqual([
    ['张三', '@张三'],
    ['李 四', '@李 四'],
    ['所有人', '@所有人'],
  ]);
});

test('the names in a text are what stands between @ and white space or a mark', () => {
  expect(mentionedNames('@张三\u2005@Bob，开会 a@b ＠小明')).toEqual(['张三', 'Bob', '小明']);
});
