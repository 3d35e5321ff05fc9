import { peerOf } from '../../core/request-peer.js';
import { presentedSecrets, type SourceGuard } from '../shared/source-guard.js';
import type { Arrival, WebhookSteps } from '../shared/webhook.js';
import type { WebhookAnswer } from '../shared/webhook-answer.js';
import { WebhookRefusal } from '../shared/webhook-refusal.js';
import { readBody } from './decode.js';
import type { Ordering } from './ordering.js';
import { type CallbackKind, kindAtPath } from './schema/callback-kinds.js';

/** A callback whose URL was right. */
export interface Callback {
  /** What its path says; the body says nothing. */
  readonly kind: CallbackKind;
  readonly body: Buffer;
}

/** A callback whose body is a JSON object. */
export interface ReadCallback extends Callback {
  readonly fields: Readonly<Record<string, unknown>>;
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
  /** The kinds of callbacks that came so far. */
  readonly seenKinds: () => readonly CallbackKind[];
}

/**
 * The webhook of one bot: `<path>/<secret>/<kind>`, with one path for each kind of callback,
 * because the server writes nowhere what it sends. It signs nothing either. A GET of `<path>/<secret>`
 * tells which kinds came, for the self-test.
 *
 * @param keep takes a callback and tells what to answer
 */
export function wildfireSteps(
  route: CallbackRoute,
  keep: (callback: ReadCallback) => Promise<WebhookAnswer | undefined>,
): WebhookSteps<Callback, ReadCallback> {
  const { guard, ordering } = route;
  const isBase = (arrival: Arrival) => kindPathOf(route, arrival) === '';
  return {
    check: (arrival) => {
      if (!isBase(arrival)) throw new WebhookRefusal('method');
      const body = JSON.stringify({ seen: route.seenKinds() });
      return { body, contentType: 'application/json' };
    },
    admit: (arrival) => {
      const { request } = arrival;
      const [first = ''] = segmentsBelow(route, arrival);
      const presented = presentedSecrets(first, request.headers.get('authorization'));
      const forwardedFor = request.headers.get('x-forwarded-for');
      const admission = guard.check({ presented, peer: peerOf(request), forwardedFor });
      if (admission !== 'admitted') throw new WebhookRefusal(admission);
      if (request.method !== 'POST') return;
      kindOf(route, arrival);
      ordering.begin(request);
    },
    verify: (arrival) => {
      ordering.end(arrival.request);
      return { kind: kindOf(route, arrival), body: arrival.body };
    },
    parse: (callback) => {
      const fields = readBody(callback.body);
      if (fields === undefined) throw new WebhookRefusal('malformed', 'JSON');
      return { ...callback, fields };
    },
    keep,
  };
}

function segmentsBelow({ path: base }: CallbackRoute, { path }: Arrival): readonly string[] {
  const below = path.startsWith(base) ? path.slice(base.length) : path;
  return below.split('/').filter((segment) => segment !== '');
}

/** What names the kind in a URL; `''` in that of the bot itself. */
function kindPathOf(route: CallbackRoute, arrival: Arrival): string {
  const segments = segmentsBelow(route, arrival);
  return segments.slice(segments[0] === route.secret ? 1 : 0).join('/');
}

function kindOf(route: CallbackRoute, arrival: Arrival): CallbackKind {
  const kind = kindAtPath(kindPathOf(route, arrival));
  if (kind === undefined) throw new WebhookRefusal('malformed', 'path');
  return kind;
}
