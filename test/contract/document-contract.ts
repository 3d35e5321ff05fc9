import { describe, expect, test } from 'vitest';
import { commentsOf } from '../support/code-comments.js';
import { brokenLinks, placesOf } from '../support/document-links.js';
import { type DocumentPair, type Quotations, shapeOf } from '../support/document-pair.js';

/** What holds for every document in two languages, whatever it is about. */
export function documentContract(pair: DocumentPair, quotations?: Quotations): void {
  const { en, zh } = pair;

  test('the two languages have the same headings, code, links, rows and figures', () => {
    expect(shapeOf(zh, quotations)).toEqual(shapeOf(en, quotations));
  });

  test('the Chinese document has Chinese comments in its code, and says 您', () => {
    const comments = zh.blocks.flatMap(commentsOf);
    expect(comments.filter((comment) => !/\p{Script=Han}/u.test(comment))).toEqual([]);
    // What a cell or a sentence quotes is what people write in chats.
    const prose = zh.prose.replaceAll(/`[^`]+`|“[^”]*”/gu, '');
    expect([prose, ...comments].join('\n')).not.toContain('你');
  });

  test('has a first sentence below its title and its links', () => {
    for (const { path, prose } of [en, zh]) {
      const [title, links, sentence] = prose.split(/\n{2,}/u);
      expect([path, title]).toEqual([path, expect.stringMatching(/^# /u)]);
      expect([path, links]).toEqual([path, expect.stringMatching(/README/u)]);
      expect([path, sentence]).toEqual([path, expect.stringMatching(/^[^#|<!`-]/u)]);
    }
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
