import { expect, test } from 'vitest';
import { createEventBuffer } from '../../../src/runtime/event-buffer.js';

function sample(limit: number) {
  const lost: number[] = [];
  const got: number[] = [];
  let full = 0;
  const buffer = createEventBuffer<number>(limit, {
    onFull: () => {
      full += 1;
    },
    onLost: (item) => lost.push(item),
  });
  const open = () => buffer.open((item) => got.push(item));
  return { buffer, open, seen: () => ({ got, lost, full }) };
}

test('hands over what was kept, in order, and what comes later at once', () => {
  const { buffer, open, seen } = sample(10);
  buffer.push(1);
  buffer.push(2);
  open();
  buffer.push(3);
  expect(seen()).toEqual({ got: [1, 2, 3], lost: [], full: 0 });
});

test('loses the oldest when it is full, and says so once', () => {
  const { buffer, open, seen } = sample(2);
  for (const item of [1, 2, 3, 4]) buffer.push(item);
  open();
  expect(seen()).toEqual({ got: [3, 4], lost: [1, 2], full: 1 });
});

test('loses everything when there will be nobody to take it', () => {
  const { buffer, seen } = sample(2);
  buffer.push(1);
  buffer.discard();
  buffer.push(2);
  expect(seen()).toEqual({ got: [], lost: [1, 2], full: 0 });
});

test('loses the oldest when they take too much memory, and never the newest', () => {
  const lost: string[] = [];
  const got: string[] = [];
  const buffer = createEventBuffer<string>(100, {
    onFull: () => {},
    onLost: (item) => lost.push(item),
    bytesOf: (item) => item.length,
    maxBytes: 10,
  });
  for (const item of ['aaaa', 'bbbb', 'cccc', 'd'.repeat(50)]) buffer.push(item);
  buffer.open((item) => got.push(item));
  expect(lost).toEqual(['aaaa', 'bbbb', 'cccc']);
  expect(got).toEqual(['d'.repeat(50)]);
});
