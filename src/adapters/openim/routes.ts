import type { Bilingual } from '../../core/language.js';
import { peerOf } from '../../core/request-peer.js';
import type { Admission } from '../shared/source-guard.js';
import type { Arrival, PostedArrival, WebhookSteps } from '../shared/webhook.js';
import type { WebhookAnswer } from '../shared/webhook-answer.js';
import { WebhookRefusal } from '../shared/webhook-refusal.js';
import { type OpenIMDocument, parseDocument, parseRecord } from './schema/index.js';
import { type CallbackHead, commandOf, type Verifier } from './verify.js';

/** A callback that came in. */
export interface ReceivedCallback {
  readonly document: OpenIMDocument;
  /** As it came. */
  readonly body: string;
  /** The call of a user that caused it, `""` when the server does not tell. */
  readonly operationId: string;
}

/** A body of the server's own limit: merged histories are large. */
export const maxBodyBytes = 8 * 1024 * 1024;

/** OpenIM signs nothing: these take the place of a wrong signature. */
const explanations: Readonly<Record<Exclude<Admission, 'admitted'>, Bilingual>> = {
  secret: {
    en: 'the secret in its URL is wrong or missing; if real callbacks are missing, `url` in config/webhooks.yml must end in `callbackSecret`',
    zh: '地址中的密钥不符或缺失；若收不到真实回调，config/webhooks.yml 的 `url` 须以 `callbackSecret` 结尾',
  },
  address: {
    en: 'it comes from an address that is not in `allow`; behind a proxy, set `proxies`',
    zh: '来源地址不在 `allow` 之列；若经过代理，请设置 `proxies`',
  },
};

/**
 * The webhook of one bot. No refusal is JSON: that, whatever the status, would tell the server to go
 * on. A wrong secret meets what no webhook at all would say.
 *
 * @param keep takes a callback and tells what to answer
 */
export function openIMSteps(
  verifier: Verifier,
  keep: (received: ReceivedCallback, arrival: Arrival) => Promise<WebhookAnswer | undefined>,
): WebhookSteps<PostedArrival, ReceivedCallback> {
  return {
    admit: (arrival) => {
      const admission = verifier.verify(headOf(arrival));
      if (admission === 'admitted') return;
      throw new WebhookRefusal('signature', admission, explanations[admission]);
    },
    refusal: { status: 404, body: 'Not Found' },
    verify: (arrival) => arrival,
    parse: (arrival) => {
      const body = arrival.body.toString('utf8');
      const record = parseRecord(body);
      if (record === undefined) throw new WebhookRefusal('malformed');
      const document = parseDocument(commandOf(arrival, record, verifier.secret), record);
      const named = arrival.request.headers.get('operationid') || record['operationID'];
      return { document, body, operationId: typeof named === 'string' ? named : '' };
    },
    keep,
  };
}

function headOf({ request, path, query }: Arrival): CallbackHead {
  return {
    path,
    query,
    authorization: request.headers.get('authorization'),
    forwardedFor: request.headers.get('x-forwarded-for'),
    peer: peerOf(request),
  };
}
