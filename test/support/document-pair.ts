import type { Language } from '../../src/core/language.js';
import { withoutComments } from './code-comments.js';
import { placesOf } from './document-links.js';
import { codeOf, type MarkdownFile, readMarkdown } from './markdown-file.js';

/** A document in one of its languages. */
export interface Document extends MarkdownFile {
  readonly language: Language;
}

/** A document in both languages. */
export type DocumentPair = Readonly<Record<Language, Document>>;

/**
 * How what the program says, in the language of the reader, is replaced where a document quotes it by
 * something that is the same for both. Default: nothing is quoted.
 */
export interface Quotations {
  /** Of a code between backticks, in the document of that language. */
  readonly inCode?: (code: string, language: Language) => string;
  /** Of the text of a block, whose comments are left out already. */
  readonly inBlock?: (text: string) => string;
}

/** Reads `x.md` and `x.zh-CN.md`, given the path of the first. */
export function readPair(path: string): DocumentPair {
  return {
    en: { ...readMarkdown(path), language: 'en' },
    zh: { ...readMarkdown(path.replace(/\.md$/u, '.zh-CN.md')), language: 'zh' },
  };
}

/** What a document must have in common with its other language, in order. Comments only have to stand at the same places. */
export function shapeOf(document: Document, quotations: Quotations = {}) {
  const { headings, blocks, tables } = document;
  const { inCode = asItIs, inBlock = asItIs } = quotations;
  const codes = (text: string) =>
    codeOf(text)
      .map((code) => inCode(code, document.language))
      .toSorted();
  return {
    headings: headings.map(({ level, text }) => [level, codes(text)]),
    blocks: blocks.map((block) => ({
      language: block.language,
      text: inBlock(withoutComments(block)),
    })),
    links: placesOf(document),
    rows: tables.map((table) => table.map((cells) => cells.map(codes))),
    figures: tables.map((table) => table.map((cells) => cells.map(figureOf))),
  };
}

const asItIs = (text: string) => text;

/** A cell that is a figure alone, with or without a unit; `""` for any other. */
function figureOf(cell: string): string {
  return /^\d[\d.,]*(?: (?:ms|s|kB|MB))?$/u.test(cell) ? cell : '';
}
