import { describe, expect, test } from 'vitest';
import {
  mentionSpans,
  removeMentions,
} from '../../../../../src/core/text/mention/remove-mentions.js';

function withoutMentions(text: string, mentions: readonly string[]): string {
  return removeMentions(text, mentionSpans(text, mentions));
}

describe('withoutMentions', () => {
  test.each<[string, string, string[], string]>([
    ['at the start goes with the space behind it', '@bot 订阅', ['@bot'], '订阅'],
    [
      'goes with the space that WeChat puts behind it',
      '@小助手\u2005订阅',
      ['@小助手\u2005'],
      '订阅',
    ],
    ['in the middle leaves one space', 'hi @bot there', ['@bot '], 'hi there'],
    [
      'between words without a space before leaves them apart',
      '订阅@bot 周报',
      ['@bot '],
      '订阅 周报',
    ],
    ['without spaces joins what is around it', '订@bot阅', ['@bot'], '订阅'],
    ['at the end leaves no space', '订阅 @bot', ['@bot'], '订阅'],
    ['is found everywhere', '@bot 订阅 @bot', ['@bot'], '订阅'],
    [
      'of which another begins with the same name is told apart',
      '@bot2 @bot hi',
      ['@bot', '@bot2'],
      'hi',
    ],
    ['is not found inside a longer name', '@botany hi @bot', ['@bot'], '@botany hi'],
    ['in full width is found', '＠bot 订阅', ['＠bot'], '订阅'],
    ['of an emoji name is found', '@😀 订阅', ['@😀'], '订阅'],
    ['that does not begin with @ is left alone', 'bot 订阅', ['bot', '', '@'], 'bot 订阅'],
    ['that is not there changes nothing', ' 订阅 ', ['@bot'], ' 订阅 '],
  ])('a mention %s', (_title, text, mentions, expected) => {
    expect(withoutMentions(text, mentions)).toBe(expected);
  });
});
