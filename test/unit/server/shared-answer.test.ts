import { expect, test } from 'vitest';
import { metricsRoutes } from '../../../src/server/metrics/metrics-routes.js';
import { createPrometheusMetrics } from '../../../src/server/metrics/prometheus-metrics.js';
import { sharedAnswer } from '../../../src/server/shared-answer.js';

/** Work that is counted, takes so long, and answers how often it was done. */
function counted(tookMs = 0) {
  let time = 0;
  let count = 0;
  const work = async () => {
    count += 1;
    time += tookMs;
    return count;
  };
  return { work, now: () => time, pass: (ms: number) => (time += ms) };
}

test('an answer is shared for a second, then asked for again', async () => {
  const { work, now, pass } = counted();
  const ask = sharedAnswer(work, { now });
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  pass(999);
  expect(await ask()).toBe(1);
  pass(1);
  expect(await ask()).toBe(2);
});

test('work that takes long takes at most a fiftieth of the time', async () => {
  const { work, now, pass } = counted(200);
  const ask = sharedAnswer(work, { now });
  await ask();
  pass(9999);
  expect(await ask()).toBe(1);
  pass(1);
  expect(await ask()).toBe(2);
});

test('a failure is shared, and over with its time', async () => {
  const { work, now, pass } = counted();
  const ask = sharedAnswer(
    async () => {
      if ((await work()) === 1) throw new Error('disk full');
      return 'well';
    },
    { now },
  );
  await expect(ask()).rejects.toThrow('disk full');
  await expect(ask()).rejects.toThrow('disk full');
  pass(1000);
  expect(await ask()).toBe('well');
});

test('however many read the metrics at once, the text is made once', async () => {
  let asked = 0;
  const prometheus = createPrometheusMetrics({
    stats: async () => {
      asked += 1;
      throw new Error('not needed');
    },
    rules: () => 1,
    bots: () => ({ expected: 1, online: 1 }),
    receivers: () => [],
  });
  const app = metricsRoutes(prometheus);
  const read = async () => await (await app.request('/')).text();
  const once = asked;
  const texts = await Promise.all(Array.from({ length: 50 }, read));
  const perText = asked - once;
  expect(new Set(texts).size).toBe(1);
  // Two gauges ask.
  expect(perText).toBe(2);
});
