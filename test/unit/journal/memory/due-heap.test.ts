import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DueHeap } from '../../../../src/journal/memory/due-heap.js';

test('has nothing due when empty', () => {
  const heap = new DueHeap<string>();
  expect(heap.firstAt).toBeUndefined();
  expect([...heap.due(Infinity)]).toEqual([]);
});

test('gives out what is due, the earliest first, and keeps the rest', () => {
  const heap = new DueHeap<string>();
  heap.set('late', 30);
  heap.set('early', 10);
  heap.set('middle', 20);
  expect(heap.firstAt).toBe(10);
  expect([...heap.due(20)]).toEqual(['early', 'middle']);
  expect(heap.firstAt).toBe(30);
});

test('gives out what is due at the same time in the order of coming', () => {
  const heap = new DueHeap<string>();
  for (const item of ['1', '2', '3', '4', '5']) heap.set(item, 7);
  expect([...heap.due(7)]).toEqual(['1', '2', '3', '4', '5']);
});

test('moves an item that is set again', () => {
  const heap = new DueHeap<string>();
  heap.set('one', 10);
  heap.set('two', 20);
  heap.set('one', 30);
  expect(heap.size).toBe(2);
  expect([...heap.due(Infinity)]).toEqual(['two', 'one']);
});

test('forgets a deleted item', () => {
  const heap = new DueHeap<string>();
  heap.set('one', 10);
  expect(heap.delete('one')).toBe(true);
  expect(heap.delete('one')).toBe(false);
  expect(heap.firstAt).toBeUndefined();
});

test('does what sorting a list does, whatever is set and deleted', () => {
  const step = fc.record({
    item: fc.nat(30),
    at: fc.nat(20),
    kind: fc.constantFrom('set', 'delete'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.nat(20), (steps, now) => {
      const heap = new DueHeap<number>();
      // Deleted before it is set: a Map then lists the items in the order of their last setting.
      const list = new Map<number, number>();
      for (const { item, at, kind } of steps) {
        list.delete(item);
        heap.delete(item);
        if (kind === 'set') list.set(item, at);
        if (kind === 'set') heap.set(item, at);
      }
      const sorted = [...list].toSorted(([, one], [, other]) => one - other);
      expect(heap.size).toBe(list.size);
      expect(heap.firstAt).toBe(sorted[0]?.[1]);
      const due = sorted.filter(([, at]) => at <= now).map(([item]) => item);
      expect([...heap.due(now)]).toEqual(due);
      expect([...heap.due(Infinity)]).toEqual(sorted.map(([item]) => item).slice(due.length));
    }),
  );
});
