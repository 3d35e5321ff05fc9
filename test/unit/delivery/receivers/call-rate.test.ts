import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallRate } from '../../../../src/delivery/receivers/call-rate.js';

test('calls begin at once until the rate is used up, then when the oldest is past', () => {
  const rate = new CallRate();
  const limit = { count: 2, everyMs: 1000 };
  expect(rate.nextAt(limit, 100)).toBe(100);
  rate.add(100);
  rate.add(300);
  expect(rate.nextAt(limit, 400)).toBe(1100);
  expect(rate.nextAt(limit, 1100)).toBe(1100);
});

test('a rate that is lowered holds at once', () => {
  const rate = new CallRate();
  for (const at of [100, 200, 300]) rate.add(at);
  expect(rate.nextAt({ count: 1, everyMs: 1000 }, 400)).toBe(1300);
});

test('a clock that is set back does not block calls until it has caught up', () => {
  const rate = new CallRate();
  rate.add(3_600_000);
  expect(rate.nextAt({ count: 1, everyMs: 1000 }, 5000)).toBe(5000);
});

test('in no period are there more calls than allowed', () => {
  expect.hasAssertions();
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 1000 }),
      fc.array(fc.nat(400), { maxLength: 200 }),
      (count, everyMs, pauses) => {
        const rate = new CallRate();
        const made: number[] = [];
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          if (rate.nextAt({ count, everyMs }, now) > now) continue;
          rate.add(now);
          made.push(now);
        }
        const spans = made.slice(count).map((at, index) => at - (made[index] ?? 0));
        expect(Math.min(everyMs, ...spans)).toBe(everyMs);
      },
    ),
  );
});
