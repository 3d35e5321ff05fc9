import { peerOf } from '../../core/request-peer.js';
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
      throw new WebhookRefusal(admission);
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
