import { expect, test } from 'vitest';
import { createOnceAMinute } from '../../../src/core/once-a-minute.js';

test('each kind is told at once, then once a minute with what was left out', () => {
  let now = 0;
  const told: string[] = [];
  const onceAMinute = createOnceAMinute({ now: () => now });
  const happens = (kind: string) =>
    onceAMinute(kind, (more) => told.push(`${now} ${kind} ${more}`));
  for (const at of [0, 1000, 30_000, 59_999, 60_000, 60_001, 200_000]) {
    now = at;
    happens('a');
    if (at === 30_000) happens('b');
  }
  expect(told).toEqual(['0 a undefined', '30000 b undefined', '60000 a 3', '200000 a 1']);
});
