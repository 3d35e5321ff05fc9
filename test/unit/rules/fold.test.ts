import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fold } from '../../../src/core/rule.js';
import { fold } from '../../../src/rules/fold.js';
import { arbitraryFolds, arbitraryText } from '../../support/arbitrary-rules.js';

const usual: Fold[] = ['case', 'width', 'space', 'script'];

describe('fold', () => {
  test.each<[string, Fold[], string, string]>([
    ['full-width letters are ordinary ones', usual, 'ＡＢＣ', 'abc'],
    ['half-width katakana are ordinary ones', ['width'], 'ｱｲ', 'アイ'],
    ['traditional characters are simplified ones', usual, '訂閱', '订阅'],
    ['a character simplified twice is the last form', ['script'], '薴', '苎'],
    ['characters beyond the first plane are simplified', ['script'], '𨦫', '䦀'],
    ['runs of white space are one', usual, 'a \u3000\u2005\n b', 'a b'],
    ['white space at the ends is trimmed', usual, '\u3000订阅 \n', '订阅'],
    ['ß, ẞ and SS are one', ['case'], 'Straße STRAẞE', 'strasse strasse'],
    ['a letter that grows when folded does', ['case'], 'İ', 'i\u0307'],
    ['letters beyond the first plane have case', ['case'], '𐐀', '𐐨'],
    ['marks at the ends are trimmed', ['punctuation'], '“你好！”', '你好'],
    [
      'marks and white space at the ends are trimmed together',
      ['space', 'punctuation'],
      ' 你好 ！ ',
      '你好',
    ],
    ['marks inside stay', ['punctuation'], '你好，世界', '你好，世界'],
    ['marks that belong to names stay', ['case', 'punctuation'], 'C#', 'c#'],
    ['nothing asked for leaves case, width, script and space', [], ' Ａ訂  A！', ' Ａ訂  A！'],
    ['characters without width never count', [], '订\u200b阅\ufeff\u00ad', '订阅'],
    ['an emoji with and without its selector is one', usual, '❤️', '❤'],
    ['emoji stay', usual, '😀👨‍👩‍👧', '😀👨👩👧'],
    ['lone surrogates stay', usual, '\ud83da\ude00', '\ud83da\ude00'],
    ['the null character stays', usual, '\0', '\0'],
  ])('%s', (_title, folds, text, expected) => {
    expect(fold(text, folds)).toBe(expected);
  });

  test('holds a text that grows on every character', () => {
    expect(fold('ΐ'.repeat(10_000), ['case'])).toHaveLength(30_000);
  });

  test('changes nothing more the second time', () => {
    fc.assert(
      fc.property(arbitraryText, arbitraryFolds, (text, folds) => {
        expect(fold(fold(text, folds), folds)).toBe(fold(text, folds));
      }),
      { numRuns: 2000 },
    );
  });

  test('folds any text without throwing, to no white space at the ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = fold(text, usual);
        expect(folded).toBe(folded.trim());
      }),
      { numRuns: 2000 },
    );
  });

  test('folds both parts of a text as it folds the whole, white space aside', () => {
    const folds: Fold[] = ['case', 'width', 'script'];
    fc.assert(
      fc.property(arbitraryText, arbitraryText, (one, other) => {
        fc.pre(!/[\ud800-\udbff]$/u.test(one) || !/^[\udc00-\udfff]/u.test(other));
        expect(fold(one, folds) + fold(other, folds)).toBe(fold(one + other, folds));
      }),
      { numRuns: 2000 },
    );
  });

  test('does not tell upper from lower case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(fold(text.toUpperCase(), ['case'])).toBe(fold(text.toLowerCase(), ['case']));
      }),
    );
  });

  test('does not tell full from half width', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]*$/u), (text) => {
        const wide = Array.from(text, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
        expect(fold(wide.join(''), ['width'])).toBe(text);
      }),
    );
  });
});
