import { beforeEach, expect, test } from 'vitest';
import type { Alert } from '../../../src/alerts/alert.js';
import { FailedTasks } from '../../../src/alerts/failed-tasks.js';
import { type ManualClock, manualClock } from '../../support/manual-clock.js';

const everyMs = 600_000;
const start = Date.UTC(2026, 0, 1);
let clock: ManualClock;
let tasks: FailedTasks;
let told: Alert[];

beforeEach(() => {
  clock = manualClock(start);
  told = [];
  tasks = new FailedTasks({ everyMs, clock, send: (alert) => told.push(alert) });
});

const fail = (rule: string, reason: string, count = 1) => {
  for (let index = 0; index < count; index += 1) tasks.add({ rule, reason });
};

test('what fails together is told together', async () => {
  fail('订阅', 'http-500', 30);
  await clock.advance(5000);
  fail('weather', 'timeout', 2);
  expect(told).toEqual([]);
  await clock.advance(5000);
  expect(told).toEqual([
    {
      kind: 'tasks-failed',
      status: 'firing',
      subject: 'tasks',
      since: start,
      at: start + 10_000,
      details: { count: 32, rules: ['订阅', 'weather'], reasons: ['http-500', 'timeout'] },
      text: {
        en: expect.stringMatching(
          /^Tasks given up: 32\. Rules: 订阅, weather\. First reasons: http-500; timeout\./u,
        ),
        zh: expect.stringMatching(
          /^放弃了 32 个任务。规则：订阅、weather。最初的原因：http-500；timeout。/u,
        ),
      },
    },
  ]);
});

test('what fails later is counted anew, and told once in the time', async () => {
  fail('a', 'http-500');
  await clock.advance(10_000);
  fail('a', 'http-500', 3);
  await clock.advance(everyMs - 1);
  expect(told).toHaveLength(1);
  await clock.advance(1);
  await clock.advance(10 * everyMs);
  expect(told.map(({ details }) => details['count'])).toEqual([1, 3]);
  fail('a', 'http-500');
  await clock.advance(10_000);
  expect(told).toHaveLength(3);
});

test('no more than the first rules and reasons are kept', async () => {
  for (let index = 0; index < 1000; index += 1)
    fail(`rule ${index}`, `reason ${index} ${'x'.repeat(500)}`);
  await clock.advance(10_000);
  expect(told[0]?.details['rules']).toHaveLength(10);
  expect(told[0]?.details['reasons']).toHaveLength(5);
  expect(JSON.stringify(told[0]).length).toBeLessThan(5000);
});

test('nothing is told after the end', async () => {
  fail('a', 'http-500');
  tasks.close();
  await clock.advance(everyMs);
  expect([told, clock.sleeping]).toEqual([[], 0]);
});
