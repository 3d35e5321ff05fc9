import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from '../../../../src/core/text/clean-text.js';

test.each([
  ['a NUL', 'a\0b', 'ab'],
  ['control characters', 'a\u0007\u001b[1mb\u007f\u0085c', 'a[1mbc'],
  ['the line ends of Windows', 'a\r\nb', 'a\nb'],
  ['the line ends of old Macs', 'a\rb', 'a\nb'],
  ['a lone surrogate', '周报\ud83d', '周报\uFFFD'],
])('%s is mended', (_what, dirty, clean) => {
  expect(cleanText(dirty)).toBe(clean);
});

test.each([
  '  订阅\t周报\n\n ',
  '<b>&amp; "@all" %s %d ${x}</b>',
  '👨‍👩‍👧 🇨🇳 e\u0301',
  '\u200b\u3000',
])('%j stays as it is', (text) => {
  expect(cleanText(text)).toBe(text);
});

test('cleaning a second time changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(cleanText(cleanText(text))).toBe(cleanText(text));
    }),
  );
});
