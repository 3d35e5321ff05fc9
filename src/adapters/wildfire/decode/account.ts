import type { z } from 'zod';
import { type onlineSchema, presenceOf } from '../schema/online.js';
import { relationChanges, type relationSchema } from '../schema/relation.js';
import type { DecodeContext } from './context.js';
import type { WildfireEvent } from './event.js';
import { friendshipEvent } from './message.js';
import { platformEvent } from './platform.js';

/** A relation changed; Wechaty has a word for a new friend of the bot alone. */
export function relationEvent(
  relation: z.infer<typeof relationSchema>,
  body: unknown,
  context: DecodeContext,
): WildfireEvent {
  const { userId, targetId, type, value } = relation;
  const id = context.bodyId();
  const change = relationChanges[type] ?? 'unknown';
  const isMine = userId === context.bot.id || targetId === context.bot.id;
  if (change === 'friend' && value === '1' && isMine) {
    const other = userId === context.bot.id ? targetId : userId;
    return friendshipEvent(id, other, context.now);
  }
  return platformEvent({
    id,
    name: 'user.relation',
    userId,
    fields: { ...relation, change },
    body,
  });
}

/** A device came or went. `status` is as the server sent it, `presence` what it means. */
export function onlineEvent(
  online: z.infer<typeof onlineSchema>,
  body: unknown,
  context: DecodeContext,
): WildfireEvent {
  const { sessions, ...rest } = online;
  return platformEvent({
    id: context.bodyId(),
    name: 'user.online',
    userId: online.userId,
    fields: { ...rest, presence: presenceOf(online.status, context.legacyStatus) },
    body: withSessions(body, sessions),
  });
}

/** The body with its swapped ids mended. */
function withSessions(body: unknown, sessions: readonly object[]): unknown {
  return sessions.length === 0 ? body : { ...(body as object), sessions };
}
