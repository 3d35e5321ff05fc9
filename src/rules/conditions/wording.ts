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

/** What was wanted and what was seen. */
export function wantedAndSeen(wanted: string, seen: Bilingual | string): Bilingual {
  const [en, zh] = typeof seen === 'string' ? [seen, seen] : [seen.en, seen.zh];
  return { en: `wants ${wanted}, got ${en}`, zh: `要求 ${wanted}，实际为 ${zh}` };
}
