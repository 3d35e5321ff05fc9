import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { csrfHeader, feedHeader } from '../api/contract.js';
import { refuse } from '../api/failures.js';
import type { HeldSession, Sessions } from './sessions.js';

/** What the guard leaves for routes. */
export interface GuardedVariables {
  readonly session: HeldSession;
  readonly token: string;
}

/** A Hono app behind the guard. */
export interface Guarded {
  readonly Variables: GuardedVariables;
}

/** The name of the session's cookie. */
export const sessionCookie = 'wechaty_console';

/** Lets nobody through without a session. */
export function sessionGuard(sessions: Sessions): MiddlewareHandler<Guarded> {
  return createMiddleware<Guarded>(async (context, next) => {
    const token = getCookie(context, sessionCookie);
    const session = token === undefined ? undefined : await sessions.use(token);
    if (token === undefined || session === undefined) return refuse(context, 401, 'no-session');
    context.set('session', session);
    context.set('token', token);
    return await next();
  });
}

/** Says in every answer where the feed stood before it: what is followed from there misses nothing. */
export function feedPosition(feed: { readonly last: number }): MiddlewareHandler {
  return async (context, next) => {
    const position = String(feed.last);
    await next();
    context.header(feedHeader, position);
  };
}

/**
 * Refuses what another site makes a browser send. A request that changes something must carry a
 * header that no foreign form can set, and an `Origin`, where there is one, must be this server.
 */
export function foreignRequestGuard(publicUrl: () => string | undefined): MiddlewareHandler {
  return async (context, next) => {
    const isReading = context.req.method === 'GET' || context.req.method === 'HEAD';
    const isOurs = isReading || context.req.header(csrfHeader) !== undefined;
    if (!isOurs || isForeign(context, publicUrl())) return refuse(context, 403, 'foreign-request');
    return await next();
  };
}

function isForeign(context: Context, publicUrl: string | undefined): boolean {
  const site = context.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const origin = context.req.header('origin');
  if (origin === undefined) return false;
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return false;
  // Behind a proxy the scheme may be another; the host is what the browser asked for.
  const host = context.req.header('host');
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
