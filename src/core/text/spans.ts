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
  // The last character is carried along: asked of a growing text, it would cost all of it each time.
  let kept = '';
  let last = '';
  let position = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (end <= position) continue;
    const piece = text.slice(position, Math.max(position, start));
    kept += piece;
    last = piece.at(-1) ?? last;
    position = end;
    if ((last === '' || isWhiteSpace(last)) && isWhiteSpace(text.charAt(end))) position += 1;
  }
  return kept + text.slice(position);
}
