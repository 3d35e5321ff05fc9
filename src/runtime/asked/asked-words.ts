import type { AskedEvent } from '../../core/asked.js';
import type { EventMessage } from '../../core/event.js';
import { readWords } from '../../core/text/read-words.js';

/** What the message that is asked about says now, and what it quotes. */
export function askedWords({
  text,
  quote,
}: NonNullable<AskedEvent['message']>): Pick<EventMessage, 'words' | 'quoted'> {
  return readWords(text, quote === undefined ? undefined : { quoted: { text: quote } });
}
