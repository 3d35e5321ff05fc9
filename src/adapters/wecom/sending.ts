import { LRUCache } from 'lru-cache';
import type { Clock } from '../../core/clock.js';
import { CallbackError } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import { sayingFailureOf } from '../../core/saying-failure.js';
import type { AppChats } from './client/app-chat.js';
import type { WeComClient } from './client.js';
import { isCustomerId } from './decode/user-id.js';
import { checkChatMessage, type OutgoingMessage } from './outgoing/message.js';
import type { PassiveReply } from './passive-reply.js';
import type { PassiveWindow } from './passive-window.js';
import { duplicateCheckOf } from './repetition.js';

/** How long the code for a welcome is good, in ms (D92137). */
const welcomeMs = 20_000;
/** One line in this time, however often nothing can be said, in ms. */
const quietMs = 60_000;

/** One thing to say, in the two ways that there are. */
export interface Said {
  /** By `message/send`. */
  readonly active: OutgoingMessage;
  /** In the response of a callback, where it can be expressed there. */
  readonly passive?: PassiveReply | undefined;
  /** Who is mentioned in a group chat. */
  readonly mentions?: readonly string[] | undefined;
}

/** How an app speaks. It chooses the way; who speaks does not. */
export interface Sending {
  /**
   * Says something to a member, or in a group chat that the app made; answers the id under which it
   * can be recalled, if it has one.
   *
   * @throws CallbackError `wecom-too-late`, `wecom-customer-mute`, and as `Messages.send`
   */
  say(conversationId: string, said: Said): Promise<string | undefined>;
  /** Takes over the code with which a new customer can be welcomed, once. */
  keepWelcome(customerId: string, code: string): void;
}

/** What sending takes. */
export interface SendingOptions {
  /** Absent: nothing but passive replies. */
  readonly client: WeComClient | undefined;
  readonly window: PassiveWindow;
  readonly name: string;
  readonly logger: Logger;
  readonly clock: Pick<Clock, 'now'>;
}

/** The mouth of one app. */
export function createSending(options: SendingOptions): Sending {
  const { client, window, name, logger, clock } = options;
  const welcomeCodes = new LRUCache<string, string>({ max: 1000, ttl: welcomeMs });
  let toldAt = -Infinity;

  const tooLate = (): CallbackError => {
    const error = onlyPassive();
    if (performance.now() - toldAt > quietMs) {
      toldAt = performance.now();
      logger.warn({ en: `${name}: ${error.text.en}`, zh: `${name}：${error.text.zh}` });
    }
    return error;
  };
  const welcome = async (customerId: string, passive: PassiveReply | undefined) => {
    const code = welcomeCodes.get(customerId);
    if (client === undefined || code === undefined || passive?.type !== 'text') throw mute();
    // Good for one use: also of one of which nobody knows what came of it.
    welcomeCodes.delete(customerId);
    try {
      await client.messages.welcome(code, passive.text);
    } catch (error) {
      if (sayingFailureOf(error).kind === 'not-sent') welcomeCodes.set(customerId, code);
      throw error;
    }
  };
  const toMember = async (userId: string, { active, passive }: Said) => {
    // What is shown differently by the two ways goes the better one where it can.
    const isAlike = passive?.type === 'text' || client === undefined;
    const duplicateCheckSeconds = duplicateCheckOf(clock);
    const isRepeated = duplicateCheckSeconds !== undefined;
    // WeCom knows repetitions among what is sent by `message/send` alone.
    if (passive !== undefined && isAlike && !isRepeated && window.give(userId, passive)) {
      return undefined;
    }
    if (client === undefined) throw tooLate();
    await window.settled(userId);
    return (await client.messages.send({ users: [userId] }, active, { duplicateCheckSeconds }))
      .msgId;
  };
  return {
    say: async (conversationId, said) => {
      if (client?.appChats.isKnown(conversationId)) {
        await toChat(client.appChats, conversationId, said);
        return undefined;
      }
      if (!isCustomerId(conversationId)) return await toMember(conversationId, said);
      await welcome(conversationId, said.passive);
      return undefined;
    },
    keepWelcome: (customerId, code) => {
      welcomeCodes.set(customerId, code);
    },
  };
}

async function toChat(chats: AppChats, chatId: string, { active, mentions }: Said): Promise<void> {
  await chats.send(chatId, checkChatMessage(active), mentions && { mentions });
}

function onlyPassive(): CallbackError {
  return new CallbackError('wecom-too-late', {
    text: {
      en: 'a reply came after the 4.5 s in which WeCom takes it in the response, and the app may send nothing by itself. Set `secret`, without `passive: only`, to let it.',
      zh: '回复已超过 4.5 秒的被动回复时限，而应用不能主动发送。请设置 `secret`，且不使用 `passive: only`。',
    },
  });
}

function mute(): CallbackError {
  return new CallbackError('wecom-customer-mute', {
    text: {
      en: 'An app can write to a customer only once, a text, within 20 s after the customer was added.',
      zh: '应用只能在客户添加后 20 秒内向其发送一次文本欢迎语。',
    },
  });
}
