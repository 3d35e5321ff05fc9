import { z } from 'zod';
import { channelSchema } from './channel.js';
import { flag, id, ids, int64, integer, isRecord, renamed, text } from './fields.js';
import { groupSchema } from './group.js';
import { payloadSchema } from './payload.js';
import { userSchema } from './user.js';

/** Where a message was said. */
export const conversationSchema = z.object({
  /** 0 single, 1 group, 2 chat room, 3 channel, 4 things, 5 secret chat. */
  type: integer,
  target: id,
  /** A thread of the conversation; 0 for most. */
  line: integer,
});

/** A conversation of the server. */
export type WildfireConversation = z.infer<typeof conversationSchema>;

/** Numbers of conversation types. */
export const conversationTypes = {
  single: 0,
  group: 1,
  chatRoom: 2,
  channel: 3,
  things: 4,
  secret: 5,
} as const;

/** A message as callbacks carry it. The old page calls its id `messageUid`, as the API does. */
export const messageSchema = renamed(
  { messageUid: 'messageId' },
  {
    /** Decimal; `''` from servers before June 2020. */
    messageId: int64,
    sender: id,
    conv: conversationSchema,
    payload: payloadSchema,
    /** Not empty for a directed message (定向消息). */
    toUsers: ids,
    /** Milliseconds since 1970; 0 from servers before June 2020. */
    timestamp: integer,
    // What a switch adds beside the message must never cost the message.
    client: z.object({ platform: integer, clientId: text }).optional().catch(undefined),
    senderUserInfo: userSchema.optional().catch(undefined),
    targetUserInfo: userSchema.optional().catch(undefined),
    targetGroupInfo: groupSchema.optional().catch(undefined),
    targetChannelInfo: channelSchema.optional().catch(undefined),
    /** The robot it is for; from 1.4.4 on, in callbacks of robots. */
    toRobotId: text,
  },
);

/** A message as callbacks carry it. */
export type WildfireMessage = z.infer<typeof messageSchema>;

/** A message was taken back; `message` is what it said. */
export const recallSchema = z.object({
  message: messageSchema,
  /** Who took it back. */
  userId: text,
  timestamp: integer,
  isAdmin: flag,
});

/** What a calling robot gets about its conference; older guides send it to the robot's own URL. */
export const janusSchema = z.object({
  session_id: int64,
  handle_id: int64,
  data: z.unknown().optional(),
});

/** True for a body that is such a conference event and no message. */
export function isJanusEvent(body: unknown): boolean {
  return isRecord(body) && body['payload'] === undefined && body['session_id'] !== undefined;
}
