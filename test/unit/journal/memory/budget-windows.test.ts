import { expect, test } from 'vitest';
import { BudgetWindows } from '../../../../src/journal/memory/budget-windows.js';

const budget = { count: 1, everyMs: 1000 };

test('forgets periods that have ended, whoever asks', () => {
  const windows = new BudgetWindows();
  for (let n = 0; n < 500; n += 1) windows.admit(`用户-${n}`, 'event', { budget, now: n });
  expect(windows.size).toBe(500);
  windows.admit('another', 'event', { budget, now: 1250 });
  expect(windows.size).toBe(250);
});

test('does not grow while the same keys come again and again', () => {
  const windows = new BudgetWindows();
  for (let now = 0; now < 100_000; now += 10) {
    windows.admit(`用户-${now % 7}`, `event-${now}`, { budget, now });
  }
  expect(windows.size).toBeLessThanOrEqual(7);
});
