import type { PostedArrival } from '../shared/webhook.js';
import { WebhookRefusal } from '../shared/webhook-refusal.js';
import {
  findCiphertext,
  type Signed,
  signedOf,
  type WeComCrypt,
} from '../shared/wecom-crypt/index.js';

/** An envelope whose signature is right. */
export interface SignedEnvelope {
  readonly signed: Signed;
  /** base64. */
  readonly encrypt: string;
}

/**
 * Is a POST from the platform? Source: WeCom D101033.
 *
 * @throws WebhookRefusal
 */
export function verify(crypt: WeComCrypt, { query, body }: PostedArrival): SignedEnvelope {
  const signed = signedOf(query);
  const encrypt = encryptOf(body.toString('utf8'));
  if (!crypt.isSigned(signed, encrypt)) throw new WebhookRefusal('signature');
  return { signed, encrypt };
}

function encryptOf(body: string): string {
  const found = findCiphertext(body);
  if (found?.form !== 'json') throw new WebhookRefusal('malformed');
  return found.encrypt;
}
