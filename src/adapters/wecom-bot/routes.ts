import type { Arrival, WebhookSteps } from '../shared/webhook.js';
import {
  answerUrlCheck,
  orUnreadable,
  sentAt,
  type WeComCrypt,
} from '../shared/wecom-crypt/index.js';
import { parseJson } from './parse-json.js';
import { type Callback, callbackSchema } from './schema/callback.js';
import type { BotReply } from './schema/reply.js';
import { type SignedEnvelope, verify } from './verify.js';

/** A callback that is genuine and has been read. */
export interface Received {
  readonly callback: Callback;
  /** The decrypted document. */
  readonly plaintext: string;
  /** Goes back in the answer. */
  readonly nonce: string;
}

/** What a callback is answered; `empty`: taken, and nothing to show. */
export type Reply = BotReply | 'empty';

/**
 * The webhook of one AI bot. Source: WeCom D101033.
 *
 * @param answer takes a genuine callback; `undefined`: it could not be kept
 */
export function weComBotSteps(
  crypt: WeComCrypt,
  answer: (received: Received, arrival: Arrival) => Promise<Reply | undefined>,
): WebhookSteps<SignedEnvelope, Received> {
  return {
    check: (arrival) => answerUrlCheck(crypt, arrival),
    verify: (arrival) => verify(crypt, arrival),
    sentAt: ({ signed }) => sentAt(signed),
    parse: ({ signed, encrypt }) => {
      const plaintext = orUnreadable(() => crypt.decrypt(encrypt));
      const callback = callbackSchema.parse(parseJson(plaintext));
      return { plaintext, callback, nonce: signed.nonce };
    },
    keep: async (received, arrival) => {
      const reply = await answer(received, arrival);
      if (reply === undefined) return undefined;
      return reply === 'empty' ? {} : { body: sealReply(crypt, reply, received.nonce, arrival.at) };
    },
  };
}

/** The envelope of a reply: all names in lower case, the time a number. Source: WeCom D101033. */
function sealReply(crypt: WeComCrypt, reply: BotReply, nonce: string, at: number): string {
  const timestamp = Math.floor(at / 1000);
  const sealed = crypt.seal(JSON.stringify(reply), { timestamp: String(timestamp), nonce });
  return JSON.stringify({
    encrypt: sealed.encrypt,
    msgsignature: sealed.signature,
    timestamp,
    nonce,
  });
}
