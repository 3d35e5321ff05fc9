import type { TextLimit } from '../puppet-extras.js';
import { replaceLoneSurrogates } from './clean-text.js';
import { bestBorder } from './text-border.js';
import { textReach } from './text-size.js';

/** The longest code point in each unit: with less, some texts could not be said at all. */
const leastMax = { bytes: 4, characters: 2 } as const;

/**
 * Cuts a text into pieces that a platform takes, in order: at paragraphs, lines, sentences, clauses
 * or words where there are any, else between characters. Never cuts a surrogate pair, and cuts no
 * emoji sequence or accented letter that fits a piece. Nothing is lost but white space at the cuts;
 * the indentation of a line stays. A text that fits is left as it is; one that is blank, or a piece
 * that would be, is left out. Lone surrogates become U+FFFD. Takes linear time.
 *
 * @param text the text
 * @param limit the most that a piece may hold
 * @param reserved room to leave in the first piece, in the limit's unit; 0 by default
 * @throws RangeError when so little is allowed that one code point may not fit (4 bytes, 2 characters)
 */
export function splitText(text: string, limit: TextLimit, reserved = 0): string[] {
  const { unit, max } = limit;
  if (max - reserved < leastMax[unit]) {
    throw new RangeError(`A text limit of ${max - reserved} ${unit} is too small to split a text.`);
  }
  const whole = replaceLoneSurrogates(text);
  const pieces: string[] = [];
  for (let from = 0; from < whole.length; ) {
    const room = pieces.length === 0 ? max - reserved : max;
    const reach = textReach(whole, from, { unit, max: room });
    const isLast = reach === whole.length;
    const cut = isLast ? reach : bestBorder(whole, from, reach);
    const piece = whole.slice(from, cut);
    if (piece.trim() !== '') pieces.push(isLast ? piece : piece.trimEnd());
    from = afterWhiteSpace(whole, cut);
  }
  return pieces;
}

/** Where text begins again at or after `at`; the indentation of a line belongs to the text. */
function afterWhiteSpace(text: string, at: number): number {
  let end = at;
  let lineStart: number | undefined;
  while (end < text.length && text.charAt(end).trim() === '') {
    end += 1;
    if (text.charAt(end - 1) === '\n') lineStart = end;
  }
  return lineStart ?? end;
}
