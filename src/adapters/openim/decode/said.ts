import type { ToldParts } from '../../../core/text/read-words.js';
import type { Quoted } from './decoded.js';

/** What a message says and quotes; `undefined` when it quotes nothing. */
export function saidOf(quoted: Quoted | undefined): ToldParts | undefined {
  if (quoted === undefined) return undefined;
  const { messageId: id, senderId: userId, senderName: name, text } = quoted;
  const known = Object.entries({ id, userId, name, text }).filter(([, value]) => value !== '');
  return { quoted: Object.fromEntries(known) };
}
