import { peerOf } from '../../core/request-peer.js';
import { tryLosslessJson } from '../shared/lossless-json.js';
import { presentedSecrets, type SourceGuard } from '../shared/source-guard.js';
import type { Arrival, WebhookSteps } from '../shared/webhook.js';
import type { WebhookAnswer } from '../shared/webhook-answer.js';
import { WebhookRefusal } from '../shared/webhook-refusal.js';
import type { Ordering } from './ordering.js';
import { type CallbackKind, kindAtPath } from './schema/callback-kinds.js';
import { isRecord } from './schema/fields.js';

/** A callback whose URL was right. */
export interface Callback {
  /** What its path says; the body says nothing. */
  readonly kind: CallbackKind;
  readonly body: Buffer;
}

/** Where callbacks come in. */
export interface CallbackRoute {
  /** E.g. `/wildfire`. */
  readonly path: string;
  /** Follows the path in every URL. Absent: none is asked for. */
  readonly secret?: string | undefined;
  readonly guard: SourceGuard;
  /** Is told which pushes are on their way. */
  readonly ordering: Pick<Ordering, 'begin' | 'end'>;
}

/**
 * The webhook of one bot: `<path>/<secret>/<kind>`, with one path for each kind of callback,
 * because the server writes nowhere what it sends. It signs nothing either.
 *
 * @param keep takes a callback and tells what to answer
 */
export function wildfireSteps(
  route: CallbackRoute,
  keep: (callback: Callback) => Promise<WebhookAnswer | undefined>,
): WebhookSteps<Callback, Callback> {
  const { guard, ordering } = route;
  return {
    admit: (arrival) => {
      const { request } = arrival;
      const presented = presentedSecrets(
        belowBase(route, arrival),
        request.headers.get('authorization'),
      );
      const forwardedFor = request.headers.get('x-forwarded-for');
      const admission = guard.check({ presented, peer: peerOf(request), forwardedFor });
      if (admission !== 'admitted') throw new WebhookRefusal(admission);
      kindOf(route, arrival);
      ordering.begin(request);
    },
    verify: (arrival) => {
      ordering.end(arrival.request);
      return { kind: kindOf(route, arrival), body: arrival.body };
    },
    parse: (callback) => {
      const source = callback.body.toString('utf8').replace(/^\uFEFF/u, '');
      if (isRecord(tryLosslessJson(source))) return callback;
      throw new WebhookRefusal('malformed', 'JSON');
    },
    keep,
  };
}

function belowBase({ path: base }: CallbackRoute, { path }: Arrival): string {
  return path.startsWith(base) ? path.slice(base.length) : path;
}

function kindOf(route: CallbackRoute, arrival: Arrival): CallbackKind {
  const segments = belowBase(route, arrival)
    .split('/')
    .filter((segment) => segment !== '');
  const isSecret = (segment: string, at: number) => at === 0 && segment === route.secret;
  const kind = kindAtPath(segments.filter((segment, at) => !isSecret(segment, at)).join('/'));
  if (kind === undefined) throw new WebhookRefusal('malformed', 'path');
  return kind;
}
