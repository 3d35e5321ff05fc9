import { randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';

/** What the headers leave for who writes a page. */
export interface NonceVariables {
  /** Allows the inline styles of this one page (`<style nonce>`), fresh for every answer. */
  readonly nonce: string;
}

/** Nothing but what this server itself sends: no inline script, no foreign picture, no frame. */
const policy: readonly string[] = [
  "default-src 'none'",
  "script-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
];

const headers: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'x-robots-tag': 'noindex',
};

/** Gives every answer the headers that keep a browser from doing what the page does not. */
export const securityHeaders: MiddlewareHandler<{ Variables: NonceVariables }> = async (
  context,
  next,
) => {
  const nonce = randomBytes(16).toString('base64');
  context.set('nonce', nonce);
  await next();
  const answer = context.res.headers;
  answer.set(
    'content-security-policy',
    [...policy, `style-src 'self' 'nonce-${nonce}'`].join('; '),
  );
  for (const [name, value] of Object.entries(headers)) answer.set(name, value);
  if (!answer.has('cache-control')) answer.set('cache-control', 'no-store');
};
