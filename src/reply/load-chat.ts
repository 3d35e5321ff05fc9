import type { ContactInterface, RoomInterface, WechatyInterface } from 'wechaty/impls';
import type { Conversation } from '../core/event.js';
import { isUnsupported } from './is-unsupported.js';

/** A chat as Wechaty has it. */
export type Chat = ContactInterface | RoomInterface;

/**
 * The look-up that Wechaty uses itself for the chat of a message and hides from its types. It asks
 * the platform nothing, where `find` loads every member of a room that the bot has not met yet.
 */
interface Pool<T> {
  load(id: string): T;
}

/** A contact as one can be said something, or be said; whether it exists is not asked. */
export function loadContact(bot: WechatyInterface, id: string): ContactInterface {
  return (bot.Contact as unknown as Pool<ContactInterface>).load(id);
}

/** A room as it can be said something; whether it exists is not asked. */
export function loadRoom(bot: WechatyInterface, id: string): RoomInterface {
  return (bot.Room as unknown as Pool<RoomInterface>).load(id);
}

/** A conversation as it can be said something; whether it exists is not asked. */
export function chatOf(bot: WechatyInterface, { kind, id }: Conversation): Chat {
  return kind === 'room' ? loadRoom(bot, id) : loadContact(bot, id);
}

/**
 * Whether a conversation is no more: the platform neither knows nor lists it. An unreachable
 * platform is no proof. Asked only after something could not be said there.
 */
export async function isGone(bot: WechatyInterface, { kind, id }: Conversation): Promise<boolean> {
  const { puppet } = bot;
  try {
    await (kind === 'room' ? puppet.roomPayload(id) : puppet.contactPayload(id));
    return false;
  } catch {
    return !(await isListed(bot, { kind, id }));
  }
}

async function isListed({ puppet }: WechatyInterface, { kind, id }: Conversation) {
  try {
    const ids = await (kind === 'room' ? puppet.roomList() : puppet.contactList());
    return ids.includes(id);
  } catch (error) {
    // A platform that cannot list at all has said enough by not knowing the chat.
    return !isUnsupported(error);
  }
}
