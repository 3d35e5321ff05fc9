import { isIP } from 'node:net';
import type { Context } from 'hono';

/** What the server's node adapter hands to every request. */
interface NodeEnvironment {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
}

/**
 * The address a request comes from. Behind a proxy that is trusted it is the last one in
 * `X-Forwarded-For`: the proxy wrote that itself, what stands before it anybody may have written.
 */
export function clientAddress(context: Context, trustProxy: boolean): string {
  const forwarded = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  if (trustProxy && forwarded !== undefined && isIP(forwarded) > 0) return forwarded;
  const { incoming } = (context.env ?? {}) as NodeEnvironment;
  return incoming?.socket?.remoteAddress ?? 'unknown';
}
