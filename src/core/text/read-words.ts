import type { Quotation } from '../event.js';
import { partQuotation } from './quotation/part-quotation.js';
import type { PartedText } from './quotation/parted-text.js';
import { showEmoji } from './web-emoji.js';

/** What a platform tells of a message beside its text. */
export interface ToldParts {
  /** What the message quotes. Absent: that is not told apart, and the text is parted. */
  readonly quoted?: Quotation;
  /** What is said now, where something is quoted. Default: the text. */
  readonly words?: string;
  /** How those who are mentioned are called in this message, by id. */
  readonly names?: Readonly<Record<string, string>>;
}

/**
 * What a message says now, and what it quotes. A platform that tells these apart is believed; a text
 * that comes as one is parted. Emoji of the web protocol are characters in the words.
 *
 * @param text as the platform sent it
 * @param told what the platform tells beside it
 */
export function readWords(text: string, told: ToldParts = {}): PartedText {
  const parted = told.quoted
    ? { words: told.words ?? text, quoted: told.quoted }
    : partQuotation(text);
  const words = showEmoji(parted.words);
  return words === parted.words ? parted : { ...parted, words };
}
