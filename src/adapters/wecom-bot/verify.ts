import { z } from 'zod';
import type { PostedArrival } from '../shared/webhook.js';
import { WebhookRefusal } from '../shared/webhook-refusal.js';
import type { Signed, WeComCrypt } from '../shared/wecom-crypt/index.js';

/** An envelope whose signature is right. */
export interface SignedEnvelope {
  readonly signed: Signed;
  /** base64. */
  readonly encrypt: string;
}

const envelopeSchema = z.object({ encrypt: z.string().min(1) });

/** The parameters that a signature covers. Throws WebhookRefusal `malformed` without them. */
export function signedOf(parameters: URLSearchParams): Signed {
  return {
    signature: onlyOne(parameters, 'msg_signature'),
    timestamp: onlyOne(parameters, 'timestamp'),
    nonce: onlyOne(parameters, 'nonce'),
  };
}

/** One parameter of a query. Throws WebhookRefusal `malformed` unless it is there just once. */
export function onlyOne(parameters: URLSearchParams, name: string): string {
  const [value, ...others] = parameters.getAll(name);
  if (value === undefined || value === '' || others.length > 0) {
    throw new WebhookRefusal('malformed');
  }
  return value;
}

/**
 * Is a POST from the platform? Source: WeCom D101033.
 *
 * @throws WebhookRefusal
 */
export function verify(crypt: WeComCrypt, { query, body }: PostedArrival): SignedEnvelope {
  const signed = signedOf(new URLSearchParams(query));
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
