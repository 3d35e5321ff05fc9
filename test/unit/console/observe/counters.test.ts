import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCalls } from '../../../../src/console/observe/calls.js';
import { createFeed } from '../../../../src/console/observe/feed.js';
import { Histogram } from '../../../../src/console/observe/histogram.js';
import { createMinutes } from '../../../../src/console/observe/minutes.js';
import { createReceiverTimes } from '../../../../src/console/observe/receiver-times.js';
import { createRuleStats } from '../../../../src/console/observe/rule-stats.js';
import { manualClock } from '../../../support/manual-clock.js';

const minute = 60_000;

describe('a histogram', () => {
  test('knows a percentile to a tenth', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1 }),
        fc.constantFrom(0.5, 0.95, 1),
        (durations, share) => {
          const [one, other] = [new Histogram(), new Histogram()];
          durations.forEach((ms, index) => (index % 2 ? one : other).add(ms));
          one.merge(other);
          const exact =
            durations.toSorted((a, b) => a - b)[Math.ceil(durations.length * share) - 1] ?? 0;
          expect(one.total).toBe(durations.length);
          expect(one.quantile(share)).toBeGreaterThanOrEqual(Math.floor(exact * 0.999));
          expect(one.quantile(share)).toBeLessThanOrEqual(Math.ceil(exact * 1.1) + 1);
        },
      ),
    );
    expect(new Histogram().quantile(0.5)).toBeUndefined();
  });
});

describe('counts for charts', () => {
  test('cover an hour in minutes and a day in quarters, and forget what is older', async () => {
    const clock = manualClock();
    const minutes = createMinutes(() => clock.now());
    minutes.count('messages');
    minutes.spoken(100);
    await clock.advance(30 * minute);
    minutes.count('messages');
    minutes.count('failures');
    const hour = minutes.charts('hour').points;
    expect(hour).toHaveLength(60);
    expect(hour.filter(({ messages }) => messages > 0).map(({ at }) => at)).toEqual([
      clock.now() - 30 * minute,
      clock.now(),
    ]);
    expect(hour[29]?.p95Ms).toBeGreaterThanOrEqual(100);
    expect(hour.at(-1)).toMatchObject({ failures: 1, tasks: 0 });
    const day = minutes.charts('day');
    expect([day.stepMs, day.points.length]).toEqual([15 * minute, 96]);
    expect(day.points.reduce((sum, { messages }) => sum + messages, 0)).toBe(2);
    await clock.advance(25 * 60 * minute);
    expect(minutes.charts('day').points.every(({ messages }) => messages === 0)).toBe(true);
  });
});

describe('the times of a receiver', () => {
  test('are those of the last hour', async () => {
    const clock = manualClock();
    const times = createReceiverTimes(() => clock.now());
    times.note('http://a', 100, false);
    times.note('http://a', 1000, true);
    expect(times.lastHour('http://a')).toMatchObject({ calls: 2, failures: 1 });
    expect(times.lastHour('http://b')).toEqual({ calls: 0, failures: 0 });
    await clock.advance(61 * minute);
    expect(times.lastHour('http://a').calls).toBe(0);
  });

  test('are kept of so many only', () => {
    const times = createReceiverTimes(Date.now);
    for (let n = 0; n < 201; n += 1) times.note(`http://${n}`, 1, false);
    expect(times.lastHour('http://0').calls).toBe(0);
    expect(times.lastHour('http://200').calls).toBe(1);
  });
});

describe('hits of rules', () => {
  test('begin anew at midnight', async () => {
    const clock = manualClock(new Date(2026, 0, 1, 23, 59).getTime());
    const stats = createRuleStats(() => clock.now());
    stats.hit('a');
    stats.hit('a');
    expect(stats.of('a').hitsToday).toBe(2);
    await clock.advance(2 * minute);
    expect(stats.of('a').hitsToday).toBe(0);
    stats.hit('a');
    expect(stats.of('a').hitsToday).toBe(1);
    expect(stats.of('b')).toEqual({ hitsToday: 0 });
  });

  test('have the newest failure, in whatever order they come', () => {
    const stats = createRuleStats(Date.now);
    stats.failed('a', { at: 2, task: 'new', reason: 'x' });
    stats.failed('a', { at: 1, task: 'old', reason: 'x' });
    expect(stats.of('a').lastFailure?.task).toBe('new');
  });
});

const item = (at: number) => ({ kind: 'rules', at }) as const;

describe('the feed', () => {
  test('gives who comes back what came meanwhile, and says what is lost', () => {
    const feed = createFeed(Date.now, () => Infinity);
    for (let n = 1; n <= 2500; n += 1) feed.publish(item(n));
    expect(feed.last).toBe(2500);
    expect(feed.after(2498).items.map(({ id }) => id)).toEqual([2499, 2500]);
    expect(feed.after(2498).missed).toBe(0);
    expect(feed.after(100)).toMatchObject({ missed: 400 });
    expect(feed.after(100).items).toHaveLength(2000);
    // The number of a program that has been started anew since.
    expect(feed.after(9999).items).toHaveLength(2000);
  });

  test('says to who followed an earlier run of the program that something is missed', () => {
    const feed = createFeed(Date.now, () => Infinity, 1000);
    feed.publish(item(1));
    expect(feed.last).toBe(1001);
    for (const former of [7, 2000]) {
      expect(feed.after(former)).toMatchObject({ items: [{ id: 1001 }], missed: 1 });
    }
    expect(feed.after(1000)).toMatchObject({ items: [{ id: 1001 }], missed: 0 });
    expect(feed.after(0)).toMatchObject({ items: [{ id: 1001 }], missed: 0 });
  });

  test('forgets what is of one person', () => {
    const feed = createFeed(Date.now, () => Infinity);
    feed.publish(item(1), 'alice');
    feed.publish(item(2), 'bob');
    feed.forget('alice');
    expect(feed.after(0).items.map(({ id }) => id)).toEqual([2]);
  });

  test('tells followers until they have enough', () => {
    const feed = createFeed(Date.now, () => Infinity);
    const told: number[] = [];
    const stop = feed.follow(({ id }) => told.push(id));
    feed.publish(item(1));
    stop();
    feed.publish(item(2));
    expect(told).toEqual([1]);
  });
});

describe('calls', () => {
  test('are remembered, the newest thousand or two', () => {
    const calls = createCalls(() => Infinity);
    const call = { origin: 'http://a', durationMs: 1, response: {} };
    const request = { method: 'POST', url: 'http://a/', headers: {} } as const;
    for (let n = 0; n < 5000; n += 1) calls.add({ ...call, task: `${n}`, at: n, request });
    expect(calls.of('2999')).toEqual([]);
    expect(calls.of('4999')).toHaveLength(1);
    calls.forget((task) => task === '4999');
    expect(calls.of('4999')).toEqual([]);
  });
});
