import { readdirSync } from 'node:fs';
import { type DocumentPair, readPair } from './document-pair.js';

/** The names of the pages in `docs/`, without language and `.md`; its index is `README`. */
export const pageNames: readonly string[] = [
  ...new Set(
    readdirSync('docs')
      .filter((file) => file.endsWith('.md'))
      .map((file) => file.replace(/(?:\.zh-CN)?\.md$/u, '')),
  ),
];

/** The README and every page, in both languages. */
export function allDocuments(): readonly DocumentPair[] {
  return [readPair('README.md'), ...pageNames.map((name) => readPair(`docs/${name}.md`))];
}
