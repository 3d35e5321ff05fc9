import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';

const web = resolve('src/console/web');
const files = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('texts.ts'))
  .toSorted();

/** Every pair of languages in a module, however deep, with the place where it stands. */
function pairsIn(value: unknown, place: string): readonly (readonly [string, unknown, unknown])[] {
  if (typeof value === 'function') {
    // What is filled in is a name, a list or a count; each text takes one of them in any order.
    const make = value as (...filled: readonly unknown[]) => unknown;
    return pairsIn(make(['2'], ['2']), place);
  }
  if (typeof value !== 'object' || value === null) return [];
  if ('en' in value && 'zh' in value) return [[place, value.en, value.zh]];
  return Object.entries(value).flatMap(([key, inner]) => pairsIn(inner, `${place}.${key}`));
}

describe('what the page says', () => {
  test('stands in one file for each part', () => {
    expect(files).toContain('pages/rules/texts.ts');
    expect(files.length).toBeGreaterThan(7);
  });

  test.each(files)('is there in Chinese and English: %s', async (file) => {
    const { texts } = (await import(pathToFileURL(join(web, file)).href)) as { texts: object };
    const pairs = pairsIn(texts, file);
    expect(pairs.length).toBeGreaterThan(2);
    const symbols = new Set(['notText']);
    const wrong = pairs.filter(([place, en, zh]) => {
      if (symbols.has(place.slice(place.lastIndexOf('.') + 1))) return false;
      // The switch of languages is written in the other one.
      if (place.endsWith('.otherLanguage')) return false;
      return !/[A-Za-z@]/u.test(String(en)) || !/[\u4e00-\u9fff]/u.test(String(zh));
    });
    expect(wrong).toEqual([]);
  });
});
