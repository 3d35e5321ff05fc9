import { MessageType } from '../../core/message-type.js';
import { typeName } from '../../rules/conditions/wording.js';
import type { EventRow } from '../api/contract.js';
import type { SeenEvent } from './seen-event.js';

/** A remembered event for the page; its text only with `withText`, and as long as there is one. */
export function eventRow(seen: SeenEvent, withText: boolean): EventRow {
  const { event, outcome } = seen;
  const { message } = event;
  const text = message?.payload.text ?? '';
  const isHidden = seen.isBlank || (!withText && text !== '');
  return {
    id: String(seen.seq),
    at: event.at,
    name: event.name,
    botId: event.botId,
    userId: event.user.id,
    userName: event.user.alias || event.user.name,
    ...(event.conversation && { conversation: event.conversation }),
    ...(event.topic !== undefined && { topic: event.topic }),
    ...(message && { type: typeName(message.payload.type) }),
    isSelf: event.isSelf,
    mentionsBot: message?.mention.me ?? false,
    ...outcome,
    ...(message && (isHidden ? { hidden: true } : textOf(message.payload.type, text))),
  };
}

/** What is no text often has its inside there: XML, base64. Nobody reads that. */
function textOf(type: number, text: string): { readonly text: string } {
  return { text: type === MessageType.Text ? text : text.slice(0, 500) };
}
