import { z } from 'zod';
import type { PostedArrival } from '../shared/webhook.js';
import { WebhookRefusal } from '../shared/webhook-refusal.js';
import { type Signed, signedOf, type WeComCrypt } from '../shared/wecom-crypt/index.js';

/** An envelope whose signature is right. */
export interface SignedEnvelope {
  readonly signed: Signed;
  /** base64. */
  readonly encrypt: string;
}

const envelopeSchema = z.object({ encrypt: z.string().min(1) });

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
  try {
    return envelopeSchema.parse(JSON.parse(body)).encrypt;
  } catch {
    throw new WebhookRefusal('malformed');
  }
}
