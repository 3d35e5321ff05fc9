import { type Arrival, refuseStale, type WebhookSteps } from '../shared/webhook.js';
import type { WebhookAnswer } from '../shared/webhook-answer.js';
import { WebhookRefusal } from '../shared/webhook-refusal.js';
import { type Signed, type WeComCrypt, WeComRefusal } from '../shared/wecom-crypt/index.js';
import { parseJson } from './parse-json.js';
import { type Callback, callbackSchema } from './schema/callback.js';
import type { BotReply } from './schema/reply.js';
import { onlyOne, type SignedEnvelope, signedOf, verify } from './verify.js';

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
    check: (arrival) => checkUrl(crypt, arrival),
    verify: (arrival) => verify(crypt, arrival),
    sentAt: ({ signed }) => secondsOf(signed),
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

/** The check when an admin saves the URL: answered without asking anything, within one second. */
function checkUrl(crypt: WeComCrypt, { query, at }: Arrival): WebhookAnswer {
  const parameters = new URLSearchParams(query);
  const signed = signedOf(parameters);
  const echo = orUnreadable(() => crypt.openEcho(signed, onlyOne(parameters, 'echostr')));
  refuseStale(secondsOf(signed), at);
  // A signed message is as good an `echostr`: whoever overheard one must not have it decrypted.
  if (/^[\uFEFF\s]*[<{]/u.test(echo)) throw new WebhookRefusal('unreadable');
  return { body: echo };
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

/** In ms since 1970. */
function secondsOf({ timestamp }: Signed): number {
  return Number(timestamp) * 1000;
}

function orUnreadable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof WeComRefusal)) throw error;
    const reason = error.errcode === -40001 ? 'signature' : 'unreadable';
    throw new WebhookRefusal(reason, String(error.errcode));
  }
}
