import { once } from 'node:events';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Got, got, type Response } from 'got';
import { inTime } from '../in-time.js';
import { connectionOf } from './connection-of.js';

/** One HTTP request. */
export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: URL | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | FormData;
  /** The whole exchange, from the name lookup to the last byte, in ms. Default: the transport's. */
  readonly timeoutMs?: number;
  /** Of the response's body. Default: 4 MB. */
  readonly maxBytes?: number;
  /** Default: false. */
  readonly followRedirect?: boolean;
  /**
   * Doing it twice matters: it is never repeated. So it does not use a connection that was quiet for
   * some seconds, which the other side may be closing this very moment. Default: false.
   */
  readonly isOnce?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A response that was read to its end. */
export interface HttpResponse {
  readonly kind: 'response';
  readonly status: number;
  /** `""` when there is none. */
  readonly contentType: string;
  /** The `Content-Disposition` header, where there is one. */
  readonly disposition?: string;
  readonly body: Buffer;
}

/** Why there is no response: a code of Node or got, e.g. `ECONNREFUSED`, or `too-large`. */
export interface HttpFailure {
  readonly kind: 'failure';
  readonly code: string;
  /** No connection was made, or no TLS session: surely nothing of the request was read. */
  readonly isUnsent: boolean;
}

/** HTTP over connections that are kept and used again. */
export interface Transport {
  /**
   * Failures are values that hold a code and nothing else: errors of an HTTP client hold the whole
   * request, token included. Repeats nothing, but for one case: a kept connection that breaks before
   * anything was answered is replaced by another, once, unless the call is `isOnce`.
   *
   * @throws the signal's reason once it is aborted
   */
  request(call: HttpCall): Promise<HttpResponse | HttpFailure>;
  /**
   * Closes every connection, once the calls that are under way are answered; what takes longer than
   * three seconds breaks. Never rejects.
   */
  close(): Promise<void>;
}

const defaultMaxBytes = 4 * 1024 * 1024;
/** How long calls under way may go on when the transport is closed, in ms. */
const graceMs = 3000;
/** How long a quiet connection is used again for what must not be repeated, in ms. */
const freshMs = 3000;
/** The code of a response that is longer than allowed. */
export const tooLargeCode = 'too-large';

type Stream = ReturnType<Got['stream']>;

/**
 * A transport with connections of its own.
 *
 * @param timeoutMs of each exchange that does not bring its own. Default: 10,000
 */
export function createTransport(timeoutMs: number = 10_000): Transport {
  const kept = agentsOf({ keepAlive: true });
  const fresh = agentsOf({ keepAlive: true, timeout: freshMs });
  const client = got.extend({
    agent: kept,
    retry: { limit: 0 },
    throwHttpErrors: false,
    timeout: { request: timeoutMs },
    headers: { 'user-agent': 'wechaty-callback' },
  });
  const onceClient = client.extend({ agent: fresh });
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;
  const request = async (call: HttpCall) => {
    if (call.isOnce) {
      await newsHeard();
      return (await exchange(onceClient, call)).answer;
    }
    const first = await exchange(client, call);
    // What was broken off by `close` is not begun anew.
    const isRepeated = first.isStale && !isClosed;
    return isRepeated ? (await exchange(client, call)).answer : first.answer;
  };
  return {
    request: async (call) => {
      const answer = request(call);
      underWay.add(answer);
      return await answer.finally(() => underWay.delete(answer));
    },
    close: async () => {
      isClosed = true;
      if (underWay.size > 0) await inTime(Promise.allSettled(underWay), graceMs);
      for (const { http, https } of [kept, fresh]) {
        http.destroy();
        https.destroy();
      }
    },
  };
}

/** Lets connections end whose end has come in already. */
async function newsHeard(): Promise<void> {
  // The network is looked at between the two.
  await nextTurn();
  await nextTurn();
}

function agentsOf(options: { readonly keepAlive: true; readonly timeout?: number }) {
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
}

async function exchange(client: Got, call: HttpCall) {
  call.signal?.throwIfAborted();
  const stream = open(client, call);
  const isConnected = connectionOf(stream);
  const answer = await read(stream, call.maxBytes ?? defaultMaxBytes, isConnected);
  call.signal?.throwIfAborted();
  return { answer, isStale: answer.kind === 'failure' && isStale(answer.code, stream) };
}

function open(client: Got, call: HttpCall): Stream {
  const { method, url, headers = {}, body, timeoutMs, signal, followRedirect = false } = call;
  return client.stream(url, {
    method,
    headers: { ...headers },
    followRedirect,
    maxRedirects: 3,
    ...(timeoutMs !== undefined && { timeout: { request: timeoutMs } }),
    ...(signal && { signal }),
    ...(method !== 'GET' && { body: body ?? Buffer.alloc(0) }),
  });
}

/** A connection kept open may be closed by the other side the moment it is used again. */
function isStale(code: string, stream: Stream): boolean {
  const isUnanswered = stream.response === undefined;
  return isUnanswered && stream.reusedSocket === true && /^(?:ECONNRESET|EPIPE)$/u.test(code);
}

async function read(
  stream: Stream,
  maxBytes: number,
  isConnected: () => boolean,
): Promise<HttpResponse | HttpFailure> {
  // Whoever waits gets the failure; without this, one that comes later would end the process.
  stream.on('error', () => {});
  try {
    const [response] = (await once(stream, 'response')) as [Response];
    const body = await readUpTo(stream, response, maxBytes);
    if (body === undefined) {
      stream.destroy();
      return { kind: 'failure', code: tooLargeCode, isUnsent: false };
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
    return { kind: 'failure', code: codeOf(error), isUnsent: !isConnected() };
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
