import { expect, test } from 'vitest';
import { createEventBuffer } from '../../../src/runtime/event-buffer.js';

test('hands over what was kept, in order, and what comes later at once', () => {
  const buffer = createEventBuffer<number>(10, () => {});
  const got: number[] = [];
  buffer.push(1);
  buffer.push(2);
  buffer.open((item) => got.push(item));
  buffer.push(3);
  expect(got).toEqual([1, 2, 3]);
});

test('drops the oldest when it is full, and says so once', () => {
  let drops = 0;
  const buffer = createEventBuffer<number>(2, () => {
    drops += 1;
  });
  const got: number[] = [];
  for (const item of [1, 2, 3, 4]) buffer.push(item);
  buffer.open((item) => got.push(item));
  expect([got, drops]).toEqual([[3, 4], 1]);
});

test('forgets everything when there will be nobody to take it', () => {
  const buffer = createEventBuffer<number>(2, () => {});
  const got: number[] = [];
  buffer.push(1);
  expect(buffer.discard()).toBe(1);
  buffer.push(2);
  expect(got).toEqual([]);
});
