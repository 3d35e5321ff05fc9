import { tryLosslessJson } from '../shared/lossless-json.js';
import { createSourceGuard, presentedSecrets } from '../shared/source-guard.js';
import type { WebhookSteps } from '../shared/webhook.js';
import type { WebhookAnswer } from '../shared/webhook-answer.js';
import { WebhookRefusal } from '../shared/webhook-refusal.js';
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
}

/**
 * The webhook of one bot: `<path>/<secret>/<kind>`, with one path for each kind of callback,
 * because the server writes nowhere what it sends. It signs nothing either.
 *
 * @param keep takes a callback and tells what to answer
 */
export function wildfireSteps(
  { path: base, secret }: CallbackRoute,
  keep: (callback: Callback) => Promise<WebhookAnswer | undefined>,
): WebhookSteps<Callback, Callback> {
  const guard = createSourceGuard({ secret });
  return {
    verify: ({ request, path, body }) => {
      const rest = path.startsWith(base) ? path.slice(base.length) : path;
      const presented = presentedSecrets(rest, request.headers.get('authorization'));
      if (guard.check({ presented }) !== 'admitted') throw new WebhookRefusal('signature');
      const segments = rest.split('/').filter((segment) => segment !== '');
      const kind = kindAtPath(
        segments.filter((segment, at) => at > 0 || segment !== secret).join('/'),
      );
      if (kind === undefined) throw new WebhookRefusal('malformed', 'path');
      return { kind, body };
    },
    parse: (callback) => {
      const source = callback.body.toString('utf8').replace(/^\uFEFF/u, '');
      if (isRecord(tryLosslessJson(source))) return callback;
      throw new WebhookRefusal('malformed', 'JSON');
    },
    keep,
  };
}
