import { type Arrival, refuseStale } from '../webhook.js';
import type { WebhookAnswer } from '../webhook-answer.js';
import { WebhookRefusal } from '../webhook-refusal.js';
import { WeComRefusal } from './refusal.js';
import type { Signed } from './signature.js';
import type { WeComCrypt } from './wecom-crypt.js';

/**
 * The check when an admin saves the URL: answered without asking anything, within one second.
 * Source: WeCom D90930.
 *
 * @throws WebhookRefusal
 */
export function answerUrlCheck(crypt: WeComCrypt, { query, at }: Arrival): WebhookAnswer {
  const parameters = new URLSearchParams(query);
  const signed = signedIn(parameters);
  const echo = orUnreadable(() => crypt.openEcho(signed, onlyOne(parameters, 'echostr')));
  refuseStale(sentAt(signed), at);
  // A signed message is as good an `echostr`: whoever overheard one must not have it decrypted.
  if (['<', '{'].includes(echo.trimStart().charAt(0))) throw new WebhookRefusal('unreadable');
  return { body: echo };
}

/**
 * The parameters of a callback's query that its signature covers.
 *
 * @throws WebhookRefusal `malformed` unless each is there just once
 */
export function signedOf(query: string): Signed {
  return signedIn(new URLSearchParams(query));
}

/** When a callback was signed, in ms since 1970; NaN for a `timestamp` that is no number. */
export function sentAt({ timestamp }: Signed): number {
  return Number(timestamp) * 1000;
}

/** What `read` returns. Throws a WeComRefusal of it as a WebhookRefusal with the `errcode`. */
export function orUnreadable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof WeComRefusal)) throw error;
    const reason = error.errcode === -40001 ? 'signature' : 'unreadable';
    throw new WebhookRefusal(reason, String(error.errcode));
  }
}

function signedIn(parameters: URLSearchParams): Signed {
  return {
    signature: onlyOne(parameters, 'msg_signature'),
    timestamp: onlyOne(parameters, 'timestamp'),
    nonce: onlyOne(parameters, 'nonce'),
  };
}

function onlyOne(parameters: URLSearchParams, name: string): string {
  const [value, ...others] = parameters.getAll(name);
  if (value === undefined || value === '' || others.length > 0) {
    throw new WebhookRefusal('malformed');
  }
  return value;
}
