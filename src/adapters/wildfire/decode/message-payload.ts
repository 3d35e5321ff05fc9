import type { payloads } from 'wechaty-puppet';
import type { MessagePayload } from '../../../core/message-payload.js';
import { outsideRoomId, roomIdOf } from '../conversation-id.js';
import { timeInMessageId } from '../event-id.js';
import { conversationTypes, type WildfireMessage } from '../schema/message.js';
import type { BotIdentity, DecodeContext } from './context.js';
import type { MessageContent } from './event.js';

const recallType = 80;

/** A message for the bot, as Wechaty has it. */
export function wechatyPayload(
  message: WildfireMessage,
  content: MessageContent,
  id: string,
  context: DecodeContext,
): payloads.Message {
  // Wechaty's list of types lacks those of notices.
  const type: unknown = content.type;
  const base = { ...basePayload(message, content, id, context), type };
  const roomId = roomOf(message, context.bot);
  const payload =
    roomId === undefined
      ? { ...base, listenerId: context.bot.id }
      : { ...base, roomId, ...mentionsOf(message) };
  return payload as payloads.Message;
}

/** A message of anybody to anybody, as receivers get it. */
export function plainPayload(
  message: WildfireMessage,
  content: MessageContent,
  id: string,
  context: DecodeContext,
): MessagePayload {
  const base = { ...basePayload(message, content, id, context), type: content.type };
  return isInRoom(message)
    ? { ...base, roomId: roomIdOf(message.conv), ...mentionsOf(message) }
    : { ...base, roomId: '', listenerId: message.conv.target };
}

function basePayload(
  message: WildfireMessage,
  { text, media }: MessageContent,
  id: string,
  context: DecodeContext,
) {
  return {
    id,
    talkerId: talkerOf(message),
    timestamp: Math.floor(timeOf(message, context) / 1000),
    ...(text !== '' && { text }),
    ...(media && { filename: media.name }),
    ...keepingOf(message),
  };
}

/** A message that is burnt after reading (阅后即焚) names the seconds that it lives. */
export function keepingOf({ payload }: WildfireMessage): { readonly keepSeconds?: number } {
  const { expireDuration } = payload;
  return expireDuration > 0 ? { keepSeconds: expireDuration } : {};
}

/** In a recall the content is who took the message back. */
function talkerOf({ sender, payload }: WildfireMessage): string {
  return payload.type === recallType && payload.content !== '' ? payload.content : sender;
}

function mentionsOf({ payload }: WildfireMessage): { readonly mentionIdList?: string[] } {
  if (payload.mentionedType === 2) return { mentionIdList: ['@all'] };
  const isListed = payload.mentionedType === 1 && payload.mentionedTarget.length > 0;
  return isListed ? { mentionIdList: [...payload.mentionedTarget] } : {};
}

function roomOf(message: WildfireMessage, bot: BotIdentity): string | undefined {
  if (isInRoom(message)) return roomIdOf(message.conv);
  return isOutside(message, bot) ? outsideRoomId(message.sender, message.conv) : undefined;
}

/** It was said in a group or a chat room. */
export function isInRoom({ conv }: WildfireMessage): boolean {
  return conv.type === conversationTypes.group || conv.type === conversationTypes.chatRoom;
}

/** Two others talk and mention the robot: it is not the robot's own chat with the sender. */
export function isOutside({ conv }: WildfireMessage, bot: BotIdentity): boolean {
  const isSingle = conv.type === conversationTypes.single;
  return bot.kind === 'robot' && isSingle && conv.target !== bot.id;
}

/** When it was sent, in ms since 1970. */
export function timeOf({ timestamp, messageId }: WildfireMessage, { now }: DecodeContext): number {
  return timestamp || timeInMessageId(messageId) || now;
}
