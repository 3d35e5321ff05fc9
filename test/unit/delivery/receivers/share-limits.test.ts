import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { CallRate, type Rate } from '../../../../src/delivery/receivers/call-rate.js';
import { shareLimits } from '../../../../src/delivery/receivers/share-limits.js';

test('one instance has all of it, several have a share, and each something', () => {
  const limits = { concurrency: 8, rate: { count: 20, everyMs: 1000 } };
  expect(shareLimits(limits, 1)).toBe(limits);
  expect(shareLimits(limits, 0)).toBe(limits);
  expect(shareLimits(limits, 3)).toEqual({ concurrency: 2, rate: { count: 6, everyMs: 1000 } });
  expect(shareLimits({ concurrency: 2 }, 5)).toEqual({ concurrency: 1 });
  expect(shareLimits({ rate: { count: 2, everyMs: 1000 } }, 5)).toEqual({
    rate: { count: 1, everyMs: 2500 },
  });
  expect(shareLimits({}, 5)).toEqual({});
});

/** How many calls all instances begin within `forMs` when each calls as soon as it may. */
function calls(rate: Rate, instances: number, forMs: number): number {
  const share = shareLimits({ rate }, instances).rate;
  if (share === undefined) throw new Error('There is a rate.');
  let count = 0;
  for (let instance = 0; instance < instances; instance += 1) {
    const own = new CallRate();
    for (let now = 0; now < forMs; now = own.nextAt(share, now)) {
      own.add(now);
      count += 1;
    }
  }
  return count;
}

test('in the long run all together keep to the rate, and leave less than half of it', () => {
  assert(
    property(
      integer({ min: 1, max: 50 }),
      integer({ min: 10, max: 1000 }),
      integer({ min: 1, max: 12 }),
      (count, everyMs, instances) => {
        const periods = 100;
        const made = calls({ count, everyMs }, instances, periods * everyMs);
        // The first of each come at once.
        expect(made).toBeLessThanOrEqual(count * periods + instances);
        expect(made).toBeGreaterThanOrEqual((count * periods) / 2 - instances);
      },
    ),
  );
});
