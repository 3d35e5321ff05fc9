import type { ContactInterface, RoomInterface, WechatyInterface } from 'wechaty/impls';
import type { BotEvent, Conversation } from '../core/event.js';
import { readPerson, readTags } from './read-person.js';
import type { UnreadEvent } from './unread-event.js';

/** An event that is no message, as its listener hears it. */
export interface Notice {
  readonly name: string;
  readonly id: string;
  readonly botId: string;
  /** When it reached the bot, in ms since 1970. */
  readonly at: number;
  /** Who did it, or to whom it happened. */
  readonly contact: ContactInterface;
  /** Where the reply goes. */
  readonly place: 'room' | 'contact' | 'none';
  readonly room?: RoomInterface;
  readonly variables: Readonly<Record<string, string>>;
}

/** An event that is no message and has just arrived. */
export function unreadNotice(bot: WechatyInterface, notice: Notice): UnreadEvent {
  const { name, botId, contact, room } = notice;
  // Logging in and out happens to the bot; what it does in a chat is its own doing.
  const isSelf = notice.place !== 'none' && contact.id === botId;
  const conversation = conversationOf(notice);
  return {
    head: { name, isSelf, inRoom: room !== undefined },
    conversationId: conversation?.id ?? '',
    read: async (needs): Promise<BotEvent> => ({
      id: notice.id,
      name,
      botId,
      platform: bot.puppet.name(),
      at: notice.at,
      user: readPerson(contact, needs.has('tags') ? await readTags(bot, contact.id) : [], room),
      isSelf,
      ...(conversation ? { conversation } : {}),
      ...(room ? { topic: room.payload?.topic ?? '' } : {}),
      variables: notice.variables,
    }),
  };
}

function conversationOf({ place, room, contact }: Notice): Conversation | undefined {
  if (place === 'none') return undefined;
  if (place === 'room' && room) return { kind: 'room', id: room.id };
  return { kind: 'contact', id: contact.id };
}
