import { expect, test } from 'vitest';
import { alignRows, padTo } from '../../../../src/cli/report/columns.js';
import { painter } from '../../../../src/cli/report/paint.js';

test('a Chinese character takes two columns', () => {
  expect(padTo('中文', 6)).toBe('中文  ');
});

test('a text that is too wide is left as it is', () => {
  expect(padTo('中文', 3)).toBe('中文');
});

test('columns line up, whatever script they are written in', () => {
  expect(
    alignRows([
      ['a', '订阅', 'x'],
      ['bcd', 'y', 'z'],
      ['', '', '👋'],
    ]),
  ).toEqual(['a    订阅  x', 'bcd  y     z', '           👋']);
});

test('the last cell of a row widens no column, and no row ends in spaces', () => {
  expect(alignRows([['a long last cell'], ['b', 'c'], ['d', '']])).toEqual([
    'a long last cell',
    'b  c',
    'd',
  ]);
});

test('no rows make no lines', () => {
  expect(alignRows([])).toEqual([]);
});

test('colours take no column', () => {
  const paint = painter(true);
  expect(
    alignRows([
      [paint('good', 'ab'), 'x'],
      ['cde', 'y'],
    ]),
  ).toEqual(['\u001B[32mab\u001B[39m   x', 'cde  y']);
});
