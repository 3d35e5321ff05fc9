import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TextLimit } from '../../../../src/core/puppet-extras.js';
import { splitText } from '../../../../src/core/text/split-text.js';
import { timed } from '../../../support/timed.js';

const characters = (max: number): TextLimit => ({ unit: 'characters', max });
const bytes = (max: number): TextLimit => ({ unit: 'bytes', max });

/** Counts as platforms do, apart from the code under test. */
function sizeOf(text: string, { unit }: TextLimit): number {
  return unit === 'bytes' ? new TextEncoder().encode(text).length : text.length;
}

function withoutWhiteSpace(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD').replace(/\s/gu, '');
}

const family = '👨‍👩‍👧‍👦';
const usual = [
  '订',
  '阅',
  'a',
  'B',
  ' ',
  '\n',
  '\n\n',
  '\t',
  '。',
  '！',
  '. ',
  '?',
  '，',
  '「',
  '」',
];
const joined = ['😀', family, '🇨🇳', 'e\u0301', '\u0301', '\u200d', '\u3000', '한', 'นี้'];
const halves = ['\ud83d', '\ude00'];
const word = fc.constantFrom(...usual, ...joined, ...halves);
const text = fc.oneof(
  fc.array(word, { maxLength: 200 }).map((list) => list.join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(fc.integer({ min: 0xd7_00, max: 0xe0_ff }))
    .map((codes) => String.fromCharCode(...codes)),
);
const limit = fc.record<TextLimit>({
  unit: fc.constantFrom('bytes', 'characters'),
  max: fc.integer({ min: 4, max: 60 }),
});

describe('any text, any limit', () => {
  test('every piece fits and none is blank', () => {
    fc.assert(
      fc.property(text, limit, (whole, most) => {
        for (const piece of splitText(whole, most)) {
          expect(sizeOf(piece, most)).toBeLessThanOrEqual(most.max);
          expect(piece.trim()).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the pieces in order are the text, but for white space', () => {
    fc.assert(
      fc.property(text, limit, (whole, most) => {
        const said = splitText(whole, most).join('');
        expect(withoutWhiteSpace(said)).toBe(withoutWhiteSpace(whole));
      }),
      { numRuns: 500 },
    );
  });

  test('no piece holds half a surrogate pair', () => {
    fc.assert(
      fc.property(text, limit, (whole, most) => {
        for (const piece of splitText(whole, most)) expect(piece).not.toMatch(/\p{Surrogate}/u);
      }),
      { numRuns: 500 },
    );
  });

  test('the first piece leaves the room that is reserved', () => {
    fc.assert(
      fc.property(text, limit, fc.integer({ min: 0, max: 30 }), (whole, most, reserved) => {
        const [first = ''] = splitText(whole, { ...most, max: most.max + reserved }, reserved);
        expect(sizeOf(first, most)).toBeLessThanOrEqual(most.max);
      }),
    );
  });
});

test('a text that fits is left as it is, white space included', () => {
  expect(splitText('  第一行\n\n  第二行 😀 \n', characters(2000))).toEqual([
    '  第一行\n\n  第二行 😀 \n',
  ]);
});

test.each(['', ' ', '\n\t\u3000'])('a blank text %j has no pieces', (blank) => {
  expect(splitText(blank, characters(10))).toEqual([]);
});

test('a text of exactly the limit is one piece', () => {
  expect(splitText('订阅周', bytes(9))).toEqual(['订阅周']);
});

test.each([
  ['a paragraph', 'one two. three\n\nfour. five six', ['one two. three', 'four. five six']],
  [
    'a line',
    '第一句。第二句\n第三句。第四句呀第五句',
    ['第一句。第二句', '第三句。第四句呀第五句'],
  ],
  ['a Chinese sentence', '今天天气很好。我们去公园散步吧', ['今天天气很好。', '我们去公园散步吧']],
  [
    'a quoted sentence',
    '他说：「走吧。」然后我们出发去了',
    ['他说：「走吧。」', '然后我们出发去了'],
  ],
  [
    'an English sentence',
    'It is 3.14! Right? Yes of course',
    ['It is 3.14! Right?', 'Yes of course'],
  ],
  ['a clause', '今天天气很好，我们去公园散步吧', ['今天天气很好，', '我们去公园散步吧']],
  ['a word', 'subscribe to the weekly', ['subscribe to', 'the weekly']],
])('cuts at %s where there is one in the second half', (_where, whole, pieces) => {
  const max = Math.max(...pieces.map((piece) => piece.length));
  expect(splitText(whole, characters(max))).toEqual(pieces);
});

test('a number or a host name is not taken for the end of a sentence', () => {
  const pieces = splitText('see example.com for 1,000', characters(14));
  expect(pieces).toEqual(['see', 'example.com', 'for 1,000']);
});

test('a long address that fits a piece is kept whole', () => {
  const url = 'https://example.com/weekly?issue=42';
  expect(splitText(`详情请看${url}谢谢`, characters(36))).toEqual(['详情请看', `${url}谢`, '谢']);
});

test('without any border it cuts between characters', () => {
  expect(splitText('订阅周报订阅周报', bytes(10))).toEqual(['订阅周', '报订阅', '周报']);
});

test.each([
  ['an emoji sequence', family],
  ['a flag', '🇨🇳'],
  ['an accented letter', 'e\u0301'],
  ['an emoji with a skin tone', '👍🏽'],
])('keeps %s whole when it fits', (_what, cluster) => {
  const pieces = splitText(cluster.repeat(7), characters(cluster.length * 3 - 1));
  expect(pieces).toEqual([cluster.repeat(2), cluster.repeat(2), cluster.repeat(2), cluster]);
});

test('an emoji sequence that does not fit is cut between its code points', () => {
  const pieces = splitText(family, bytes(10));
  expect(pieces.join('')).toBe(family);
  expect(pieces.length).toBeGreaterThan(1);
});

test('the indentation of the line after a cut stays', () => {
  expect(splitText('if (a) {\n    b();\n    c();\n}', characters(18))).toEqual([
    'if (a) {\n    b();',
    '    c();\n}',
  ]);
});

test('a piece that would be blank is left out', () => {
  expect(splitText(`一${' '.repeat(50)}二`, characters(10))).toEqual(['一', '二']);
});

test('lone surrogates become the replacement character', () => {
  expect(splitText('a\ud83db\ude00c', bytes(100))).toEqual(['a\uFFFDb\uFFFDc']);
});

test.each([bytes(3), characters(1), bytes(0)])(
  'a limit of $max $unit, under one code point, is refused',
  (tooSmall) => {
    expect(() => splitText('订', tooSmall)).toThrow(RangeError);
  },
);

test.each([
  ['Han without borders', '订'],
  ['one endless dot', '.'],
  ['line ends', 'a\n'],
  ['spaces', 'a '],
  ['emoji sequences', family],
  ['combining marks', '\u0301'],
  ['flags', '🇨🇳'],
])('splits a million characters of %s quickly', timed, (_what, unit) => {
  const whole = unit.repeat(Math.ceil(1_000_000 / unit.length));
  const start = performance.now();
  const pieces = splitText(whole, bytes(2048));
  expect(performance.now() - start).toBeLessThan(2000);
  expect(withoutWhiteSpace(pieces.join('')).length).toBe(withoutWhiteSpace(whole).length);
});
