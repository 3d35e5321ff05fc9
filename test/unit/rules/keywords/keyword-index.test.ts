import { describe, expect, test } from 'vitest';
import { Hits } from '../../../../src/rules/keywords/hits.js';
import type { IndexedKeywords } from '../../../../src/rules/keywords/indexed-keywords.js';
import { KeywordIndex } from '../../../../src/rules/keywords/keyword-index.js';
import { FoldedText } from '../../../../src/rules/text/folded-text.js';
import { foldingOf } from '../../../../src/rules/text/folding.js';

type Entry = Partial<IndexedKeywords> & Pick<IndexedKeywords, 'keywords'>;

function indexOf(entries: readonly Entry[]): { index: KeywordIndex; hits: Hits } {
  const all = entries.map(
    (entry, rule): IndexedKeywords => ({ rule, mode: 'contains', needed: 1, ...entry }),
  );
  return { index: new KeywordIndex(foldingOf([]), all, all.length), hits: new Hits(all.length) };
}

function folded(text: string): FoldedText {
  const result = new FoldedText();
  result.fold(text, foldingOf([]));
  return result;
}

function found(entries: readonly Entry[], text: string): number[] {
  const { index, hits } = indexOf(entries);
  hits.begin();
  index.search(folded(text), hits);
  return hits.found.toSorted((a, b) => a - b);
}

describe('KeywordIndex', () => {
  test('finds keywords that overlap and that contain one another', () => {
    const entries = ['he', 'she', 'his', 'hers', 'e'].map((keyword) => ({ keywords: [keyword] }));
    expect(found(entries, 'ushers')).toEqual([0, 1, 3, 4]);
  });

  test('wants each mode of matching at its place', () => {
    const entries = (['contains', 'startsWith', 'endsWith', 'equals'] as const).map((mode) => ({
      keywords: ['订阅'],
      mode,
    }));
    expect(found(entries, '我要订阅吗')).toEqual([0]);
    expect(found(entries, '订阅周报')).toEqual([0, 1]);
    expect(found(entries, '我要订阅')).toEqual([0, 2]);
    expect(found(entries, '订阅')).toEqual([0, 1, 2, 3]);
    expect(found(entries, '订阅订阅')).toEqual([0, 1, 2]);
  });

  test('counts distinct keywords where all are needed', () => {
    const entries = [{ keywords: ['a', 'b'], needed: 2 }];
    expect(found(entries, 'aaa')).toEqual([]);
    expect(found(entries, 'abab')).toEqual([0]);
  });

  test('names a rule once for many keywords', () => {
    expect(found([{ keywords: ['a', 'b', 'ab'] }], 'abab')).toEqual([0]);
  });

  test('matches halves of emoji by code unit', () => {
    expect(found([{ keywords: ['\ud83d'] }, { keywords: ['😀'] }], '\ud83d!')).toEqual([0]);
  });

  test('forgets one search before the next', () => {
    const { index, hits } = indexOf([{ keywords: ['a', 'b'], needed: 2 }]);
    for (const text of ['a', 'b']) {
      hits.begin();
      index.search(folded(text), hits);
      expect(hits.found).toEqual([]);
    }
  });

  test.each([
    ['订 @bot 阅', true],
    ['订@bot 阅', true],
    ['a@bot 订阅', false],
    ['@bot 订阅', false],
    ['\ud83d@bot\ude00', true],
  ])('tells whether a mention taken out of %j could join a keyword: %s', (text, joins) => {
    const { index, hits } = indexOf([{ keywords: ['订阅', '订 阅'] }]);
    hits.begin();
    expect(index.searchAnywhere(folded(text), hits)).toBe(joins);
  });

  test('finds what starts or ends a text anywhere when mentions may go', () => {
    const { index, hits } = indexOf([
      { keywords: ['订阅'], mode: 'equals' },
      { keywords: ['订阅'], mode: 'startsWith' },
      { keywords: ['周报'], mode: 'endsWith' },
    ]);
    hits.begin();
    index.searchAnywhere(folded('@bot 订阅 @all'), hits);
    expect(hits.found).toEqual([0, 1]);
  });

  test('takes linear time where thousands of keywords contain one another', () => {
    const keywords = Array.from({ length: 2000 }, (_, length) => 'a'.repeat(length + 1));
    const { index, hits } = indexOf([{ keywords, needed: keywords.length }]);
    const text = folded('a'.repeat(200_000));
    const start = performance.now();
    hits.begin();
    index.search(text, hits);
    // Visiting every keyword at every place would be 400 million steps.
    expect(performance.now() - start).toBeLessThan(500);
    expect(hits.found).toEqual([0]);
  });
});
