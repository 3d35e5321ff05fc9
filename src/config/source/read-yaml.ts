import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  visit,
  type YAMLError,
} from 'yaml';
import type { Problem } from '../../core/problem.js';
import type { Path } from '../plain-data.js';
import { fullWidthEnd, fullWidthSign, fullWidthText } from '../problems/full-width.js';
import { parseDocumentInSlices } from './parse-document.js';
import { brokenSource, type Source } from './source.js';
import { bracedTemplate, doubleKey, yamlFaultText } from './yaml-fault-text.js';

// A few anchors are convenient; hundreds of copies are an attack or an accident.
const maxAliasCount = 100;
// The library looks for the anchor of each alias among all anchors and aliases before it.
const maxAliases = 5000;

/** Reads YAML or JSON (which the YAML parser reads too), and remembers the lines. Never rejects. */
export async function readYaml(text: string): Promise<Source> {
  try {
    return await readDocument(text);
  } catch (error) {
    // The parser is recursive, and answers too many aliases with a ReferenceError.
    const tooMany = error instanceof ReferenceError;
    return brokenSource([{ path: [], text: tooMany ? tooManyAliases : tooDeep }]);
  }
}

async function readDocument(text: string): Promise<Source> {
  const lines = new LineCounter();
  const document = await parseDocumentInSlices(text, { lineCounter: lines, logLevel: 'error' });
  const { dangling, count } = aliasesOf(document, lines);
  if (count > maxAliases) return brokenSource([{ path: [], text: crowdOfAliases }]);
  const faults = [...document.errors, ...document.warnings];
  const problems = [...faults.map((fault) => problemOf(fault, text, lines)), ...dangling];
  // Of two keys of one name the last is taken, so the rest can be checked as well.
  const doubles = faults.filter(({ code }) => code === 'DUPLICATE_KEY');
  const usable = problems.length === doubles.length;
  return {
    data: usable ? document.toJS({ maxAliasCount }) : undefined,
    problems: onePerLine(problems),
    usable,
    lineOf: (path) => lines.linePos(offsetOf(document, path)).line,
  };
}

function problemOf({ code, pos }: YAMLError, text: string, lines: LineCounter): Problem {
  const { line } = lines.linePos(pos[0]);
  if (code === 'DUPLICATE_KEY') {
    const key = text.slice(pos[0]).split(/[:\s]/u, 1)[0] ?? '';
    return { path: [], line, text: doubleKey(key.slice(0, 40)) };
  }
  const writtenAt = (number: number) =>
    text.slice(lines.lineStarts[number - 1] ?? 0, lines.lineStarts[number]);
  const wide = wideSignAt(code, line, writtenAt);
  if (wide !== undefined) return { path: [], ...wide };
  const written = writtenAt(line);
  const opened = written.search(/[{[]/u);
  const isTemplate = opened >= 0 && written.includes('${', opened + 1);
  const braced = code === 'UNEXPECTED_TOKEN' && isTemplate;
  return { path: [], line, text: braced ? bracedTemplate : yamlFaultText(code) };
}

/** A quote that is not closed is noticed at the end of the text only. */
const mostLinesBack = 1000;

/** A full-width character on the line of a fault, or before it where something is never closed. */
function wideSignAt(
  code: YAMLError['code'],
  line: number,
  writtenAt: (line: number) => string,
): Pick<Problem, 'line' | 'text'> | undefined {
  const here = fullWidthSign(writtenAt(line));
  if (here !== undefined) return { line, text: fullWidthText(here) };
  const first = code === 'MISSING_CHAR' ? Math.max(1, line - mostLinesBack) : line;
  for (let before = line - 1; before >= first; before -= 1) {
    const end = fullWidthEnd(writtenAt(before));
    if (end !== undefined) return { line: before, text: fullWidthText(end) };
  }
  return undefined;
}

/** How many aliases there are, and those whose anchor does not stand before them. In one go. */
function aliasesOf(document: Document, lines: LineCounter) {
  const anchors = new Set<string>();
  const dangling: Problem[] = [];
  let count = 0;
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
        return;
      }
      count += 1;
      if (anchors.has(node.source)) return;
      const { line } = lines.linePos(node.range?.[0] ?? 0);
      dangling.push({ path: [], line, text: yamlFaultText('BAD_ALIAS') });
    },
  });
  return { dangling, count };
}

/** One broken place makes the parser complain about everything that follows on the line. */
function onePerLine(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.toReversed().map((each) => [each.line, each])).values()];
}

/** The offset of the key or list entry at a path, or of the nearest thing around it. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const part of path) {
    const next = childOf(isAlias(node) ? node.resolve(document) : node, part);
    if (!next) break;
    offset = rangeStart(next.start) ?? offset;
    node = next.value;
  }
  return offset;
}

/** What stands under one part of a path, and the node where it starts: the key, or the entry. */
function childOf(parent: unknown, part: string | number) {
  if (isMap(parent)) {
    const pair = parent.items.find((each) => keyOf(each) === String(part));
    return pair && { start: pair.key, value: pair.value };
  }
  if (!isSeq(parent) || typeof part !== 'number') return undefined;
  const item = parent.items[part];
  return item === undefined ? undefined : { start: item, value: item };
}

function keyOf({ key }: Pair): string {
  return String(isScalar(key) ? key.value : key);
}

function rangeStart(node: unknown): number | undefined {
  return isAlias(node) || isScalar(node) || isMap(node) || isSeq(node)
    ? node.range?.[0]
    : undefined;
}

const tooManyAliases = {
  en: `the aliases (*name) unfold to too much; at most ${maxAliasCount} copies are allowed`,
  zh: `别名（*名称）展开后过大；至多允许 ${maxAliasCount} 份`,
};

const crowdOfAliases = {
  en: `more than ${maxAliases} aliases (*name); write out what they stand for`,
  zh: `别名（*名称）超过 ${maxAliases} 个；请直接写出其内容`,
};

const tooDeep = { en: 'nested too deeply', zh: '嵌套过深' };
