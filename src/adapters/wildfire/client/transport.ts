import { once } from 'node:events';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type Got, got, type Response } from 'got';

/** One HTTP request. */
export interface HttpCall {
  readonly method: 'POST' | 'PUT' | 'GET';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** The whole exchange, from the name lookup to the last byte, in ms. */
  readonly timeoutMs: number;
  /** Of the response's body. Default: 4 MB. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A response that was read to its end. */
export interface HttpResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Why there is no response: a code of Node or got, e.g. `ECONNREFUSED`, or `too-large`. */
export interface HttpFailure {
  readonly kind: 'failure';
  readonly code: string;
}

/** HTTP over connections that are kept and used again. */
export interface Transport {
  /**
   * Failures are values that hold a code and nothing else. Follows no redirect and repeats nothing,
   * but for one case: a kept connection that breaks unanswered is replaced by another, once.
   *
   * @throws the signal's reason once it is aborted
   */
  request(call: HttpCall): Promise<HttpResponse | HttpFailure>;
  /** Closes every connection; calls still under way break. */
  close(): void;
}

const defaultMaxBytes = 4 * 1024 * 1024;

type Stream = ReturnType<Got['stream']>;

/** A transport with connections of its own. */
export function createTransport(): Transport {
  const http = new HttpAgent({ keepAlive: true });
  const https = new HttpsAgent({ keepAlive: true });
  const client = got.extend({
    agent: { http, https },
    followRedirect: false,
    retry: { limit: 0 },
    throwHttpErrors: false,
    headers: { 'user-agent': 'wechaty-callback' },
  });
  return {
    request: async (call) => {
      const first = await exchange(client, call);
      return first.isStale ? (await exchange(client, call)).answer : first.answer;
    },
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
}

async function exchange(client: Got, call: HttpCall) {
  call.signal?.throwIfAborted();
  const stream = open(client, call);
  const answer = await read(stream, call.maxBytes ?? defaultMaxBytes);
  call.signal?.throwIfAborted();
  return { answer, isStale: answer.kind === 'failure' && isStale(answer.code, stream) };
}

function open(client: Got, { method, url, headers, body, timeoutMs, signal }: HttpCall): Stream {
  return client.stream(url, {
    method,
    timeout: { request: timeoutMs },
    ...(headers && { headers: { ...headers } }),
    ...(body && { body }),
    ...(signal && { signal }),
  });
}

/** A connection kept open may be closed by the other side the moment it is used again. */
function isStale(code: string, stream: Stream): boolean {
  const isUnanswered = stream.response === undefined;
  return isUnanswered && stream.reusedSocket === true && /^(?:ECONNRESET|EPIPE)$/u.test(code);
}

async function read(stream: Stream, maxBytes: number): Promise<HttpResponse | HttpFailure> {
  // Whoever waits gets the failure; without this, one that comes later would end the process.
  stream.on('error', () => {});
  try {
    const [response] = (await once(stream, 'response')) as [Response];
    const body = await readUpTo(stream, maxBytes);
    if (body === undefined) {
      stream.destroy();
      return { kind: 'failure', code: 'too-large' };
    }
    const { 'content-type': contentType = '' } = response.headers;
    return { kind: 'response', status: response.statusCode, contentType, body };
  } catch (error) {
    stream.destroy();
    const code = (error as { code?: unknown } | undefined)?.code;
    return { kind: 'failure', code: typeof code === 'string' ? code : 'unknown' };
  }
}

async function readUpTo(stream: Stream, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
