import { expect, test } from 'vitest';
import { Spread } from '../../../../src/delivery/receivers/spread.js';

const second = 1000;

function moments(spread: Spread, count: number, everyMs?: number): number[] {
  return Array.from({ length: count }, () => spread.next(5 * second, 0, everyMs));
}

test('the first to wait comes back at the very moment', () => {
  expect(new Spread(() => 0.999).next(5 * second, 0)).toBe(5 * second);
});

test('ten thousand come back over twenty seconds, about 500 in each', () => {
  let turn = 0;
  const even = () => {
    turn = (turn + 0.618_034) % 1;
    return turn;
  };
  const spread = new Spread(even);
  moments(spread, 10_000);
  // Each looks again once; by now all 10,000 are known to wait.
  const at = moments(spread, 10_000);
  const bySecond = new Map<number, number>();
  for (const moment of at) {
    const key = Math.floor(moment / second);
    bySecond.set(key, (bySecond.get(key) ?? 0) + 1);
  }
  expect(Math.max(...at)).toBeLessThanOrEqual(35 * second);
  expect(Math.max(...bySecond.values())).toBeLessThan(700);
});

test('they come back sooner to a receiver that is quick', () => {
  const at = moments(new Spread(() => 0.999), 1000, 0.2);
  expect(Math.max(...at)).toBeLessThanOrEqual(5.2 * second);
});

test('those whose moment has passed wait no more', () => {
  const spread = new Spread(() => 0.5);
  moments(spread, 10_000);
  expect(spread.next(100 * second, 99 * second)).toBe(100 * second);
});
