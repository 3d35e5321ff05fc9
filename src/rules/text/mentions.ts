import { trimSpace } from '../../core/text/characters.js';
import { removeSpans, type Span } from '../../core/text/spans.js';

/** What ends a name: nothing, white space, a mark. */
const boundary = /^(?:$|[\s\p{P}])/u;

/** True when a mention can stand in the text: mentions begin with `@` or its full-width form. */
export function mayMention(text: string): boolean {
  return text.includes('@') || text.includes('＠');
}

/**
 * The text without the mentions, which are strings that begin with `@`, wherever they stand in it.
 * When something was removed, the ends are trimmed of white space; else the text is untouched.
 */
export function withoutMentions(text: string, mentions: readonly string[]): string {
  const spans = [...new Set(mentions)].flatMap((mention) => spansOf(text, mention));
  return spans.length === 0 ? text : trimSpace(removeSpans(text, spans));
}

/** Where the mention stands, without the space behind it; `@bot` is not found in `@botany`. */
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
