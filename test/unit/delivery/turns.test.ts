import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from '../../../src/delivery/turns.js';

test('lets so many through in one turn of the event loop, in their order', async () => {
  const turns = createTurns(3);
  const order: number[] = [];
  for (let n = 0; n < 8; n += 1) void turns.take().then(() => order.push(n));
  await Promise.resolve();
  expect(order).toEqual([0, 1, 2]);
  await nextTurn();
  expect(order).toEqual([0, 1, 2, 3, 4, 5]);
  await nextTurn();
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('keeps nobody who comes alone', async () => {
  const turns = createTurns(1);
  for (let n = 0; n < 3; n += 1) {
    await turns.take();
    await nextTurn();
  }
  const order: string[] = [];
  setImmediate(() => order.push('loop'));
  await turns.take().then(() => order.push('turn'));
  expect(order).toEqual(['turn']);
});

test('gives late comers no turn of those who wait', async () => {
  const turns = createTurns(2);
  const order: string[] = [];
  for (const name of ['a', 'b', 'c', 'd']) void turns.take().then(() => order.push(name));
  await nextTurn();
  void turns.take().then(() => order.push('late'));
  await Promise.resolve();
  expect(order).toEqual(['a', 'b', 'c', 'd']);
  await nextTurn();
  expect(order.at(-1)).toBe('late');
});
