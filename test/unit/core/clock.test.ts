import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';

test('any number of sleeps may share a signal, and Node warns of no leak', async () => {
  const warnings: string[] = [];
  const note = (warning: Error) => warnings.push(warning.name);
  process.on('warning', note);
  const stopping = new AbortController();
  const sleeps = Array.from({ length: 50 }, () => systemClock.sleep(60_000, stopping.signal));
  const ended = Promise.allSettled(sleeps);
  stopping.abort();
  expect((await ended).map(({ status }) => status)).toEqual(Array(50).fill('rejected'));
  // A warning is emitted at the next tick.
  await setImmediate();
  process.off('warning', note);
  expect(warnings).toEqual([]);
});
