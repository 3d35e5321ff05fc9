import { z } from 'zod';
import type { Conversation } from '../../../core/event.js';
import type { OutgoingContent } from '../encode/outgoing-content.js';
import { encodeTarget } from '../encode.js';
import { integer, text } from '../schema/fields.js';
import type { Api } from './api.js';
import { droppedMessage, isOpenIMError } from './api-error.js';
import type { Directory } from './directory.js';

/** A message that was taken. */
export interface SentMessage {
  /** The client message id, by which the callback about it names it. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

/** How it is said. */
export interface SendOptions {
  /** Comes back in the callback about this message, and clients see it. Default: none. */
  readonly ex?: string;
  readonly signal?: AbortSignal | undefined;
}

/** What the bot says and takes back. */
export interface Messages {
  /**
   * Says one thing as the bot. Not repeated when no answer comes: it may have been said.
   *
   * @throws OpenIMApiError
   */
  send(to: Conversation, content: OutgoingContent, options?: SendOptions): Promise<SentMessage>;
  /** Takes back the bot's message at that place of a conversation. Throws OpenIMApiError. */
  revoke(conversationId: string, seq: string, signal?: AbortSignal): Promise<void>;
}

/** Who speaks. */
export interface SpeakerOptions {
  readonly botId: string;
  /** Shown instead of the name that the account has. */
  readonly botName?: string | undefined;
  /** Shown instead of the picture that the account has. */
  readonly botAvatar?: string | undefined;
}

const sendApi = '/msg/send_msg';
const sentSchema = z.object({ serverMsgID: text, clientMsgID: text, sendTime: integer });

/** The messages of one bot. */
export function createMessages(api: Api, directory: Directory, speaker: SpeakerOptions): Messages {
  const { botId } = speaker;
  return {
    send: async (to, { contentType, content }, { ex, signal } = {}) => {
      const body = {
        sendID: botId,
        ...(await shownOf(directory, speaker, signal)),
        senderPlatformID: 10,
        ...encodeTarget(to),
        contentType,
        content,
        ...(ex !== undefined && { ex }),
      };
      const sent = await api.post({ api: sendApi, body, isOnce: true, signal }, sentSchema);
      if (sent.clientMsgID === '' && sent.serverMsgID === '') throw droppedMessage(sendApi);
      return { id: sent.clientMsgID || sent.serverMsgID, sentAt: sent.sendTime ?? 0 };
    },
    revoke: async (conversationID, seq, signal) => {
      const body = { conversationID, seq: Number(seq), userID: botId };
      await api.post({ api: '/msg/revoke_msg', body, signal }, z.unknown());
    },
  };
}

/** The server looks up neither name nor picture: clients would show a message of nobody. */
async function shownOf(
  directory: Directory,
  { botId, botName, botAvatar }: SpeakerOptions,
  signal: AbortSignal | undefined,
) {
  const isComplete = botName !== undefined && botAvatar !== undefined;
  const account = isComplete
    ? undefined
    : await directory.users.get(botId, signal).catch((error: unknown) => {
        // What cannot be looked up need not be shown.
        if (isOpenIMError(error)) return undefined;
        throw error;
      });
  return {
    senderNickname: botName ?? account?.nickname ?? botId,
    senderFaceURL: botAvatar ?? account?.faceURL ?? '',
  };
}
