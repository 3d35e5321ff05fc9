import type { ToldParts } from '../../../core/text/read-words.js';
import type { MessageBody, Quoted } from './decoded.js';

/** What a message quotes, and how it calls those whom it mentions; `undefined` when it tells neither. */
export function saidOf({
  quoted,
  names,
}: Pick<MessageBody, 'quoted' | 'names'>): ToldParts | undefined {
  if (quoted === undefined && names === undefined) return undefined;
  return { ...(quoted && { quoted: quotationOf(quoted) }), ...(names && { names }) };
}

function quotationOf({ messageId: id, senderId: userId, senderName: name, text }: Quoted) {
  const known = Object.entries({ id, userId, name, text }).filter(([, value]) => value !== '');
  return Object.fromEntries(known);
}
