import { expect, test } from 'vitest';
import { LinkedSet } from '../../../../src/journal/memory/linked-set.js';

function setOf(...values: string[]): LinkedSet<string> {
  const set = new LinkedSet<string>();
  for (const value of values) set.add(value);
  return set;
}

test('has no first value when empty', () => {
  expect(setOf().first).toBeUndefined();
  expect(setOf().size).toBe(0);
});

test('keeps the order of adding', () => {
  const set = setOf('一', '2', '三 🎈');
  expect(set.first).toBe('一');
  expect([...set.fromLast()]).toEqual(['三 🎈', '2', '一']);
});

test('leaves a value that is added again in its place', () => {
  const set = setOf('1', '2', '1');
  expect(set.first).toBe('1');
  expect(set.size).toBe(2);
});

test.each([
  ['first', '1', ['3', '2']],
  ['middle', '2', ['3', '1']],
  ['last', '3', ['2', '1']],
])('closes the gap when the %s value is deleted', (_, value, left) => {
  const set = setOf('1', '2', '3');
  expect(set.delete(value)).toBe(true);
  expect([...set.fromLast()]).toEqual(left);
  expect(set.first).toBe(left.at(-1));
});

test('can be filled again after the only value is deleted', () => {
  const set = setOf('1');
  set.delete('1');
  expect(set.first).toBeUndefined();
  set.add('2');
  expect([...set.fromLast()]).toEqual(['2']);
});

test('does not mind deleting what is not there', () => {
  expect(setOf('1').delete('2')).toBe(false);
});

test('can be emptied on the walk', () => {
  const set = setOf('1', '2', '3');
  const seen: string[] = [];
  for (const value of set.fromLast()) {
    seen.push(value);
    set.delete(value);
  }
  expect(seen).toEqual(['3', '2', '1']);
  expect(set.size).toBe(0);
});
