import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A block between lines of three backticks. */
export interface CodeBlock {
  /** As written behind the backticks. */
  readonly language: string;
  /** With a line break at the end. */
  readonly text: string;
}

/** A heading, `#` being level 1. */
export interface Heading {
  readonly level: number;
  readonly text: string;
}

/** The cells of a table's rows, the head first, without the line of dashes. */
export type Table = readonly (readonly string[])[];

/** What the checks of documents look at. */
export interface MarkdownFile {
  /** From the root of the project. */
  readonly path: string;
  readonly headings: readonly Heading[];
  /** Where links to a heading point, without `#`. */
  readonly anchors: ReadonlySet<string>;
  readonly blocks: readonly CodeBlock[];
  /** Targets of links, in order. */
  readonly links: readonly string[];
  readonly tables: readonly Table[];
  /** Everything but the blocks. */
  readonly prose: string;
}

/** Reads a document of the project; `path` begins at its root. */
export function readMarkdown(path: string): MarkdownFile {
  return parseMarkdown(path, readFileSync(resolve(path), 'utf8'));
}

/** Takes a document's text apart; `path` says where it stands, from the root of the project. */
export function parseMarkdown(path: string, text: string): MarkdownFile {
  const blocks: CodeBlock[] = [];
  const prose = text.replaceAll(
    /^```(.*)\n([\s\S]*?)^```$/gmu,
    (_all, language: string, code: string) => {
      blocks.push({ language, text: code });
      return '';
    },
  );
  const headings = [...prose.matchAll(/^(#+) +(.+)$/gmu)].map(([, marks = '', words = '']) => ({
    level: marks.length,
    text: words,
  }));
  const links = [...withoutCode(prose).matchAll(/\]\(([^)\s]+)\)/gu)].map(([, to = '']) => to);
  const tables = tablesOf(prose);
  return { path, headings, anchors: anchorsOf(headings), blocks, links, tables, prose };
}

/** The texts between backticks, in order. */
export function codeOf(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/gu)].map(([, code = '']) => code);
}

/** The text of the n-th block of a language, the first being 0; throws when there is none. */
export function blockOf({ path, blocks }: MarkdownFile, language: string, index = 0): string {
  const text = blocks.filter((each) => each.language === language)[index]?.text;
  if (text === undefined) throw new Error(`${path} has no block ${index} of ${language}.`);
  return text;
}

/**
 * The rows below the head of the one table whose first row begins with the cells `first`; throws when
 * there is none, or more than one.
 */
export function rowsOf({ path, tables }: MarkdownFile, ...first: readonly string[]): Table {
  const found = tables.filter(([, row]) => first.every((cell, index) => row?.[index] === cell));
  if (found.length !== 1) {
    throw new Error(`${path} has ${found.length} tables that begin with ${first.join(' | ')}.`);
  }
  return found[0]?.slice(1) ?? [];
}

function withoutCode(text: string): string {
  return text.replaceAll(/`[^`]+`/gu, '');
}

// GitHub's rule: small letters, no punctuation, spaces become hyphens, repetitions are numbered.
function anchorsOf(headings: readonly Heading[]): ReadonlySet<string> {
  const anchors = new Set<string>();
  const seen = new Map<string, number>();
  for (const { text } of headings) {
    const slug = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}

function tablesOf(prose: string): readonly Table[] {
  return [...prose.matchAll(/(?:^ *\|.*\n?)+/gmu)].map(([lines]) =>
    lines
      .trimEnd()
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => !/^\|[-:|]+$/u.test(line))
      .map(cellsOf),
  );
}

function cellsOf(line: string): readonly string[] {
  return line
    .slice(1)
    .replace(/\|$/u, '')
    .split(/(?<!\\)\|/u)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}
