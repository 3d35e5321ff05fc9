import { expect, test } from 'vitest';
import { visible, visibleLines } from '../../../../src/core/text/visible.js';

test.each([
  ['\u001B[31mred', '\\u001b[31mred'],
  ['a\nb', 'a\\u000ab'],
  ['\u009B2J', '\\u009b2J'],
  ['\uD83D', '\\ud83d'],
  ['a\u202Egpj.exe', 'a\\u202egpj.exe'],
  ['\u2066a\u2069\u200F\u061C\u2028', '\\u2066a\\u2069\\u200f\\u061c\\u2028'],
  ['订阅 👋🏽 👨‍👩‍👧', '订阅 👋🏽 👨‍👩‍👧'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('the lines of a text stay lines', () => {
  expect(visibleLines('a\u001B[2J\nb\rc')).toBe('a\\u001b[2J\nb\\u000dc');
});
