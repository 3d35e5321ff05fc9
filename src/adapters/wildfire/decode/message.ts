import { types as wechaty } from 'wechaty-puppet';
import { MessageType } from '../../../core/message-type.js';
import { roomIdOf } from '../conversation-id.js';
import { messageEventId } from '../event-id.js';
import type { CallbackKind } from '../schema/callback-kinds.js';
import { conversationTypes, type WildfireMessage } from '../schema/message.js';
import { robotUserType } from '../schema/user.js';
import { contentOf } from './content.js';
import type { BotIdentity, DecodeContext } from './context.js';
import type { AnswerRoute, IgnoredBecause, PlatformOccurrence, WildfireEvent } from './event.js';
import {
  isInRoom,
  isOutside,
  keepingOf,
  plainPayload,
  timeOf,
  wechatyPayload,
} from './message-payload.js';
import { isGroupNotice, noticeEvent } from './notice.js';
import { eventNameOf, ownEventId, ownEventOf } from './own-event.js';
import { platformEvent } from './platform.js';
import { saidOf } from './said.js';

/** Payload types that are handled here and not by what they say. */
const types = { streaming: 14, notDelivered: 16, unreadMark: 31, recall: 80, typing: 91 } as const;
const passing: ReadonlySet<number> = new Set([
  types.streaming,
  types.notDelivered,
  types.unreadMark,
  types.typing,
]);
const friendAdded = 93;

/** A message that came on the road `kind`. */
export function messageEvent(
  kind: CallbackKind,
  message: WildfireMessage,
  body: unknown,
  context: DecodeContext,
): WildfireEvent {
  const why = unheard(message, context);
  if (why !== undefined) return { kind: 'ignored', why };
  if (!isHeardOn(kind, message, context.bot)) {
    const own = ownEventOf(kind, message, context.bot);
    return { ...forwarded(kind, message, body, context), ...(own && { own }) };
  }
  const { type } = message.payload;
  if (passing.has(type)) return { kind: 'ignored', why: 'passing' };
  const parts = { kind, message, body, context };
  if (isGroupNotice(type)) return noticeEvent(parts);
  if (type === friendAdded) return friendship(message, context);
  const name = eventNameOf(type);
  return name === undefined ? heard(message, context) : forwarded(name, message, body, context);
}

/** Why nobody listens to a message. What the bot does in a group is told like what others do. */
function unheard(message: WildfireMessage, context: DecodeContext): IgnoredBecause | undefined {
  const { bot, hearRobots } = context;
  const { toRobotId, payload } = message;
  if (bot.kind === 'robot' && toRobotId !== '' && toRobotId !== bot.id) return 'not-for-bot';
  if (isGroupNotice(payload.type)) return undefined;
  if (isOwn(message, context)) return 'own';
  return !hearRobots && isByRobot(message, context) ? 'robot' : undefined;
}

function isOwn({ sender, messageId }: WildfireMessage, { bot, isOwnMessage }: DecodeContext) {
  return sender === bot.id || (messageId !== '' && isOwnMessage(messageId));
}

function isByRobot({ sender, senderUserInfo }: WildfireMessage, { isRobot }: DecodeContext) {
  return senderUserInfo?.type === robotUserType || isRobot(sender);
}

/**
 * Each bot hears on one road, so that what the server tells on several is one message: a robot and a
 * channel by their own callbacks, a user by what is forwarded, as far as it is in the conversation.
 */
function isHeardOn(kind: CallbackKind, message: WildfireMessage, bot: BotIdentity): boolean {
  if (bot.kind === 'robot') return kind === 'robot';
  if (bot.kind === 'channel') return kind === 'channel.message';
  if (kind !== 'message' && kind !== 'mention') return false;
  const { conv, toUsers } = message;
  if (toUsers.length > 0 && !toUsers.includes(bot.id)) return false;
  return isInRoom(message) || (conv.type === conversationTypes.single && conv.target === bot.id);
}

/** Kinds of callbacks whose events are about what somebody said. */
const saidOn: ReadonlySet<string> = new Set(['message', 'mention', 'sensitive', 'censor']);

/** A message of somebody to somebody, or one that is an event. */
function forwarded(
  name: string,
  message: WildfireMessage,
  body: unknown,
  context: DecodeContext,
): PlatformOccurrence {
  const { messageId, sender, conv, payload } = message;
  const id = messageId ? messageEventId(name, messageId, payload.type) : context.bodyId();
  const isGroup = conv.type === conversationTypes.group;
  const content = contentOf(payload);
  const occurrence = platformEvent({
    id,
    name,
    userId: sender,
    ...(isGroup && { conversation: { kind: 'room', id: roomIdOf(conv) } }),
    ...(saidOn.has(name) && {
      payload: plainPayload(message, content, id, context),
      said: saidOf(content),
    }),
    ...keepingOf(message),
    fields: { ...message, timestamp: timeOf(message, context) },
    body,
  });
  return { ...occurrence, ...directedTo(message) };
}

/** Who got a directed message, and who said it. */
function directedTo(message: WildfireMessage): { readonly answerTo?: readonly string[] } {
  const { toUsers, sender } = message;
  if (toUsers.length === 0 || !isInRoom(message)) return {};
  return { answerTo: [...new Set([...toUsers, sender])] };
}

function heard(message: WildfireMessage, context: DecodeContext): WildfireEvent {
  const { messageId, payload: wire } = message;
  const isRecall = wire.type === types.recall;
  const content = isRecall ? { type: MessageType.Recalled, text: messageId } : contentOf(wire);
  const id = messageId ? ownEventId(message) : context.bodyId();
  const wechatyId = isRecall ? `${messageId}:recall` : messageId || id;
  return {
    kind: 'message',
    id,
    payload: wechatyPayload(message, content, wechatyId, context),
    content,
    route: routeOf(message, context.bot),
    ...directedTo(message),
    messageId,
    wire,
  };
}

function routeOf(message: WildfireMessage, bot: BotIdentity): AnswerRoute {
  const { conv, sender, messageId, payload } = message;
  const isMentioned = payload.mentionedType === 1 && payload.mentionedTarget.includes(bot.id);
  return {
    // In a single chat the target is the bot itself: answers go to who sent it.
    conversation: isInRoom(message) ? conv : { ...conv, target: sender },
    ...(isMentioned && messageId !== '' && { mentionedBy: messageId }),
    replyOnly: isOutside(message, bot),
  };
}

function friendship(message: WildfireMessage, context: DecodeContext): WildfireEvent {
  const { messageId, sender, payload } = message;
  const id = messageId ? messageEventId('friendship', messageId, payload.type) : context.bodyId();
  return friendshipEvent(id, sender, timeOf(message, context));
}

/** Somebody is a friend of the bot now. `at` in ms since 1970. */
export function friendshipEvent(id: string, contactId: string, at: number): WildfireEvent {
  return {
    kind: 'friendship',
    id,
    payload: {
      id,
      contactId,
      type: wechaty.Friendship.Confirm,
      timestamp: Math.floor(at / 1000),
    },
  };
}
