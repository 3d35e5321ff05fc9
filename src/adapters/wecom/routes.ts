import { type Arrival, refuseStale, type WebhookSteps } from '../shared/webhook.js';
import type { WebhookAnswer } from '../shared/webhook-answer.js';
import { WebhookRefusal } from '../shared/webhook-refusal.js';
import { type Signed, type WeComCrypt, WeComRefusal } from '../shared/wecom-crypt/index.js';
import { type Envelope, readEnvelope } from './envelope.js';
import { openDocument, type Received } from './receive.js';

/** An envelope whose signature is right. */
export interface SignedEnvelope {
  readonly signed: Signed;
  readonly envelope: Envelope;
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
    check: (arrival) => checkUrl(crypt, arrival),
    verify: ({ query, body }) => {
      const signed = signedOf(new URLSearchParams(query));
      const envelope = orMalformed(() => readEnvelope(body.toString('utf8')));
      if (!crypt.isSigned(signed, envelope.encrypt)) throw new WebhookRefusal('signature');
      return { signed, envelope };
    },
    sentAt: ({ signed }) => secondsOf(signed),
    parse: ({ envelope }) => orUnreadable(() => openDocument(crypt, envelope)),
    keep,
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

function signedOf(parameters: URLSearchParams): Signed {
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

/** In ms since 1970. */
function secondsOf({ timestamp }: Signed): number {
  return Number(timestamp) * 1000;
}

function orMalformed<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new WebhookRefusal('malformed');
  }
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
