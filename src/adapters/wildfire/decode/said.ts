import type { ToldParts } from '../../../core/text/read-words.js';
import type { MessageContent } from './event.js';

/** What a message says and quotes; `undefined` when it quotes nothing. */
export function saidOf({ quote }: Pick<MessageContent, 'quote'>): ToldParts | undefined {
  if (quote === undefined) return undefined;
  const { messageId: id, userId, name, text } = quote;
  const known = Object.entries({ id, userId, name, text }).filter(([, value]) => value !== '');
  return { quoted: Object.fromEntries(known) };
}
