import { expect, test } from 'vitest';
import { readTime } from '../../../../src/cli/asked/read-time.js';
import { UsageError } from '../../../../src/cli/report/usage-error.js';

test.each([
  ['2026-11-20T09:30+08:00', Date.UTC(2026, 10, 20, 1, 30)],
  ['2026-11-20T09:30:15Z', Date.UTC(2026, 10, 20, 9, 30, 15)],
  ['2026-11-20T09:30:15.250Z', Date.UTC(2026, 10, 20, 9, 30, 15, 250)],
  [' 2026-11-20 09:30+08:00 ', Date.UTC(2026, 10, 20, 1, 30)],
])('%s is read with its zone', (text, at) => {
  expect(readTime(text)).toBe(at);
});

test.each([
  ['2026-11-20T09:30', new Date(2026, 10, 20, 9, 30)],
  ['2026-11-20 09:30:15', new Date(2026, 10, 20, 9, 30, 15)],
  ['2026-11-20', new Date(2026, 10, 20)],
])('%s is read in the zone of this computer', (text, time) => {
  expect(readTime(text)).toBe(time.getTime());
});

test('what else may be written stands in the error', () => {
  const orElse = { en: '1h (ago), ', zh: '1h（前）、' };
  expect(() => readTime('yesterday', '--since', orElse)).toThrow(
    '--since does not understand "yesterday"; write it like 1h (ago), 2026-11-',
  );
});

test.each(['', 'yesterday', '12', '2026-02-30T09:30', '2026-11-20T25:00', '明天'])(
  '"%s" is refused with an example',
  (text) => {
    expect(() => readTime(text)).toThrow(UsageError);
    expect(() => readTime(text)).toThrow(/2026-11-20T09:30/u);
  },
);
