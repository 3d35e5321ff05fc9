import { once } from 'node:events';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type Got, got, type Response } from 'got';
import { CallbackError } from '../../../core/errors.js';

/** One HTTP request to the platform. */
export interface HttpCall {
  readonly method: 'GET' | 'POST';
  /** Below `/cgi-bin/`, e.g. `message/send`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: { readonly type: string; readonly bytes: Buffer };
  /** The whole exchange, from the name lookup to the last byte, in ms. Default: the transport's. */
  readonly timeoutMs?: number;
  /** Of the response's body. Default: 4 MB. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A response that was read to its end. */
export interface HttpResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly contentType: string;
  readonly disposition?: string;
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
   * Failures are values that hold a code and nothing else: the errors of an HTTP client hold the
   * URL, and WeCom's URLs hold the secret or the token. Follows no redirect and repeats nothing,
   * but for one case: a kept connection that breaks unanswered is replaced by another, once.
   *
   * @throws the signal's reason once it is aborted
   */
  request(call: HttpCall): Promise<HttpResponse | HttpFailure>;
  /** Closes every connection; calls still under way break. */
  close(): void;
}

const defaultMaxBytes = 4 * 1024 * 1024;
/** The code of a response that is longer than allowed. */
export const tooLargeCode = 'too-large';

type Stream = ReturnType<Got['stream']['get']>;

/**
 * A transport with connections of its own.
 *
 * @param baseUrl e.g. `https://qyapi.weixin.qq.com`; a proxy's may have a path
 * @param timeoutMs of each exchange that does not bring its own
 * @throws CallbackError `wecom-base-url-invalid`
 */
export function createTransport(baseUrl: string, timeoutMs: number): Transport {
  const http = new HttpAgent({ keepAlive: true });
  const https = new HttpsAgent({ keepAlive: true });
  const client = got.extend({
    agent: { http, https },
    followRedirect: false,
    retry: { limit: 0 },
    throwHttpErrors: false,
    timeout: { request: timeoutMs },
    headers: { 'user-agent': 'wechaty-callback' },
  });
  const base = baseOf(baseUrl);
  return {
    request: async (call) => {
      const first = await exchange(client, base, call);
      return first.isStale ? (await exchange(client, base, call)).answer : first.answer;
    },
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
}

/** The base without a final slash. Its text is not shown: it may hold a proxy's password. */
function baseOf(baseUrl: string): string {
  const isHttp = URL.canParse(baseUrl) && /^https?:$/u.test(new URL(baseUrl).protocol);
  if (isHttp) return baseUrl.replace(/\/+$/u, '');
  throw new CallbackError('wecom-base-url-invalid', {
    text: {
      en: 'The base URL of the WeCom API is no http(s) URL. Leave it out to use https://qyapi.weixin.qq.com.',
      zh: '企业微信 API 的 baseUrl 不是有效的 http(s) URL。省略即使用 https://qyapi.weixin.qq.com。',
    },
  });
}

async function exchange(client: Got, base: string, call: HttpCall) {
  call.signal?.throwIfAborted();
  const stream = open(client, base, call);
  const answer = await read(stream, call.maxBytes ?? defaultMaxBytes);
  call.signal?.throwIfAborted();
  return { answer, isStale: answer.kind === 'failure' && isStale(answer.code, stream) };
}

function open(client: Got, base: string, call: HttpCall): Stream {
  const { method, path, query, body, timeoutMs, signal } = call;
  const url = new URL(`${base}/cgi-bin/${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const options = {
    ...(timeoutMs !== undefined && { timeout: { request: timeoutMs } }),
    ...(signal && { signal }),
  };
  if (method === 'GET') return client.stream.get(url, options);
  const { type, bytes } = body ?? { type: 'application/json', bytes: Buffer.from('{}') };
  return client.stream.post(url, { ...options, headers: { 'content-type': type }, body: bytes });
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
    const body = await readUpTo(stream, response, maxBytes);
    if (body === undefined) {
      stream.destroy();
      return { kind: 'failure', code: tooLargeCode };
    }
    const { 'content-type': contentType = '', 'content-disposition': disposition } =
      response.headers;
    return {
      kind: 'response',
      status: response.statusCode,
      contentType,
      ...(disposition !== undefined && { disposition }),
      body,
    };
  } catch (error) {
    stream.destroy();
    return { kind: 'failure', code: codeOf(error) };
  }
}

async function readUpTo(stream: Stream, response: Response, maxBytes: number) {
  if (Number(response.headers['content-length']) > maxBytes) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : 'unknown';
}
