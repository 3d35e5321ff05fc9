import { WebhookRefusal } from './webhook-refusal.js';

/**
 * The raw body of a request, at most `maxBytes` of it.
 *
 * A declared length is believed: HTTP servers hold a sender to it. Without one the body is counted
 * as it comes in, and what exceeds is never kept.
 *
 * @throws WebhookRefusal `too-large`, or `malformed` when the sender breaks off
 */
export async function readBody(request: Request, maxBytes: number): Promise<Buffer> {
  const declared = Number(request.headers.get('content-length') ?? Number.NaN);
  if (declared > maxBytes) throw new WebhookRefusal('too-large');
  try {
    // Streams of the web cost more than all the rest of a webhook.
    if (!(declared >= 0)) return await collect(request.body, maxBytes);
    const body = Buffer.from(await request.arrayBuffer());
    // Only a request that no HTTP server made can be longer than it says.
    if (body.length > maxBytes) throw new WebhookRefusal('too-large');
    return body;
  } catch (error) {
    throw error instanceof WebhookRefusal ? error : new WebhookRefusal('malformed');
  }
}

async function collect(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (body === null) return Buffer.alloc(0);
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > maxBytes) {
      void reader.cancel().catch(() => {});
      throw new WebhookRefusal('too-large');
    }
    chunks.push(value);
  }
}
