import type { MessageInterface, WechatyInterface } from 'wechaty/impls';
import type { BotEvent, Conversation } from '../core/event.js';
import { noMention, readMention } from './read-mention.js';
import { type RawPayload, readPayload } from './read-payload.js';
import { readPerson, readTags } from './read-person.js';
import type { UnreadEvent } from './unread-event.js';

/** A message that has just arrived, at `at` (ms since 1970). */
export function unreadMessage(
  bot: WechatyInterface,
  message: MessageInterface,
  at: number,
): UnreadEvent | undefined {
  const raw: RawPayload | undefined = message.payload;
  if (raw === undefined) return undefined;
  const botId = bot.puppet.currentUserId;
  const isSelf = raw.talkerId === botId;
  const conversation = conversationOf(raw.roomId, isSelf ? raw.listenerId : raw.talkerId);
  const inRoom = conversation.kind === 'room';
  return {
    head: { name: 'message', isSelf, inRoom, type: raw.type, text: raw.text ?? '' },
    conversationId: conversation.id,
    read: async (needs): Promise<BotEvent> => {
      const room = message.room();
      const tags = needs.has('tags') ? await readTags(bot, raw.talkerId) : [];
      const mention = needs.has('mention') ? await readMention(bot, message) : noMention;
      return {
        id: raw.id,
        name: 'message',
        botId,
        platform: bot.puppet.name(),
        at,
        user: readPerson(message.talker(), tags, room),
        isSelf,
        conversation,
        ...(room ? { topic: room.payload?.topic ?? '' } : {}),
        message: { payload: readPayload(raw), mention },
        variables: {},
      };
    },
  };
}

/** The room, else the other person of a private chat. */
function conversationOf(roomId: string | undefined, otherId: string | undefined): Conversation {
  if (roomId) return { kind: 'room', id: roomId };
  return { kind: 'contact', id: otherId ?? '' };
}
