import { bestBorder } from '../../../core/text/text-border.js';
import { textReach } from '../../../core/text/text-size.js';

/** What is left of a text that has to end before its end. */
export interface CutContent {
  /** Fits, with every `<think>` and every block of code closed. */
  readonly content: string;
  /** How much of the text is in it, in UTF-16 code units. */
  readonly length: number;
}

const openThink = '<think>';
const closeThink = '</think>';
const fence = '```';
/** For what may have to be closed, in bytes. */
const reserve = Buffer.byteLength(`\n${fence}${closeThink}`);

/** Whether a `<think>` is open at the end of a text. */
function isThinking(text: string): boolean {
  return text.lastIndexOf(openThink) > text.lastIndexOf(closeThink);
}

/** A text without the thoughts in it; one that has no end stays. */
export function withoutThoughts(text: string): string {
  let kept = '';
  let from = 0;
  for (let start = text.indexOf(openThink); start >= 0; start = text.indexOf(openThink, from)) {
    const end = text.indexOf(closeThink, start);
    if (end < 0) break;
    kept += text.slice(from, start);
    from = end + closeThink.length;
  }
  return kept + text.slice(from);
}

/** A text that ends here: nothing stays open in it. */
export function closed(text: string): string {
  const thought = isThinking(text) ? text + closeThink : text;
  return hasOpenFence(thought) ? `${thought}\n${fence}` : thought;
}

function hasOpenFence(text: string): boolean {
  return (text.match(/^ {0,3}```/gmu)?.length ?? 0) % 2 === 1;
}

/**
 * Cuts a text to `maxBytes` of UTF-8, at a paragraph, line, sentence or word where there is one, and
 * never within a character. A text that fits is only closed.
 *
 * @param behind what is said behind a text that does not fit; it has room
 */
export function cutContent(text: string, maxBytes: number, behind: string): CutContent {
  const whole = closed(text);
  if (Buffer.byteLength(whole) <= maxBytes) return { content: whole, length: text.length };
  const room = maxBytes - reserve - Buffer.byteLength(behind);
  const reach = textReach(text, 0, { unit: 'bytes', max: room });
  const length = Math.max(bestBorder(text, 0, reach), 1);
  return { content: `${closed(text.slice(0, length))}${behind}`, length };
}

/**
 * The rest of a text behind a cut, so that it can stand alone: what was being thought is left out,
 * and a block of code begins again.
 */
export function restOf(text: string, length: number): string {
  if (length === 0) return text;
  const head = text.slice(0, length);
  const rest = text.slice(length).replace(/^\n+/u, '');
  if (isThinking(head)) {
    const end = rest.indexOf(closeThink);
    return end < 0 ? '' : rest.slice(end + closeThink.length);
  }
  return hasOpenFence(head) ? `${fence}\n${rest}` : rest;
}
