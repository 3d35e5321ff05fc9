import type { Arrival, WebhookSteps } from '../shared/webhook.js';
import type { WebhookAnswer } from '../shared/webhook-answer.js';
import { WebhookRefusal } from '../shared/webhook-refusal.js';
import {
  answerUrlCheck,
  type Ciphertext,
  orUnreadable,
  type Signed,
  sentAt,
  signedOf,
  type WeComCrypt,
} from '../shared/wecom-crypt/index.js';
import { readEnvelope } from './envelope.js';
import { openDocument, type Received } from './receive.js';

/** An envelope whose signature is right. */
export interface SignedEnvelope {
  readonly signed: Signed;
  readonly envelope: Ciphertext;
}

/**
 * The webhook of one app. Source: WeCom D90930.
 *
 * @param keep takes a genuine document and tells what to answer
 */
export function weComSteps(
  crypt: WeComCrypt,
  keep: (received: Received, arrival: Arrival) => Promise<WebhookAnswer | undefined>,
): WebhookSteps<SignedEnvelope, Received> {
  return {
    check: (arrival) => answerUrlCheck(crypt, arrival),
    verify: ({ query, body }) => {
      const signed = signedOf(query);
      const envelope = orMalformed(() => readEnvelope(body.toString('utf8')));
      if (!crypt.isSigned(signed, envelope.encrypt)) throw new WebhookRefusal('signature');
      return { signed, envelope };
    },
    sentAt: ({ signed }) => sentAt(signed),
    parse: ({ envelope }) => orUnreadable(() => openDocument(crypt, envelope)),
    keep,
  };
}

function orMalformed<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new WebhookRefusal('malformed');
  }
}
