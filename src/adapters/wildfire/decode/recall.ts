import type { z } from 'zod';
import { messageEventId } from '../event-id.js';
import type { recallSchema } from '../schema/message.js';
import type { DecodeContext } from './context.js';
import type { WildfireEvent } from './event.js';
import { messageEvent } from './message.js';
import { platformEvent } from './platform.js';

/** The type of the notice that clients and robots get of a recall. */
const recallType = 80;

/**
 * A message was taken back. For a user it is the notice that a robot gets anyway, on its own road:
 * for robots and channels it is a platform event.
 */
export function recallEvent(
  recall: z.infer<typeof recallSchema>,
  body: unknown,
  context: DecodeContext,
): WildfireEvent {
  const { message, userId: operator, timestamp } = recall;
  if (operator === context.bot.id) return { kind: 'ignored', why: 'own' };
  if (context.bot.kind === 'user') {
    const payload = { ...message.payload, type: recallType, content: operator };
    const notice = { ...message, sender: operator || message.sender, timestamp, payload };
    const event = messageEvent('message', notice, body, context);
    if (event.kind === 'message') return event;
  }
  const { messageId } = message;
  return platformEvent({
    id: messageId ? messageEventId('recall', messageId, recallType) : context.bodyId(),
    name: 'recall',
    userId: operator,
    fields: { ...recall },
    body,
  });
}
