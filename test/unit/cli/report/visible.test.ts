import { expect, test } from 'vitest';
import { visible } from '../../../../src/cli/report/visible.js';

test.each([
  ['\u001B[31mred', '\\u001b[31mred'],
  ['a\nb', 'a\\u000ab'],
  ['\u009B2J', '\\u009b2J'],
  ['\uD83D', '\\ud83d'],
  ['订阅 👋🏽', '订阅 👋🏽'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});
