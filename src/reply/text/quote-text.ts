import { cleanText } from '../../core/text/clean-text.js';
import { readWords } from '../../core/text/read-words.js';

/** What WeChat itself puts between a quotation and the answer. */
const divider = '- - - - - - - - - - - - - - -';

/** How much of a question is quoted, in code points. */
const quotedCodePoints = 100;

/** A text on one line: a name or question may not break out of its quotation. */
function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, ' ').trim();
}

function shorten(text: string): string {
  // A code point takes at most two code units: no need to take a long text apart as a whole.
  const codePoints = Array.from(text.slice(0, 2 * quotedCodePoints + 1));
  if (codePoints.length <= quotedCodePoints) return text;
  return `${codePoints.slice(0, quotedCodePoints).join('')}…`;
}

/** A question as it stands in a quotation: on one line, short, without what it quotes itself. */
export function quotedPart(question: string): string {
  return shorten(oneLine(readWords(question).words));
}

/**
 * The lines that quote a question, as text: `「Alice：question」` and a divider. The answer follows.
 * A question that quotes something itself is quoted without that. `""` for a blank question.
 *
 * @param name who asked; absent: only the question stands in the quotation
 */
export function quoteText(question: string, name?: string): string {
  const quoted = quotedPart(question);
  if (quoted === '') return '';
  const who = name === undefined ? '' : `${oneLine(name)}：`;
  return `「${who}${quoted}」\n${divider}\n`;
}
