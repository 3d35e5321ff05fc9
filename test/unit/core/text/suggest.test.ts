import { expect, test } from 'vitest';
import { suggest } from '../../../../src/core/text/suggest.js';

const keys = ['match', 'keywords', 'stop', 'name', 'reply', 'order', 'in', 'on'];

test.each([
  ['macth', 'match'],
  ['mathc', 'match'],
  ['nmae', 'name'],
  ['keywrods', 'keywords'],
  ['key_word', 'keywords'],
  ['Stpo', 'stop'],
  ['ropdr', undefined],
  ['no', undefined],
  ['foo', undefined],
  ['', undefined],
])('%s is taken for %s', (found, meant) => {
  expect(suggest(found, keys)).toBe(meant);
});
