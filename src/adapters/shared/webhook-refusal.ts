/**
 * Why a request was refused.
 *
 * - `method`, `too-large`, `malformed`, `busy`: seen without any secret, and answered 405, 413, 400,
 *   503
 * - `signature`, `stale`, `unreadable`: seen with one; all answered 401, or as the adapter says, so
 *   that nobody learns from an answer what a secret made of his bytes
 * - `secret`, `address`: the same, of platforms that sign nothing: what the URL shows, who calls
 */
export type RefusalReason =
  | 'method'
  | 'too-large'
  | 'malformed'
  | 'busy'
  | 'signature'
  | 'stale'
  | 'unreadable'
  | 'secret'
  | 'address';

/** Thrown by a step of a webhook: the request is refused. */
export class WebhookRefusal extends Error {
  override readonly name = 'WebhookRefusal';
  readonly reason: RefusalReason;
  /** The platform's own code, for the log alone; never a part of the request. */
  readonly detail: string | undefined;

  constructor(reason: RefusalReason, detail?: string) {
    super(reason);
    this.reason = reason;
    this.detail = detail;
  }
}

/** The HTTP status for a refusal. */
export const refusalStatus: Readonly<Record<RefusalReason, number>> = {
  method: 405,
  'too-large': 413,
  malformed: 400,
  busy: 503,
  signature: 401,
  stale: 401,
  unreadable: 401,
  secret: 401,
  address: 401,
};
