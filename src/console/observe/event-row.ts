import type { EventMessage } from '../../core/event.js';
import { MessageType } from '../../core/message-type.js';
import { beginningOf } from '../../core/remembered.js';
import { typeName } from '../../rules/conditions/wording.js';
import type { EventRow, MaybeText } from '../api/contract.js';
import { present } from '../present.js';
import type { SeenEvent } from './seen-event.js';

/** A remembered event for the page; its text only with `withText`, and as long as there is one. */
export function eventRow(seen: SeenEvent, withText: boolean): EventRow {
  const { event, outcome } = seen;
  const { user, message, topic, conversation } = event;
  const row = present({
    id: String(seen.seq),
    at: event.at,
    name: event.name,
    botId: event.botId,
    userId: user.id,
    userName: user.alias === '' ? user.name : user.alias,
    conversation,
    topic,
    type: message && typeName(message.payload.type),
    isSelf: event.isSelf,
    mentionsBot: message?.mention.me === true,
    ...outcome,
  });
  return { ...row, ...wordsOf(seen, withText) };
}

/** What is no text often has its inside there: XML, base64. Nobody reads more of that. */
const maxInside = 500;

function wordsOf(
  { event: { message }, isBlank, cutFrom }: SeenEvent,
  withText: boolean,
): MaybeText & Pick<EventRow, 'quote'> {
  if (message === undefined) return {};
  const { type, text = '' } = message.payload;
  if (isBlank || (!withText && text !== '')) return { hidden: true };
  const shown = type === MessageType.Text ? text : beginningOf(text, maxInside);
  const length = cutFrom ?? text.length;
  return {
    text: shown,
    ...(length > shown.length && { cutFrom: length }),
    ...(withText && quoteApart(message)),
  };
}

/** What is quoted, where the text does not hold it. */
function quoteApart({ payload, words, quoted }: EventMessage): Pick<EventRow, 'quote'> {
  const quote = words === payload.text ? quoted?.text : undefined;
  return quote === undefined ? {} : { quote };
}
