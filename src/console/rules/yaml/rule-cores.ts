import { isCollection, isSeq, type YAMLSeq } from 'yaml';
import { known, UnusualLayout } from './edit.js';
import { contentEnd, lineEnd, lineStart } from './extent.js';

/** The lines of one rule: the comment right above it, its own lines, and no more. */
export interface Core {
  /** Where the comment above it begins, or the rule itself. */
  readonly start: number;
  /** Where the line with its dash begins. */
  readonly body: number;
  readonly end: number;
  /** The column of the dash. */
  readonly column: number;
}

interface Token {
  readonly type: string;
  readonly offset: number;
}

/**
 * Finds the lines of each rule. What stands between two of them (blank lines, comments that stand
 * by themselves) belongs to none.
 *
 * @throws UnusualLayout when the rules are no plain list of one entry after another
 */
export function coresOf(text: string, rules: YAMLSeq): readonly Core[] {
  if (rules.flow === true) throw new UnusualLayout();
  const { srcToken } = rules;
  if (srcToken?.type !== 'block-seq') throw new UnusualLayout();
  const cores: Core[] = [];
  rules.items.forEach((item, index) => {
    const starts = known(srcToken.items[index]).start as readonly Token[];
    const dash = known(starts.find(({ type }) => type === 'seq-item-ind')).offset;
    const body = lineStart(text, dash);
    if (text.slice(body, dash).trim() !== '' || !isPlainEntry(item)) throw new UnusualLayout();
    const column = dash - body;
    const end = withInnerComments(text, lineEnd(text, known(contentEnd(item))), column);
    const start = withCommentAbove(text, body, { column, from: cores.at(-1)?.end ?? 0 });
    cores.push({ start, body, end, column });
  });
  return cores;
}

/** A rule that is an alias or tagged is somebody's own art. */
function isPlainEntry(item: unknown): boolean {
  return isCollection(item) && !isSeq(item) && item.anchor === undefined;
}

/** Comments right below that are indented like the rule's own keys: keys that were switched off. */
function withInnerComments(text: string, end: number, column: number): number {
  let at = end;
  for (;;) {
    const next = lineEnd(text, at + 1);
    const line = text.slice(at, next);
    if (!/^\s*#/u.test(line) || line.search(/\S/u) <= column) return at;
    at = next;
    if (at >= text.length) return at;
  }
}

/** Comment lines right above, with no blank line between. */
function withCommentAbove(
  text: string,
  body: number,
  { column, from }: { readonly column: number; readonly from: number },
): number {
  let at = body;
  while (at > from) {
    const before = lineStart(text, at - 1);
    const line = text.slice(before, at);
    if (before < from || !/^[ \t]*#/u.test(line) || line.search(/\S/u) !== column) return at;
    at = before;
  }
  return at;
}
