import { isWhiteSpace } from './characters.js';

/** A part of a text: from `start` up to, not including, `end`, in code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The text without the parts in `spans`, which may overlap and come in any order.
 *
 * One white space after a removed part goes with it when nothing, or white space, stands before:
 * "hi @bot there" becomes "hi there", and "订阅@bot 周报" stays two words.
 */
export function removeSpans(text: string, spans: readonly Span[]): string {
  let kept = '';
  let position = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (end <= position) continue;
    kept += text.slice(position, Math.max(position, start));
    position = end;
    if (endsInSpace(kept) && isWhiteSpace(text.charAt(end))) position += 1;
  }
  return kept + text.slice(position);
}

function endsInSpace(text: string): boolean {
  return text === '' || isWhiteSpace(text.charAt(text.length - 1));
}
