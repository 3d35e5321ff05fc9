import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  readLosslessJson,
  tryLosslessJson,
} from '../../../../src/adapters/shared/lossless-json.js';

test('an integer beyond 2^53 becomes a text of its digits', () => {
  expect(readLosslessJson('{"messageId":430843814853214338}')).toEqual({
    messageId: '430843814853214338',
  });
  expect(readLosslessJson('[9223372036854775807,-9223372036854775808]')).toEqual([
    '9223372036854775807',
    '-9223372036854775808',
  ]);
  expect(readLosslessJson(' 430843814853214338 ')).toBe('430843814853214338');
});

test('numbers that a double holds, fractions and exponents stay numbers', () => {
  const source = '[0,-1,1558350862502,1.5,0.12345678901234567,1e21,1.0e5,-0.5]';
  expect(readLosslessJson(source)).toEqual(JSON.parse(source));
});

test('what stands in quotes is never touched', () => {
  const text =
    'say {"messageId":123456789012345678} \\" 987654321098765432 : [12345678901234567890]';
  const source = `{"a":${JSON.stringify(text)},"b":430843814853214338}`;
  expect(readLosslessJson(source)).toEqual({ a: text, b: '430843814853214338' });
});

test('every text survives beside every id', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.constantFrom('', ' ', '\n\t'),
      (text, id, space) => {
        const quoted = JSON.stringify(text);
        const source = `{${quoted}${space}:${space}[${id}${space},${quoted}]}`;
        const [found, kept] = Object.values(readLosslessJson(source) as object)[0] as unknown[];
        expect(String(found)).toBe(String(id));
        expect(kept).toBe(JSON.parse(quoted));
      },
    ),
  );
});

test('every JSON without long integers reads as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), (source) => {
      fc.pre(!/\d{16}/u.test(source));
      expect(readLosslessJson(source)).toEqual(JSON.parse(source));
    }),
  );
});

test('what is no JSON stays none, also around long numbers', () => {
  const broken = [
    '',
    '{',
    '{430843814853214338:1}',
    '{"a":0430843814853214338}',
    '{"a":430843814853214338x}',
    '"a"430843814853214338',
    '{"a":"b',
    '--430843814853214338',
    '430843814853214338.',
  ];
  for (const source of broken) {
    expect(() => readLosslessJson(source)).toThrow(SyntaxError);
    expect(tryLosslessJson(source)).toBeUndefined();
  }
});

test('any bytes at all are refused or read, never more', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('"', '\\', '1', '9', '.', ':', '{', '}', ',') }),
      (source) => {
        const isJson = (() => {
          try {
            JSON.parse(source);
            return true;
          } catch {
            return false;
          }
        })();
        expect(tryLosslessJson(source) !== undefined).toBe(isJson);
      },
    ),
  );
});

test('a key named __proto__ stays a key', () => {
  const read = readLosslessJson('{"__proto__":{"polluted":430843814853214338}}') as object;
  expect(Object.keys(read)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
});

test('nesting and escapes without end exhaust nothing', () => {
  expect(() => readLosslessJson('['.repeat(100_000) + ']'.repeat(100_000))).not.toThrow();
  const backslashes = JSON.stringify('\\'.repeat(500_000));
  expect(readLosslessJson(backslashes)).toHaveLength(500_000);
});
