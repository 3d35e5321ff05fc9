import type { Quotation } from '../../event.js';
import { showEmoji } from '../web-emoji.js';
import { isReference, readReference } from './read-reference.js';

/** A text, parted. */
export interface PartedText {
  /** What is said now. */
  readonly words: string;
  /** What is quoted; absent: nothing is. */
  readonly quoted?: Quotation;
}

/** What opens a quotation, by what closes it. */
const closers: ReadonlyMap<string, string> = new Map([
  ['「', '」'],
  ['“', '”'],
  ['"', '"'],
]);

/** What WeCom's archive writes before a quotation. */
const notice = /^这是一条引用\/回复消息[：:]\s{0,8}/u;

/**
 * A line that parts a quotation from the words: WeChat draws `- - - -`, WeCom a line without spaces.
 * Of a dashed line three dashes could be anything.
 */
const divider =
  /(?:\r?\n|<br ?\/?>)[ \t]{0,8}((?:- ){4,64}-?|[-—–─－]{6,64})[ \t]{0,8}(?=\r?\n|<br ?\/?>|$)/gu;
const lineEnd = /(?:\r?\n|<br ?\/?>)/uy;

/** The name of who is quoted: up to a colon of the first line. */
const speaker = /^([^\n：:「」]{1,64})(?:：|:(?=\s))(?:\r?\n|<br ?\/?>| )?/u;

/**
 * Parts a text into what it quotes and what is said to that, whichever of the ways of writing a
 * quotation it has: `「name：text」` or `"name:\ntext"` above a dashed line, also nested, or the
 * reference of WeChat's XML. The words are a part of the text, character for character, unless they
 * stand in XML; a text that quotes nothing is all words. Takes linear time, and almost none for
 * texts that do not begin as a quotation does.
 */
export function partQuotation(text: string): PartedText {
  if (isReference(text)) return readReference(text) ?? { words: text };
  let from = 0;
  let quoted: Quotation | undefined;
  for (;;) {
    const found = quotationAt(text, from);
    if (found === undefined) break;
    // Of several the first is what the message quotes; what follows it is no word of now either.
    quoted ??= quotationOf(text.slice(found.start, found.end));
    from = found.wordsAt;
    if (!found.isClosed) break;
  }
  return quoted === undefined ? { words: text } : { words: text.slice(from), quoted };
}

/** Where a quotation stands, without its marks. */
interface Found {
  readonly start: number;
  readonly end: number;
  readonly wordsAt: number;
  readonly isClosed: boolean;
}

function quotationAt(text: string, from: number): Found | undefined {
  const start = openerAt(text, from);
  const opener = text.charAt(start);
  const closer = closers.get(opener);
  if (closer === undefined) return undefined;
  let depth = 0;
  let counted = start;
  let last: RegExpExecArray | undefined;
  let open: RegExpExecArray | undefined;
  divider.lastIndex = start;
  for (let line = divider.exec(text); line !== null; line = divider.exec(text)) {
    const { index } = line;
    if (!text.startsWith(closer, index - 1) || index - 1 <= start) {
      if (line[1]?.startsWith('- -') === true) open ??= line;
      continue;
    }
    last = line;
    if (opener === closer) break;
    // A quotation within the quotation has a dashed line, too: the outer one ends where all are closed.
    for (; counted < index; counted += 1) {
      if (text.charAt(counted) === opener) depth += 1;
      else if (text.charAt(counted) === closer) depth -= 1;
    }
    if (depth <= 0) break;
  }
  if (last !== undefined) return found(text, start, { line: last, isClosed: true });
  // Long quotations are cut, their end mark included.
  return open && opener === '「' ? found(text, start, { line: open, isClosed: false }) : undefined;
}

/** Where a quotation would open: white space and WeCom's notice may stand before. */
function openerAt(text: string, from: number): number {
  if (from === 0 && text.startsWith('这是一条')) return notice.exec(text)?.[0].length ?? 0;
  let at = from;
  while (at < from + 8 && /^\s$/u.test(text.charAt(at))) at += 1;
  return at;
}

function found(
  text: string,
  start: number,
  { line, isClosed }: { readonly line: RegExpExecArray; readonly isClosed: boolean },
): Found {
  const behind = line.index + line[0].length;
  lineEnd.lastIndex = behind;
  const wordsAt = behind + (lineEnd.exec(text)?.[0].length ?? 0);
  return { start: start + 1, end: isClosed ? line.index - 1 : line.index, wordsAt, isClosed };
}

function quotationOf(whole: string): Quotation {
  const [lead = '', name] = speaker.exec(whole) ?? [];
  const text = showEmoji(whole.slice(lead.length));
  return { ...(name !== undefined && { name: showEmoji(name).trim() }), text };
}
