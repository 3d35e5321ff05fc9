import { describe, expect, test } from 'vitest';
import { brokenLinks, placesOf } from '../support/document-links.js';
import { type DocumentPair, type Quotations, shapeOf } from '../support/document-pair.js';

/** What holds for every document in two languages, whatever it is about. */
export function documentContract(pair: DocumentPair, quotations?: Quotations): void {
  const { en, zh } = pair;

  test('the two languages have the same headings, code, links, rows and figures', () => {
    expect(shapeOf(zh, quotations)).toEqual(shapeOf(en, quotations));
  });

  describe.each([en, zh])('$path', (document) => {
    test('has no link that leads nowhere', () => {
      expect(brokenLinks(document)).toEqual([]);
    });

    test('links to its other language, and else to documents of its own', () => {
      const others = placesOf(document).filter((place) => place.startsWith('other: '));
      expect(others).toEqual([`other: ${en.path}`]);
    });
  });
}
