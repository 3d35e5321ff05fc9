import { expect, test } from 'vitest';
import { growthOf } from '../../support/growth.js';

const text = (size: number) => 'a'.repeat(size);

test('a reader that goes once through its input grows as it does', () => {
  const read = (input: string) => [...input].map((one) => one.charCodeAt(0)).toSorted();
  expect(growthOf({ worst: text, read })).toBeLessThan(8);
});

test('a reader that begins anew at every character does not', () => {
  const read = (input: string) => /a+$/u.test(`${input}b`);
  expect(growthOf({ worst: text, read })).toBeGreaterThan(10);
});

test('a reader that refuses at once costs nothing', () => {
  const read = () => {
    throw new Error('refused');
  };
  expect(growthOf({ worst: text, read })).toBe(1);
});
