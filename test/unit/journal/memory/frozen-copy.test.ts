import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { frozenCopy } from '../../../../src/journal/memory/frozen-copy.js';

test('equals what it copies, whatever JSON can say', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expect(frozenCopy(value)).toEqual(value);
    }),
  );
});

test('keeps lone surrogates', () => {
  expect(frozenCopy({ text: '好 \ud83d' })).toEqual({ text: '好 \ud83d' });
});

test('cannot be changed, however deep', () => {
  const copy = frozenCopy({ list: [{ text: '一' }] });
  expect(() => Object.assign(copy.list[0] ?? {}, { text: '二' })).toThrow(TypeError);
  expect(() => copy.list.push({ text: '三' })).toThrow(TypeError);
});

test('leaves the original alone', () => {
  const original = { list: ['一'] };
  const copy = frozenCopy(original);
  original.list.push('二');
  expect(copy).toEqual({ list: ['一'] });
});

test('keeps a key that is called __proto__ an ordinary key', () => {
  const copy = frozenCopy(JSON.parse('{"__proto__":{"polluted":true}}') as object);
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  expect(Object.keys(copy)).toEqual(['__proto__']);
});
