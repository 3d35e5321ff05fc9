import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { retryDelay } from '../../../src/delivery/retry-delay.js';

const options = {
  attempts: 5,
  backoffMs: 1000,
  maxDelayMs: 30_000,
  onTimeout: false,
  onBrokenStream: false,
};
const state = { attempts: 1, now: 0, deadline: 300_000 };
const most = () => 0.999_999;

test.each([
  [1, 999],
  [2, 1999],
  [3, 3999],
  [4, 7999],
])('after call %i the longest pause is %i ms', (attempts, delay) => {
  expect(retryDelay(options, { ...state, attempts }, most)).toBe(delay);
});

test('no pause is longer than maxDelay', () => {
  const patient = { ...options, attempts: 100 };
  expect(retryDelay(patient, { ...state, attempts: 90 }, most)).toBe(29_999);
});

test('any part of the pause may be waited', () => {
  expect(retryDelay(options, state, () => 0)).toBe(0);
});

test('what the receiver asked for is waited, even beyond maxDelay', () => {
  expect(retryDelay(options, { ...state, afterMs: 60_000 }, most)).toBe(60_000);
});

test.each([
  ['the attempts are used up', { attempts: 5 }],
  ['the deadline has passed', { now: 300_000 }],
  ['the receiver asks for more than is left', { afterMs: 300_000 }],
])('there is no further call when %s', (_when, part) => {
  expect(retryDelay(options, { ...state, ...part }, most)).toBeUndefined();
});

test('the last pause is shortened to what is left', () => {
  expect(retryDelay(options, { ...state, attempts: 4, now: 299_000 }, most)).toBe(999);
});

describe('for any options', () => {
  test('a pause lies between what was asked for and the larger of it and the bound', () => {
    const anything = fc.record({
      attempts: fc.integer({ min: 1, max: 50 }),
      backoffMs: fc.integer({ min: 0, max: 100_000 }),
      maxDelayMs: fc.integer({ min: 0, max: 100_000 }),
      made: fc.integer({ min: 1, max: 2000 }),
      afterMs: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: 0 }),
      left: fc.integer({ min: -10, max: 1_000_000 }),
      random: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
    });
    fc.assert(
      fc.property(anything, ({ attempts, backoffMs, maxDelayMs, made, afterMs, left, random }) => {
        const delay = retryDelay(
          { attempts, backoffMs, maxDelayMs, onTimeout: false, onBrokenStream: false },
          { attempts: made, afterMs, now: 1000, deadline: 1000 + left },
          () => random,
        );
        const mustEnd = made >= attempts || left <= 0 || afterMs >= left;
        expect(delay === undefined).toBe(mustEnd);
        if (delay === undefined) return;
        expect(delay).toBeGreaterThanOrEqual(afterMs);
        expect(delay).toBeLessThanOrEqual(Math.max(afterMs, maxDelayMs));
        expect(delay).toBeLessThan(left);
      }),
    );
  });
});
