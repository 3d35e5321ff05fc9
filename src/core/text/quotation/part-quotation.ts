import type { Quotation } from '../../event.js';
import { showEmoji } from '../web-emoji.js';
import type { PartedText } from './parted-text.js';
import { quotationEnd } from './quotation-end.js';
import { isReference, readReference } from './read-reference.js';

/** What opens a quotation, and what closes it. */
const closers: ReadonlyMap<string, string> = new Map([
  ['「', '」'],
  ['“', '”'],
  ['"', '"'],
]);

/** How every text begins that quotes something; nearly all begin otherwise. */
const opening = /^[\s「“"这]/u;

/** What WeCom's archive writes before a quotation. */
const notice = /^这是一条引用\/回复消息[：:]\s{0,8}/u;
/** How much white space may stand before one. */
const mostSpace = 8;

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
  if (!opening.test(text)) return { words: text };
  let wordsAt = 0;
  let quoted: Quotation | undefined;
  for (let isWhole = true; isWhole; ) {
    const quotation = quotationAt(text, wordsAt);
    if (quotation === undefined) break;
    // Of several the first is what the message quotes; what follows it is no word of now either.
    quoted ??= quotationOf(text.slice(quotation.start + 1, quotation.end));
    wordsAt = quotation.wordsAt;
    isWhole = quotation.isClosed;
  }
  return quoted === undefined ? { words: text } : { words: text.slice(wordsAt), quoted };
}

function quotationAt(text: string, from: number) {
  const start = openerAt(text, from);
  const opener = text.charAt(start);
  const closer = closers.get(opener);
  if (closer === undefined) return undefined;
  const end = quotationEnd(text, start, { opener, closer });
  return end && { start, ...end };
}

/** Where a quotation would open: white space and WeCom's notice may stand before. */
function openerAt(text: string, from: number): number {
  if (from === 0 && text.startsWith('这是一条')) return notice.exec(text)?.[0].length ?? 0;
  let at = from;
  while (at < from + mostSpace && /^\s$/u.test(text.charAt(at))) at += 1;
  return at;
}

function quotationOf(quoted: string): Quotation {
  const whole = showEmoji(quoted);
  const [lead = '', name] = speaker.exec(whole) ?? [];
  return { ...(name !== undefined && { name: name.trim() }), text: whole.slice(lead.length) };
}
