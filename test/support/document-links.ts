import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type MarkdownFile, readMarkdown } from './markdown-file.js';

/** Where a link within the project leads. */
interface Place {
  /** From the root of the project. */
  readonly path: string;
  /** Without `#`; absent when the link has none. */
  readonly anchor?: string;
}

/**
 * The links of a document that lead nowhere: to a file that is not there, to a heading that its
 * document does not have, or out of the project other than by https. Nothing is asked of the network.
 */
export function brokenLinks(document: MarkdownFile): readonly string[] {
  return document.links.filter((link) => {
    if (isOutside(link)) return false;
    const { path, anchor } = placeOf(link, document);
    if (!existsSync(path)) return true;
    return anchor !== undefined && sectionOf(path, anchor) === -1;
  });
}

/**
 * Where the links of a document lead, in order, in words that are the same for both languages of it:
 * a translated file goes by its English name, a section by its number in its file. A file that is
 * there in both languages and is linked in the one that is not the document's is `other: <file>`.
 */
export function placesOf(document: MarkdownFile): readonly string[] {
  return document.links.map((link) => {
    if (isOutside(link)) return link;
    const { path, anchor } = placeOf(link, document);
    const isOther = isTranslated(path) && isChinese(path) !== isChinese(document.path);
    const section = anchor === undefined ? '' : ` section ${sectionOf(path, anchor)}`;
    return `${isOther ? 'other: ' : ''}${englishName(path)}${section}`;
  });
}

function isOutside(link: string): boolean {
  return link.startsWith('https://');
}

function placeOf(link: string, from: MarkdownFile): Place {
  const [to = '', anchor] = link.split('#');
  const path = to === '' ? from.path : join(dirname(from.path), to);
  return { path, ...(anchor !== undefined && { anchor: decodeURIComponent(anchor) }) };
}

/** The number of a section in its file; -1 when there is none of that name. */
function sectionOf(path: string, anchor: string): number {
  return path.endsWith('.md') ? [...readMarkdown(path).anchors].indexOf(anchor) : -1;
}

function isChinese(path: string): boolean {
  return path.includes('.zh-CN.');
}

function englishName(path: string): string {
  return path.replace('.zh-CN.', '.');
}

function isTranslated(path: string): boolean {
  const english = englishName(path);
  const chinese = english.replace(/(?=\.\w+$)/u, '.zh-CN');
  return chinese !== english && existsSync(chinese);
}
