/** What a webhook is answered. */
export interface WebhookAnswer {
  /** Default: 200. */
  readonly status?: number;
  /** Default: none. */
  readonly body?: string;
  /** Of the body. */
  readonly contentType?: string;
}

/** 200 without a body: what most platforms take for "received". */
export const received: WebhookAnswer = {};

/** The answer as web handlers give it. */
export function toResponse({ status = 200, body, contentType }: WebhookAnswer): Response {
  if (body === undefined) return new Response(null, { status });
  const headers = { 'content-type': contentType ?? 'text/plain; charset=utf-8' };
  return new Response(body, { status, headers });
}
