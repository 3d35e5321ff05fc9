import { expect, test } from 'vitest';
import { growthOf, slowReadings, times } from '../../support/growth.js';

const worst = times('a');

const readers = {
  once: (input: string) => input.split('a').join('b').trimEnd(),
  anew: (input: string) => /a+$/u.test(`${input}b`),
  refusing: () => {
    throw new Error('refused');
  },
};

test('a reader that begins anew at every character is called slow, by its name', () => {
  expect(slowReadings(readers, { letters: worst })).toEqual([
    expect.stringMatching(/^anew: letters \(\d+\.\d times\)$/u),
  ]);
});

test('a reader that refuses at once costs nothing', () => {
  expect(growthOf({ worst, read: readers.refusing })).toBe(1);
});
