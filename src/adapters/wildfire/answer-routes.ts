import { LRUCache } from 'lru-cache';
import type { Directory } from './client/directory.js';
import { conversationOfRoom, isOutsideRoom } from './conversation-id.js';
import type { BotIdentity } from './decode/context.js';
import type { AnswerRoute, MessageEvent } from './decode/event.js';
import { conversationTypes } from './schema/message.js';

const maxRoutes = 10_000;

/** How Wechaty's conversations are answered. */
export interface AnswerRoutes {
  /** A message shows how its conversation is answered: in which line, as a reply to what. */
  learn(event: MessageEvent): void;
  /** The way to a contact or a room, also to one that nothing was heard of yet. */
  to(conversationId: string): Promise<AnswerRoute>;
}

/** Routes, as learnt from messages; the rest is guessed from ids, and asked of the server. */
export function createAnswerRoutes(bot: BotIdentity, directory: Directory): AnswerRoutes {
  const known = new LRUCache<string, AnswerRoute>({ max: maxRoutes });
  const toContact = (target: string): AnswerRoute => {
    const type = bot.kind === 'channel' ? conversationTypes.channel : conversationTypes.single;
    return { conversation: { type, target, line: 0 }, replyOnly: false };
  };
  return {
    learn: ({ payload, route }) => {
      const id = payload.roomId ?? payload.talkerId;
      const mentionedBy = route.mentionedBy ?? known.get(id)?.mentionedBy;
      known.set(id, { ...route, ...(mentionedBy !== undefined && { mentionedBy }) });
    },
    to: async (id) => {
      const learnt = known.get(id);
      if (learnt) return learnt;
      const conversation = conversationOfRoom(id);
      if (isOutsideRoom(id)) return { conversation, replyOnly: true };
      const isPlain = conversation.target === id;
      if (isPlain && !(await isGroup(directory, id))) return toContact(id);
      return { conversation, replyOnly: false };
    },
  };
}

/** Ids do not show what they are of. */
async function isGroup(directory: Directory, id: string): Promise<boolean> {
  try {
    const { name = '', owner = '' } = (await directory.groups.get(id)) ?? {};
    return name !== '' || owner !== '';
  } catch {
    return false;
  }
}
