import { trimSpace } from '../characters.js';
import { removeSpans, type Span } from '../spans.js';

/** What parts an address from what is said: `@小助手，帮助`. */
const marks = ',，、:：;；~～！';
/** What ends a name: nothing, white space, a mark. */
const boundary = /^(?:$|[\s\p{P}])/u;

/**
 * The text without mentions. Marks behind a mention go with it when nothing is said before. When
 * something was removed, the ends are trimmed of white space; else the text is untouched.
 *
 * @param spans where the mentions stand, in the order of the text
 */
export function removeMentions(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  let isBeginning = true;
  let position = 0;
  const removed = spans
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, end }) => {
      isBeginning &&= text.slice(position, start).trim() === '';
      const to = isBeginning ? behindMarks(text, end) : end;
      position = Math.max(position, to);
      return { start, end: to };
    });
  return trimSpace(removeSpans(text, removed));
}

function behindMarks(text: string, from: number): number {
  let at = from;
  while (at < text.length && marks.includes(text.charAt(at))) at += 1;
  return at;
}

/** Where mentions, which are strings that begin with `@`, stand in a text. */
export function mentionSpans(text: string, mentions: readonly string[]): readonly Span[] {
  return [...new Set(mentions)].flatMap((mention) => spansOf(text, mention));
}

/** Without the space behind it; `@bot` is not found in `@botany`. */
function spansOf(text: string, mention: string): readonly Span[] {
  if (!/^[@＠]./su.test(mention)) return [];
  const name = mention.trimEnd();
  const spans: Span[] = [];
  for (let start = text.indexOf(mention); start >= 0; ) {
    spans.push({ start, end: start + name.length });
    start = text.indexOf(mention, start + name.length);
  }
  const whole = spans.filter(({ end }) => boundary.test(text.slice(end, end + 2)));
  return whole.length > 0 ? whole : spans;
}
