import type { Quotation } from '../event.js';
import { partQuotation } from './quotation/part-quotation.js';
import type { PartedText } from './quotation/parted-text.js';
import { showEmoji } from './web-emoji.js';

/** What a platform tells apart from the text of a message. */
export interface ToldParts {
  /** What is said now. Default: the text, which then quotes nothing. */
  readonly words?: string;
  readonly quoted: Quotation;
}

/**
 * What a message says now, and what it quotes. A platform that tells these apart is believed; a text
 * that comes as one is parted. Emoji of the web protocol are characters in the words.
 *
 * @param text as the platform sent it
 * @param told what the platform tells apart
 */
export function readWords(text: string, told?: ToldParts): PartedText {
  const { words, quoted } = told
    ? { words: told.words ?? text, quoted: told.quoted }
    : partQuotation(text);
  return { words: showEmoji(words), ...(quoted && { quoted }) };
}
