import { describe, expect, test } from 'vitest';
import { createLoginLimit } from '../../../../src/console/access/login-limit.js';
import { manualClock } from '../../../support/manual-clock.js';

describe('the limit of logins', () => {
  test('gives five tries, then makes an address wait, twice as long each time', async () => {
    const clock = manualClock();
    const limit = createLoginLimit(clock);
    expect(Array.from({ length: 6 }, () => limit.take('a'))).toEqual([0, 0, 0, 0, 0, 1000]);
    const pauses: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      await clock.advance(limit.take('a'));
      expect(limit.take('a')).toBe(0);
      pauses.push(limit.take('a'));
    }
    expect(pauses.slice(0, 4)).toEqual([2000, 4000, 8000, 16_000]);
    expect(Math.max(...pauses)).toBe(15 * 60 * 1000);
  });

  test('does not make others wait, and forgets who knew the password', () => {
    const limit = createLoginLimit(manualClock());
    for (let n = 0; n < 6; n += 1) limit.take('a');
    expect(limit.take('b')).toBe(0);
    limit.passed('a');
    expect(limit.take('a')).toBe(0);
  });

  test('has a bound for all addresses together', async () => {
    const clock = manualClock();
    const limit = createLoginLimit(clock);
    const waits = Array.from({ length: 40 }, (_, n) => limit.take(`10.0.0.${n}`));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(30);
    expect(waits.at(-1)).toBe(60_000);
    await clock.advance(60_000);
    expect(limit.take('new')).toBe(0);
  });
});
