import { describe, expect, test } from 'vitest';
import { createLoginLimit } from '../../../../src/console/access/login-limit.js';
import { createMemorySharedState } from '../../../../src/journal/memory-shared-state.js';
import { manualClock } from '../../../support/manual-clock.js';

/** The limit of two instances, and the clock of both. */
function sample() {
  const clock = manualClock();
  const state = createMemorySharedState(clock);
  return { clock, limit: createLoginLimit(state, clock), other: createLoginLimit(state, clock) };
}

describe('the limit of logins', () => {
  test('gives five tries, then makes an address wait, twice as long each time', async () => {
    const { clock, limit, other } = sample();
    const waits: number[] = [];
    for (let n = 0; n < 6; n += 1) waits.push(await (n % 2 ? limit : other).take('a'));
    expect(waits).toEqual([0, 0, 0, 0, 0, 1000]);
    const pauses: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      await clock.advance(await limit.take('a'));
      expect(await limit.take('a')).toBe(0);
      pauses.push(await other.take('a'));
    }
    expect(pauses.slice(0, 4)).toEqual([2000, 4000, 8000, 16_000]);
    expect(Math.max(...pauses)).toBe(15 * 60 * 1000);
  });

  test('counts tries that come at the same time', async () => {
    const { limit, other } = sample();
    const tries = Array.from({ length: 12 }, (_, n) => (n % 2 ? limit : other).take('a'));
    const waits = await Promise.all(tries);
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  });

  test('does not make others wait, and forgets who knew the password', async () => {
    const { limit } = sample();
    for (let n = 0; n < 6; n += 1) await limit.take('a');
    expect(await limit.take('b')).toBe(0);
    await limit.passed('a');
    expect(await limit.take('a')).toBe(0);
  });

  test('makes nobody wait for hours when the clock was set back', async () => {
    const { clock, limit } = sample();
    for (let n = 0; n < 6; n += 1) await limit.take('a');
    clock.set(-5 * 60 * 60 * 1000);
    expect(await limit.take('a')).toBeLessThanOrEqual(15 * 60 * 1000);
  });

  test('has a bound for all addresses together', async () => {
    const { clock, limit } = sample();
    const waits: number[] = [];
    for (let n = 0; n < 40; n += 1) waits.push(await limit.take(`10.0.0.${n}`));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(30);
    expect(waits.at(-1)).toBe(60_000);
    await clock.advance(60_000);
    expect(await limit.take('new')).toBe(0);
  });

  test('lets in who logged in before, however many others guess', async () => {
    const { clock, limit, other } = sample();
    await limit.take('mine');
    await limit.passed('mine');
    await clock.advance(29 * 24 * 60 * 60 * 1000);
    const guesses = () =>
      Array.from({ length: 40 }, async (_, n) => await limit.take(`10.0.${n}.1`));
    const waits = await Promise.all(guesses());
    expect(waits.filter((wait) => wait > 0)).not.toEqual([]);
    expect(await limit.take('stranger')).toBeGreaterThan(0);
    expect(await other.take('mine')).toBe(0);
    // It is bound by its own tries all the same.
    const own: number[] = [];
    for (let n = 0; n < 6; n += 1) own.push(await limit.take('mine'));
    expect(own).toEqual([0, 0, 0, 0, 1000, 1000]);
    await limit.passed('mine');
    await clock.advance(31 * 24 * 60 * 60 * 1000);
    await Promise.all(guesses());
    expect(await limit.take('mine')).toBeGreaterThan(0);
  });
});
