import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type ChatMessage, checkChatMessage, type Safety } from '../outgoing/message.js';
import type { Api } from './api.js';
import { anything } from './messages.js';
import type { PacedOptions, Pacer } from './pacing.js';

/** A group chat that an app made. */
export interface AppChat {
  readonly chatId: string;
  readonly name: string;
  readonly owner: string;
  readonly members: readonly string[];
}

/** A group chat to be made. */
export interface NewAppChat {
  /** UserIDs: 2 to 2,000. */
  readonly members: readonly string[];
  readonly name?: string;
  /** One of the members. Default: any. */
  readonly owner?: string;
  /** Letters and digits, at most 32. Default: WeCom makes one. */
  readonly chatId?: string;
}

/** What is changed. */
export interface AppChatChange {
  readonly name?: string;
  readonly owner?: string;
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** How a message is sent to a chat. */
export interface ChatSendOptions extends PacedOptions {
  readonly safe?: Extract<Safety, 0 | 1>;
  /** Who is mentioned; with text only. `@all`: everybody. */
  readonly mentions?: readonly string[];
}

/**
 * Group chats of one app (D90245 to D90248). Only those it made itself, and only when the whole
 * corp is its visible range (48002 otherwise). What members write there never reaches the app.
 */
export interface AppChats {
  /** Answers the id of the new chat. Throws WeComApiError, like the others. */
  create(chat: NewAppChat, signal?: AbortSignal): Promise<string>;
  update(chatId: string, change: AppChatChange, signal?: AbortSignal): Promise<void>;
  get(chatId: string, signal?: AbortSignal): Promise<AppChat>;
  /** True for a chat that was made or read here. */
  isKnown(chatId: string): boolean;
  /**
   * Sends a message, in order, at most 200 a minute: WeCom drops silently what is more (D90312).
   * Answers how long it was held back, in ms.
   */
  send(chatId: string, message: ChatMessage, options?: ChatSendOptions): Promise<number>;
}

const createdSchema = z.object({ chatid: z.string().min(1) });
const chatSchema = z.object({
  chat_info: z.object({
    chatid: z.string(),
    name: z.string().default(''),
    owner: z.string().default(''),
    userlist: z.array(z.string()).default([]),
  }),
});

/** The group chat calls of one app. */
export function createAppChats(api: Api, pacer: Pacer): AppChats {
  const known = new LRUCache<string, true>({ max: 10_000 });
  return {
    create: async ({ members, name, owner, chatId }, signal) => {
      const json = {
        userlist: members,
        ...(name !== undefined && { name }),
        ...(owner !== undefined && { owner }),
        ...(chatId !== undefined && { chatid: chatId }),
      };
      const call = { api: 'appchat/create', json, signal };
      const { chatid } = await api.json(call, createdSchema);
      known.set(chatid, true);
      return chatid;
    },
    update: async (chatId, { name, owner, add, remove }, signal) => {
      const json = {
        chatid: chatId,
        ...(name !== undefined && { name }),
        ...(owner !== undefined && { owner }),
        ...(add && { add_user_list: add }),
        ...(remove && { del_user_list: remove }),
      };
      await api.json({ api: 'appchat/update', json, signal }, anything);
    },
    get: async (chatId, signal) => {
      const query = { chatid: chatId };
      const { chat_info: chat } = await api.json({ api: 'appchat/get', query, signal }, chatSchema);
      known.set(chatId, true);
      return { chatId: chat.chatid, name: chat.name, owner: chat.owner, members: chat.userlist };
    },
    isKnown: (chatId) => known.get(chatId) === true,
    send: async (chatId, message, options = {}) => {
      const json = { chatid: chatId, ...bodyOf(checkChatMessage(message), options) };
      const call = { api: 'appchat/send', json, isOnce: true, signal: options.signal };
      const send = () => api.json(call, anything);
      return (await pacer.run([chatId], send, options)).waitedMs;
    },
  };
}

function bodyOf(message: ChatMessage, { safe, mentions }: ChatSendOptions) {
  const marked = safe === 1 ? { ...message, safe } : message;
  if (mentions === undefined || message.msgtype !== 'text') return marked;
  return { ...marked, text: { ...message.text, mentioned_list: mentions } };
}
