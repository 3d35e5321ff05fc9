/**
 * Control characters (C0, C1), marks that turn the direction of writing, separators of lines and lone
 * surrogates.
 */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu;

/**
 * A text of somebody else's as a terminal or a log may get it: what would colour, move, turn or break
 * a line is written out, e.g. `\u001b`. The one place for that.
 */
export function visible(text: string): string {
  return text.replaceAll(
    unprintable,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The same for a text of several lines: line feeds stay. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}
