import { expect, test } from 'vitest';
import { createHeldAnswers } from '../../../../src/adapters/shared/held-answers.js';

const { signal } = new AbortController();
/** Longer than a test may take. */
const soon = () => Date.now() + 60_000;

test('gives what is said to the request of that conversation that waits longest', async () => {
  const held = createHeldAnswers<string>();
  const first = held.hold('a', { until: soon(), signal });
  const second = held.hold('a', { until: soon(), signal });
  const other = held.hold('b', { until: soon(), signal });
  const given = ['1', '2', '3'].map((answer) => held.give('a', answer));
  expect(given).toEqual([true, true, false]);
  expect(held.give('b', '4')).toBe(true);
  expect(await Promise.all([first, second, other])).toEqual(['1', '2', '4']);
});

test('lets go when the time is over, or was over already', async () => {
  const held = createHeldAnswers<string>();
  expect(await held.hold('a', { until: Date.now() + 20, signal })).toBeUndefined();
  expect(await held.hold('a', { until: Date.now() - 1, signal })).toBeUndefined();
  expect(held.give('a', '1')).toBe(false);
});

test('gives nothing to a sender that is gone', async () => {
  const held = createHeldAnswers<string>();
  const gone = new AbortController();
  const first = held.hold('a', { until: soon(), signal: gone.signal });
  const second = held.hold('a', { until: soon(), signal });
  gone.abort();
  expect(await first).toBeUndefined();
  held.give('a', '1');
  expect(await second).toBe('1');
  expect(await held.hold('a', { until: soon(), signal: gone.signal })).toBeUndefined();
});

test('holds nothing while it is closed', async () => {
  const held = createHeldAnswers<string>();
  const waiting = held.hold('a', { until: soon(), signal });
  held.close();
  expect(await waiting).toBeUndefined();
  expect(await held.hold('a', { until: soon(), signal })).toBeUndefined();
  held.open();
  const again = held.hold('a', { until: soon(), signal });
  held.give('a', '1');
  expect(await again).toBe('1');
});
