import { type ByteBudget, freeBytes } from './unverified-bytes.js';
import { WebhookRefusal } from './webhook-refusal.js';

/** How much of a body is read. */
export interface BodyLimits {
  readonly maxBytes: number;
  /** Where the bytes of a stranger's body must find room. Absent: the sender is known. */
  readonly budget?: ByteBudget | undefined;
}

/**
 * The raw body of a request, at most `maxBytes` of it.
 *
 * A declared length is believed: HTTP servers hold a sender to it. Without one the body is counted
 * as it comes in, and what exceeds is never kept.
 *
 * @throws WebhookRefusal `too-large`, `busy` when strangers send more than the budget holds, or
 *   `malformed` when the sender breaks off
 */
export async function readBody(request: Request, limits: BodyLimits): Promise<Buffer> {
  const { maxBytes, budget } = limits;
  const declared = Number(request.headers.get('content-length') ?? Number.NaN);
  if (declared > maxBytes) throw new WebhookRefusal('too-large');
  const isWhole = declared >= 0 && (budget === undefined || declared <= freeBytes);
  try {
    // Streams of the web cost more than all the rest of a webhook.
    if (!isWhole) return await collect(request.body, limits);
    const body = Buffer.from(await request.arrayBuffer());
    // Only a request that no HTTP server made can be longer than it says.
    if (body.length > maxBytes) throw new WebhookRefusal('too-large');
    return body;
  } catch (error) {
    throw error instanceof WebhookRefusal ? error : new WebhookRefusal('malformed');
  }
}

async function collect(
  body: ReadableStream<Uint8Array> | null,
  { maxBytes, budget }: BodyLimits,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let taken = 0;
  if (body === null) return Buffer.alloc(0);
  const reader = body.getReader();
  const refuse = (reason: 'too-large' | 'busy') => {
    void reader.cancel().catch(() => {});
    return new WebhookRefusal(reason);
  };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return Buffer.concat(chunks);
      size += value.byteLength;
      if (size > maxBytes) throw refuse('too-large');
      const wanted = Math.max(0, size - freeBytes) - taken;
      if (budget?.take(wanted) === false) throw refuse('busy');
      taken += wanted;
      chunks.push(value);
    }
  } finally {
    // It is verified, or refused, before anything else happens.
    budget?.give(taken);
  }
}
