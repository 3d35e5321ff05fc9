import { isSeq, type YAMLSeq } from 'yaml';
import { parseDocumentInSlices } from '../../../config/source/parse-document.js';
import type { Entry } from '../entries.js';
import { type Editing, edited, known, UnusualLayout } from './edit.js';
import { changeNode } from './edit-node.js';
import { entryLines } from './render.js';
import { type Core, coresOf } from './rule-cores.js';

/**
 * The text of a YAML file with other rules. Lines of rules that stay as they are, and all comments
 * but those of deleted rules, are kept byte for byte, as are the lines of a changed rule that say
 * the same as before.
 *
 * @returns `undefined` when the file is laid out in a way that cannot be edited so
 */
export async function rewriteYaml(
  text: string,
  before: readonly unknown[],
  entries: readonly Entry[],
): Promise<string | undefined> {
  try {
    const document = await parseDocumentInSlices(text, {
      logLevel: 'silent',
      keepSourceTokens: true,
    });
    const rules = document.get('rules', true);
    if (!isSeq(rules) || rules.items.length === 0) return undefined;
    return rewritten(text, rules, { before, entries });
  } catch (error) {
    if (error instanceof UnusualLayout) return undefined;
    throw error;
  }
}

/** A piece of the new text: the lines of a rule, and what follows it up to the next. */
interface Piece {
  readonly core: string;
  /** Absent: what usually stands between two rules. */
  readonly gap?: string;
}

function rewritten(
  text: string,
  rules: YAMLSeq,
  { before, entries }: { before: readonly unknown[]; entries: readonly Entry[] },
): string {
  const cores = coresOf(text, rules);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const gaps = cores.slice(1).map((core, index) => text.slice(known(cores[index]).end, core.start));
  const { above, behind } = ownGaps(gaps, entries, cores.length);
  const pieces = entries.map((entry): Piece => {
    const core = coreOf({ text, eol, rules, cores, before }, entry);
    const gap = entry.isCopy || entry.source === undefined ? undefined : behind[entry.source];
    return { core, ...(gap !== undefined && { gap }) };
  });
  const top = text.slice(0, known(cores[0]).start) + above;
  const bottom = text.slice(known(cores.at(-1)).end);
  const joined = join(pieces, usualGap(gaps), eol);
  const whole = top + joined + bottom;
  const isClosed = text.endsWith('\n');
  return !isClosed && bottom === '' && whole.endsWith(eol) ? whole.slice(0, -eol.length) : whole;
}

/** What stands behind each rule; of a rule that goes, comments go to the one before it. */
function ownGaps(gaps: readonly string[], entries: readonly Entry[], count: number) {
  const staying = new Set(entries.flatMap(({ source, isCopy }) => (isCopy ? [] : [source])));
  const behind: (string | undefined)[] = Array.from({ length: count }, (_, index) => gaps[index]);
  let above = '';
  let last: number | undefined;
  for (let index = 0; index < count; index += 1) {
    if (staying.has(index)) {
      last = index;
      continue;
    }
    const comments = behind[index];
    if (comments === undefined || comments.trim() === '') continue;
    if (last === undefined) above += comments;
    else behind[last] = (behind[last] ?? '') + comments;
  }
  return { above, behind };
}

interface Rewriting {
  readonly text: string;
  readonly eol: string;
  readonly rules: YAMLSeq;
  readonly cores: readonly Core[];
  readonly before: readonly unknown[];
}

/** The lines of one entry, with a line end. */
function coreOf({ text, eol, rules, cores, before }: Rewriting, entry: Entry): string {
  const { source, isCopy, data } = entry;
  if (source === undefined) {
    const column = known(cores[0]).column;
    return `${entryLines(data, column).join(eol)}${eol}`;
  }
  const core = known(cores[source]);
  const editing: Editing = { text, eol, edits: [] };
  const isDone = changeNode(editing)(rules.items[source], before[source], data);
  if (!isDone) throw new UnusualLayout();
  // The comment above a rule speaks of that rule, not of its copy.
  const lines = edited(editing, isCopy ? core.body : core.start, core.end);
  return lines.endsWith('\n') ? lines : `${lines}${eol}`;
}

/** The commonest of the gaps without comments. */
function usualGap(gaps: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const gap of gaps) if (gap.trim() === '') counts.set(gap, (counts.get(gap) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? '';
}

function join(pieces: readonly Piece[], usual: string, eol: string): string {
  return pieces
    .map(({ core, gap }, index) => {
      const isLast = index === pieces.length - 1;
      const hasComments = gap !== undefined && gap.trim() !== '';
      if (isLast) return core + (hasComments ? gap : '');
      const between = gap ?? usual;
      return core + (between === '' || between.endsWith('\n') ? between : `${between}${eol}`);
    })
    .join('');
}
