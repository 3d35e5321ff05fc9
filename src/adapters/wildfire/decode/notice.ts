import type { z } from 'zod';
import { roomIdOf } from '../conversation-id.js';
import { messageEventId } from '../event-id.js';
import type { CallbackKind } from '../schema/callback-kinds.js';
import { binaryJson, groupNoticeSchema, readInner } from '../schema/content.js';
import type { WildfireMessage } from '../schema/message.js';
import type { DecodeContext } from './context.js';
import type { WildfireEvent } from './event.js';
import { platformEvent } from './platform.js';
import { type RoomMoment, roomJoin, roomLeave, roomTopic } from './room.js';

/** What a notice is in Wechaty's words. */
const meanings: ReadonlyMap<number, 'create' | 'join' | 'kick' | 'quit' | 'name'> = new Map([
  [104, 'create'],
  [105, 'join'],
  [106, 'kick'],
  [107, 'quit'],
  [110, 'name'],
  [120, 'kick'],
  [121, 'quit'],
]);

/** True for what the server itself writes into a group. */
export function isGroupNotice(type: number): boolean {
  return type >= 104 && type <= 125;
}

/** A group's notice and what came with it. */
export interface NoticeParts {
  readonly kind: CallbackKind;
  readonly message: WildfireMessage;
  readonly body: unknown;
  readonly context: DecodeContext;
}

/** Who came, who went and what the group is called are Wechaty's events; the rest has no word. */
export function noticeEvent(parts: NoticeParts): WildfireEvent {
  const { message, context } = parts;
  const { messageId, payload, conv, sender } = message;
  const notice = readInner(groupNoticeSchema, binaryJson(payload.base64edData));
  const by = notice.o || sender;
  const id = messageId ? messageEventId('group.notice', messageId, payload.type) : context.bodyId();
  const room = { id, roomId: roomIdOf(conv), by, at: message.timestamp || context.now };
  switch (meanings.get(payload.type)) {
    case 'create':
      return roomJoin(room, [context.bot.id]);
    case 'join':
      return roomJoin(room, notice.ms);
    case 'kick':
      return roomLeave(room, notice.ms);
    case 'quit':
      return roomLeave(room, [by]);
    case 'name':
      return roomTopic(room, notice.n, context.topicOf(conv.target));
    case undefined:
    default:
      return otherNotice(parts, room, notice);
  }
}

function otherNotice(
  { message, body }: NoticeParts,
  { id, roomId, by }: RoomMoment,
  { ms, m, n: value, type: setting }: z.infer<typeof groupNoticeSchema>,
): WildfireEvent {
  const fields = {
    type: message.payload.type,
    groupId: message.conv.target,
    operatorId: by,
    memberIds: ms.length > 0 ? ms : [m],
    setting,
    value,
  };
  const conversation = { kind: 'room', id: roomId } as const;
  return platformEvent({ id, name: 'group.notice', userId: by, conversation, fields, body });
}
