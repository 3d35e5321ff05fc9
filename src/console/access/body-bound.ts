import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { refuse } from '../api/failures.js';

/**
 * Refuses bodies of more than `maxBytes`, whether their length is said before or they come in pieces.
 *
 * The limiter of Hono makes a new request of one that does not say its length, which the request of
 * the node adapter is not fit for: such a one is replaced by a plain request first.
 */
export function bodyBound(maxBytes: number): MiddlewareHandler {
  const limit = bodyLimit({ maxSize: maxBytes, onError: tooLarge });
  return async (context, next) => {
    const { raw } = context.req;
    if (raw.body !== null && !raw.headers.has('content-length')) context.req.raw = plain(raw);
    return await limit(context, next);
  };
}

function plain({ url, method, headers, body, signal }: Request): Request {
  return new Request(url, { method, headers, body, signal, duplex: 'half' });
}

/** The rest of the body is not read, so nothing more can come over this connection. */
function tooLarge(context: Context): Response {
  context.header('connection', 'close');
  return refuse(context, 413, 'too-large');
}
