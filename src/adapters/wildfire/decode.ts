import type { z } from 'zod';
import { tryLosslessJson } from '../shared/lossless-json.js';
import { onlineEvent, relationEvent } from './decode/account.js';
import type { DecodeContext } from './decode/context.js';
import type { WildfireEvent } from './decode/event.js';
import { groupEvent, memberEvent } from './decode/group.js';
import { messageEvent } from './decode/message.js';
import { platformEvent } from './decode/platform.js';
import { recallEvent } from './decode/recall.js';
import type { CallbackKind } from './schema/callback-kinds.js';
import { channelChanges, channelUpdateSchema, subscriptionSchema } from './schema/channel.js';
import {
  chatRoomChanges,
  chatRoomMemberChanges,
  chatRoomMemberSchema,
  chatRoomUpdateSchema,
} from './schema/chat-room.js';
import { exceptionSchema, exceptionTypes } from './schema/exception.js';
import { isRecord } from './schema/fields.js';
import { groupUpdateSchema, memberUpdateSchema } from './schema/group.js';
import {
  isJanusEvent,
  janusSchema,
  messageSchema,
  recallSchema,
  type WildfireMessage,
} from './schema/message.js';
import { onlineSchema } from './schema/online.js';
import {
  commentSchema,
  conferenceSchema,
  deviceSchema,
  feedSchema,
  momentRecallSchema,
  readSchema,
} from './schema/professional.js';
import { relationSchema } from './schema/relation.js';
import { userSchema } from './schema/user.js';

type Fields = Readonly<Record<string, unknown>>;
type Decoder = (body: unknown, context: DecodeContext) => WildfireEvent;

/** The object in a body of JSON in UTF-8; `undefined` where there is none. Never throws. */
export function readBody(body: Uint8Array): Fields | undefined {
  const source = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  const read = tryLosslessJson(source.replace(/^\uFEFF/u, ''));
  return isRecord(read) ? read : undefined;
}

/**
 * What a callback means. Pure, but for `context`, and never throws: what cannot be read is
 * `unreadable`, with the names of the wrong fields and nothing of their content.
 *
 * @param kind by the path it came on: the body does not say
 */
export function decode(kind: CallbackKind, body: Fields, context: DecodeContext): WildfireEvent {
  return decoders[kind](body, context);
}

/** The message in the body of a callback; `undefined` where there is none. Never throws. */
export function readMessage(body: Fields): WildfireMessage | undefined {
  return messageSchema.safeParse(body).data;
}

/** Reads by a schema, then says what it means. */
function reading<T>(
  schema: z.ZodType<T>,
  mean: (read: T, body: unknown, context: DecodeContext) => WildfireEvent,
): Decoder {
  return (body, context) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return mean(parsed.data, body, context);
    return { kind: 'unreadable', fields: parsed.error.issues.map(({ path }) => path.join('.')) };
  };
}

/** A message on a road. */
function message(kind: CallbackKind): Decoder {
  return reading(messageSchema, (read, body, context) => messageEvent(kind, read, body, context));
}

/** An event that is told as it is. `userOf` is who did it; `more` is added to its fields. */
function told<T extends Fields>(
  kind: CallbackKind,
  schema: z.ZodType<T>,
  userOf: (read: T) => string = () => '',
  more: (read: T) => Fields = () => ({}),
): Decoder {
  return reading(schema, (read, body, context) =>
    platformEvent({
      id: context.bodyId(),
      name: kind,
      userId: userOf(read),
      fields: { ...read, ...more(read) },
      body,
    }),
  );
}

const change =
  (changes: readonly string[]) =>
  ({ type }: { readonly type: number }) => ({ change: changes[type] ?? 'unknown' });

const byUser = ({ userId }: { readonly userId: string }) => userId;
const byOperator = ({ operatorId }: { readonly operatorId: string }) => operatorId;
const bySender = ({ sender }: { readonly sender: string }) => sender;

const conference = (kind: CallbackKind) => told(kind, conferenceSchema, byUser);

const robotConference = told('robot.conference', janusSchema);
const robotMessage = message('robot');

const decoders: Readonly<Record<CallbackKind, Decoder>> = {
  message: message('message'),
  mention: message('mention'),
  sensitive: message('sensitive'),
  recall: reading(recallSchema, recallEvent),
  censor: message('censor'),
  'user.online': reading(onlineSchema, onlineEvent),
  'user.info': told('user.info', userSchema, byUser),
  'user.relation': reading(relationSchema, relationEvent),
  'group.info': reading(groupUpdateSchema, groupEvent),
  'group.member': reading(memberUpdateSchema, memberEvent),
  'channel.info': told('channel.info', channelUpdateSchema, byOperator, change(channelChanges)),
  'chatroom.info': told('chatroom.info', chatRoomUpdateSchema, undefined, change(chatRoomChanges)),
  'chatroom.member': told(
    'chatroom.member',
    chatRoomMemberSchema,
    byOperator,
    change(chatRoomMemberChanges),
  ),
  exception: told('exception', exceptionSchema, undefined, ({ event_type: type }) => ({
    exception: exceptionTypes.get(type) ?? 'unknown',
  })),
  // Older guides send the events of a robot's conferences to the URL of its messages.
  robot: (body, context) => (isJanusEvent(body) ? robotConference : robotMessage)(body, context),
  'robot.conference': robotConference,
  'channel.message': message('channel.message'),
  'channel.subscribe': told('channel.subscribe', subscriptionSchema, byUser),
  device: deviceOrMessage,
  read: told('read', readSchema, ({ user }) => user),
  'conference.create': conference('conference.create'),
  'conference.destroy': conference('conference.destroy'),
  'conference.member_join': conference('conference.member_join'),
  'conference.member_leave': conference('conference.member_leave'),
  'conference.member_publish': conference('conference.member_publish'),
  'conference.member_unpublish': conference('conference.member_unpublish'),
  'moments.feed': told('moments.feed', feedSchema, bySender),
  'moments.feed_recall': told('moments.feed_recall', momentRecallSchema),
  'moments.comment': told('moments.comment', commentSchema, bySender),
  'moments.comment_recall': told('moments.comment_recall', momentRecallSchema),
};

/** The demo takes messages on this URL, the documentation a device's bytes. */
function deviceOrMessage(body: unknown, context: DecodeContext): WildfireEvent {
  if (isRecord(body) && body['payload'] !== undefined) return message('device')(body, context);
  return told('device', deviceSchema, undefined, ({ data }) => ({
    data: data.toString('base64'),
  }))(body, context);
}
