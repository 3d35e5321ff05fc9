import { roomIdOf } from '../conversation-id.js';
import { messageEventId } from '../event-id.js';
import type { CallbackKind } from '../schema/callback-kinds.js';
import { binaryJson, groupNoticeSchema, readInner } from '../schema/content.js';
import type { WildfireMessage } from '../schema/message.js';
import type { DecodeContext } from './context.js';
import type { WildfireEvent } from './event.js';
import { platformEvent } from './platform.js';
import { roomJoin, roomLeave, roomTopic } from './room.js';

const types = {
  create: 104,
  add: 105,
  kick: 106,
  quit: 107,
  name: 110,
  visibleKick: 120,
  visibleQuit: 121,
} as const;

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
  const { message, body, context } = parts;
  const { messageId, payload, sender, conv, timestamp } = message;
  const { type } = payload;
  const id = messageId ? messageEventId('group.notice', messageId, type) : context.bodyId();
  const notice = readInner(groupNoticeSchema, binaryJson(payload.base64edData));
  const { n: value, ms: members, o: operatorId } = notice;
  const by = operatorId || sender;
  const room = { id, roomId: roomIdOf(conv), by, at: timestamp || context.now };
  switch (type) {
    case types.create:
      return roomJoin(room, [context.bot.id]);
    case types.add:
      return roomJoin(room, members);
    case types.kick:
    case types.visibleKick:
      return roomLeave(room, members);
    case types.quit:
    case types.visibleQuit:
      return roomLeave(room, [by]);
    case types.name:
      return roomTopic(room, value, context.topicOf(conv.target));
    default:
      return platformEvent({
        id,
        name: 'group.notice',
        userId: by,
        conversation: { kind: 'room', id: room.roomId },
        fields: {
          type,
          groupId: conv.target,
          operatorId: by,
          memberIds: members.length > 0 ? members : [notice.m],
          setting: notice.type,
          value,
        },
        body,
      });
  }
}
