import type { z } from 'zod';
import {
  groupChanges,
  type groupUpdateSchema,
  memberChanges,
  type memberUpdateSchema,
} from '../schema/group.js';
import type { DecodeContext } from './context.js';
import type { WildfireEvent } from './event.js';
import { platformEvent } from './platform.js';
import { roomJoin, roomLeave, roomTopic } from './room.js';

/** A group was made or changed: a new name is Wechaty's event, the rest has no word. */
export function groupEvent(
  update: z.infer<typeof groupUpdateSchema>,
  body: unknown,
  context: DecodeContext,
): WildfireEvent {
  const { operatorId: by, groupId: roomId, type, groupInfo } = update;
  const id = context.bodyId();
  const change = groupChanges[type] ?? 'unknown';
  const name = groupInfo?.name ?? '';
  const before = context.topicOf(roomId);
  if (change === 'update' && name !== '' && before !== undefined && before !== name) {
    return roomTopic({ id, roomId, by, at: context.now }, name, before);
  }
  return platformEvent({
    id,
    name: 'group.info',
    userId: by,
    // Nothing can be said in a group that is gone.
    ...(change !== 'destroy' && { conversation: { kind: 'room', id: roomId } }),
    fields: { ...update, change },
    body,
  });
}

/** Members came and went, or are something else now. */
export function memberEvent(
  update: z.infer<typeof memberUpdateSchema>,
  body: unknown,
  context: DecodeContext,
): WildfireEvent {
  const { operatorId: by, groupId: roomId, memberIds, type } = update;
  const id = context.bodyId();
  const moment = { id, roomId, by, at: context.now };
  const change = memberChanges[type] ?? 'unknown';
  if (change === 'join') return roomJoin(moment, memberIds);
  if (change === 'leave' || change === 'kick') return roomLeave(moment, memberIds);
  return platformEvent({
    id,
    name: 'group.member',
    userId: by,
    conversation: { kind: 'room', id: roomId },
    // The server tells a new extra with the type of an alias: which of the two it is, is unknown.
    fields: { ...update, change: change === 'alias' ? 'alias-or-extra' : change },
    body,
  });
}
