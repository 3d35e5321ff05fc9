import type { ContactInterface, RoomInterface, WechatyInterface } from 'wechaty/impls';
import type { BotEvent, Conversation } from '../core/event.js';
import { puppetName } from './bot-identity.js';
import { onceKnown } from './once-known.js';
import type { Arrival } from './read-message.js';
import { readWho } from './read-who.js';
import { sequenceOf, type UnreadEvent } from './unread-event.js';

/** An event of a chat that is no message, as its listener hears it. */
export interface Notice {
  readonly name: string;
  readonly id: string;
  /** Who did it, or to whom it happened. */
  readonly contact: ContactInterface;
  /** Where it happened and the reply goes; absent: the private chat with `contact`. */
  readonly room?: RoomInterface;
  readonly variables: Readonly<Record<string, string>>;
}

/** An event of a chat that is no message and has just arrived. */
export function unreadNotice(
  bot: WechatyInterface,
  notice: Notice,
  { botId, at, lookUps }: Arrival,
): UnreadEvent {
  const { name, id, contact, room, variables } = notice;
  const isSelf = contact.id === botId;
  const conversation: Conversation = room
    ? { kind: 'room', id: room.id }
    : { kind: 'contact', id: contact.id };
  return {
    head: { name, isSelf, inRoom: room !== undefined },
    sequence: sequenceOf(botId, conversation.id),
    read: (needs) => {
      const known = { id: contact.id, contact: contact.payload, room, isNotOfficial: isSelf };
      const who = readWho(lookUps.begin(), known, needs);
      return onceKnown(
        who,
        undefined,
        ({ user, topic }): BotEvent => ({
          id,
          name,
          botId,
          platform: puppetName(bot),
          at,
          user,
          isSelf,
          conversation,
          ...(topic === undefined ? {} : { topic }),
          variables,
        }),
      );
    },
  };
}
