import { expect, test } from 'vitest';
import { quoteText } from '../../../../src/reply/text/quote-text.js';

const divider = '- - - - - - - - - - - - - - -';

test('a question is quoted as WeChat does it', () => {
  expect(quoteText('订阅 周报', 'Alice')).toBe(`「Alice：订阅 周报」\n${divider}\n`);
});

test('without a name only the question is quoted', () => {
  expect(quoteText('订阅 周报')).toBe(`「订阅 周报」\n${divider}\n`);
});

test('a question of several lines is quoted on one', () => {
  expect(quoteText(' 订阅\n\t周报 ', 'Al\nice')).toBe(`「Al ice：订阅 周报」\n${divider}\n`);
});

test('a question of a hundred code points is quoted whole', () => {
  expect(quoteText('😀'.repeat(100))).toBe(`「${'😀'.repeat(100)}」\n${divider}\n`);
});

test('a longer question is shortened on a code-point border', () => {
  expect(quoteText(`订${'😀'.repeat(100)}`)).toBe(`「订${'😀'.repeat(99)}…」\n${divider}\n`);
});

test('a lone surrogate in a question becomes the replacement character', () => {
  expect(quoteText('周报\ud83d')).toBe(`「周报\uFFFD」\n${divider}\n`);
});

test('what the question quotes itself is not quoted again', () => {
  const question = `${quoteText('昨天的回答', '小助手')}那今天呢？`;
  expect(quoteText(question, 'Alice')).toBe(`「Alice：那今天呢？」\n${divider}\n`);
});

test.each(['', ' \n\t', '\0'])('a blank question %j is not quoted', (blank) => {
  expect(quoteText(blank, 'Alice')).toBe('');
});
