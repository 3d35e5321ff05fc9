import type { WechatyInterface } from 'wechaty/impls';
import type { Conversation } from '../core/event.js';
import { isUnsupported } from './is-unsupported.js';

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
