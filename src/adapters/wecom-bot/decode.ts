import { createHash } from 'node:crypto';
import type { PlatformEvent } from '../../core/platform-event.js';
import { decodeMessages } from './decode-message.js';
import type { DecodeContext, Decoded, Question } from './decoded.js';
import { variablesOf } from './event-variables.js';
import type { Callback } from './schema/callback.js';

/** A callback in Wechaty's words. Pure. */
export function decode(callback: Callback, context: DecodeContext): Decoded {
  const { msgtype, stream, event } = callback;
  if (msgtype === 'stream') {
    return stream ? { kind: 'refresh', streamId: stream.id } : { kind: 'unknown' };
  }
  const question = questionOf(callback, context);
  // What the system says is no question (the platform's own plugin leaves it out too).
  if (callback.from.userid === 'sys') return { kind: 'unknown' };
  if (msgtype !== 'event') {
    const messages = decodeMessages(callback, question, context);
    return messages.length > 0 ? { kind: 'messages', question, messages } : { kind: 'unknown' };
  }
  return event ? decodeEvent(callback, event, question) : { kind: 'unknown' };
}

function questionOf(callback: Callback, context: DecodeContext): Question {
  const { plaintext, isConnected } = context;
  const { msgid, chatid, from, response_url: url } = callback;
  const responseUrl = isConnected ? (chatid ?? from.userid) : url;
  const id = msgid || createHash('sha256').update(plaintext).digest('base64url').slice(0, 22);
  return {
    id,
    userId: from.userid,
    conversation:
      chatid === undefined ? { kind: 'contact', id: from.userid } : { kind: 'room', id: chatid },
    ...(responseUrl !== undefined && { responseUrl }),
  };
}

function decodeEvent(
  callback: Callback,
  { eventtype, template_card_event: click }: NonNullable<Callback['event']>,
  question: Question,
): Decoded {
  const { id, userId, conversation } = question;
  const { response_url: _url, ...shown } = callback;
  const event: PlatformEvent = {
    name: `wecomBot:${eventtype}`,
    id,
    ...(userId !== '' && { userId }),
    variables: variablesOf(callback),
    raw: JSON.stringify(shown),
  };
  const answerable = { ...event, conversation };
  if (eventtype === 'enter_chat') return { kind: 'welcome', question, event: answerable };
  if (click !== undefined) return { kind: 'click', question, event: answerable, click };
  return { kind: 'event', id, event };
}
