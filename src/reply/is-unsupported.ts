import { isCallbackError } from '../core/errors.js';
import { isFileSizeError } from './file-size.js';

/**
 * How puppets say that they have no such thing: wechaty-puppet's own error, gRPC's status 12, a
 * method that was never written (also one of a puppet behind a gateway), and what authors of puppets
 * write by hand, such as `Method not implemented.`.
 */
const unsupported = [
  /Wechaty Puppet Unsupported API Error/iu,
  /\b12 UNIMPLEMENTED\b/iu,
  /\bmessageSend\w+ is not a function\b/iu,
  /\bunsupported\b/iu,
  /\bnot (?:yet )?(?:supported|implemented)\b/iu,
];

/** Codes of Node's own errors: there "unsupported" is said of protocols and ciphers. */
const systemCode = /^E[A-Z]/u;

/**
 * True when a puppet rejected because it knows no such kind of message, or takes no file of that size:
 * trying again is of no use. Anything else is taken for a platform that did not take it this time.
 */
export function isUnsupported(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return saysUnsupported(error) || isUnsupported(error.cause);
}

function saysUnsupported(error: Error & { readonly code?: unknown }): boolean {
  if (isFileSizeError(error)) return true;
  // Our own errors are about something else, whatever words they have.
  if (isCallbackError(error)) return false;
  if (typeof error.code === 'string' && systemCode.test(error.code)) return false;
  return unsupported.some((pattern) => pattern.test(error.message));
}
