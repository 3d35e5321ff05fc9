import type { Bilingual } from '../../core/language.js';
import { MessageType } from '../../core/message-type.js';

const longestQuote = 60;

/** A value in quotes, cut when it is long. */
export function quoted(value: string): string {
  const characters = Array.from(value);
  const shown =
    characters.length > longestQuote ? `${characters.slice(0, longestQuote).join('')}…` : value;
  return `"${shown}"`;
}

/** Values in quotes, one after another: the first five. */
export function quotedList(values: readonly string[]): string {
  const shown = values.slice(0, 5).map(quoted).join(', ');
  return values.length > 5 ? `${shown}, … (${values.length})` : shown;
}

/** The name of a kind of message as `trigger.types` spells it, or its number. */
export function typeName(type: number): string {
  return Object.entries(MessageType).find(([, value]) => value === type)?.[0] ?? String(type);
}

/** The same in Chinese quotes, joined by a Chinese word. */
export function quotedListZh(values: readonly string[], word: string): string {
  const shown = values.slice(0, 5).map(quotedZh).join(word);
  return values.length > 5 ? `${shown}等 ${values.length} 项` : shown;
}

/** A value in Chinese quotes, cut when it is long. */
export function quotedZh(value: string): string {
  return `“${quoted(value).slice(1, -1)}”`;
}

/** What was wanted and what was seen: words of a rule, and what they are called. */
export function wantedAndSeen(
  wanted: readonly string[],
  seen: readonly string[],
  names: Readonly<Record<string, Bilingual>>,
): Bilingual {
  const zh = (words: readonly string[]) =>
    spaced(words.map((word) => names[word]?.zh ?? word).join('、') || '无');
  return {
    en: `wants ${wanted.join(', ')}, got ${seen.join(', ') || 'none'}`,
    zh: `要求${zh(wanted)}，实际为${zh(seen)}`,
  };
}

/** Chinese sets a blank before characters that are not its own. */
export function spaced(words: string): string {
  return /^\w/u.test(words) ? ` ${words}` : words;
}
