import { expect, test } from 'vitest';
import { documentContract } from '../../contract/document-contract.js';
import { readPair } from '../../support/document-pair.js';

const pair = readPair('docs/performance.md');
const { en: english, zh: chinese } = pair;

documentContract(pair);

test('the two languages give the same figures', () => {
  const figures = ({ tables }: typeof english) =>
    tables
      .at(-1)
      ?.slice(1)
      .map(([, ...rest]) => rest);
  expect(figures(chinese)).toEqual(figures(english));
  expect(figures(english)).toHaveLength(11);
});
