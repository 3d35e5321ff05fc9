import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { CallbackError } from '../core/errors.js';
import { type RunEventTask, runEventTaskSchema } from './task.js';

/** The headers of Standard Webhooks. Source: https://www.standardwebhooks.com */
export const headerNames = {
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
} as const;

/** The signature header's value: one `v1,…` signature per secret, separated by spaces. */
export function sign(
  secrets: readonly string[],
  id: string,
  timestampMs: number,
  body: string,
): string {
  const at = new Date(timestampMs);
  return secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' ');
}

/** Request headers as Node, Express, Koa, Fastify or `fetch` hand them over. */
export type TaskHeaders =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | { get(name: string): string | null };

function headerOf(headers: TaskHeaders, name: string): string {
  if (typeof headers.get === 'function') return headers.get(name) ?? '';
  const value = (headers as Readonly<Record<string, string | readonly string[] | undefined>>)[name];
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}

/**
 * For receivers: checks that a task comes from the holder of `secret` and is fresh, then reads it.
 *
 * @param headers the request's headers
 * @param body the raw body, exactly as received (not parsed and written again)
 * @param secret the `whsec_…` secret of the rule, or several while rotating
 * @returns the task
 * @throws CallbackError `signature-invalid` when a header is missing, no signature fits or the
 *   timestamp is more than five minutes off; `task-invalid` when the body is no task
 */
export function verifyTask(
  headers: TaskHeaders,
  body: string | Buffer,
  secret: string | readonly string[],
): RunEventTask {
  const signed = {
    [headerNames.id]: headerOf(headers, headerNames.id),
    [headerNames.timestamp]: headerOf(headers, headerNames.timestamp),
    [headerNames.signature]: headerOf(headers, headerNames.signature),
  };
  const secrets = typeof secret === 'string' ? [secret] : secret;
  const text = body.toString();
  if (!secrets.some((each) => fits(each, text, signed))) {
    throw new CallbackError('signature-invalid', {
      text: {
        en: 'The signature does not fit this body: check the secret, the raw body and the clock.',
        zh: '签名与正文不符：请检查密钥、是否使用原始正文、以及时钟。',
      },
    });
  }
  return readTask(text);
}

function fits(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch (error) {
    // It also parses the body, after the signature was found right: that is not the question here.
    return !(error instanceof WebhookVerificationError);
  }
}

function readTask(body: string): RunEventTask {
  try {
    return runEventTaskSchema.parse(JSON.parse(body));
  } catch (cause) {
    throw new CallbackError('task-invalid', {
      text: { en: 'The body is no RunEventTask.', zh: '正文不是有效的 RunEventTask。' },
      cause,
    });
  }
}
