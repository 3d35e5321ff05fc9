import type { Socket } from 'node:net';
import type { Got, RequestError, Response } from 'got';
import type { Answer } from './answer/answer.js';
import type { CallRequest } from './build-request.js';
import { createCollector } from './collect-body.js';
import { addressRefusedCode } from './guarded-lookup.js';
import {
  type Beginning,
  drain,
  readBeginning,
  type ResponseStream as Stream,
} from './read-beginning.js';
import type { Turns } from './turns.js';

const noBody = Buffer.alloc(0);

/** The bounds of one exchange. */
export interface ExchangeOptions {
  /** In ms. */
  readonly timeoutMs: number;
  /** Of the unpacked body. */
  readonly maxBodyBytes: number;
  readonly signal?: AbortSignal;
  /** When a response is read: thousands may come at the same moment. */
  readonly turns: Turns;
  /** Told the text so far of an answer that comes in pieces, whenever there is more of it. */
  readonly onText?: (text: string) => void;
}

/** What came back, and whether a connection from the pool turned out to be dead. */
export interface Exchanged {
  readonly answer: Answer;
  readonly isStale: boolean;
}

type Finish = (answer: Answer) => void;

/** One request over the wire and what came back. Ends by itself within `timeoutMs`. */
export function exchange(
  client: Got,
  request: CallRequest,
  options: ExchangeOptions,
): Promise<Exchanged> {
  const { signal } = options;
  if (signal?.aborted) return Promise.resolve({ answer: { kind: 'aborted' }, isStale: false });
  return new Promise((resolve) => {
    let status: number | undefined;
    let refusal: (() => Answer) | undefined;
    let brokenOff: (() => Answer | undefined) | undefined;
    const { url, headers, body } = request;
    const stream = client.stream.post(url, { headers, body });
    const finish: Finish = (answer) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      resolve({ answer, isStale: brokeUnanswered(answer, stream) });
    };
    const giveUp: Finish = (answer) => {
      finish(answer);
      stream.destroy();
    };
    const giveUpAs: Finish = (answer) => giveUp(refusal?.() ?? answer);
    const onAbort = () => giveUpAs({ kind: 'aborted' });
    const onTimeout = () => giveUpAs({ kind: 'timeout', ...told(status) });
    const timer = setTimeout(onTimeout, options.timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    const asBroken = (error: RequestError) => brokenOff?.() ?? failureOf(error, status);
    stream.on('error', (error: RequestError) => finish(refusal?.() ?? asBroken(error)));
    const onUpgrade = (...given: [Response, Socket]) => giveUp(upgraded(...given));
    stream.once('upgrade', onUpgrade);
    stream.once('response', (response: Response) => {
      status = response.statusCode;
      const { maxBodyBytes: maxBytes, turns, onText } = options;
      if (status < 200 || status >= 300) {
        // The status decides; a body that hangs, breaks or never ends must not change that.
        const beginning = readBeginning(stream);
        const refused = () => refusalOf(response, beginning);
        refusal = refused;
        drain(stream);
        void beginning.done.then(() => inTurn(turns, () => finish(refused())));
        return;
      }
      // Until then the body stays in the stream.
      void inTurn(turns, () => {
        const reading = { maxBytes, onText, finish, giveUp };
        if (!stream.destroyed) brokenOff = readBody(stream, response, reading);
      });
    });
  });
}

/** A receiver that wants to speak another protocol is not followed. */
function upgraded(response: Response, socket: Socket): Answer {
  socket.destroy();
  return { ...responseOf(response), body: noBody };
}

function told(status: number | undefined) {
  return status === undefined ? {} : { status };
}

interface BodyReading {
  readonly maxBytes: number;
  readonly onText: ExchangeOptions['onText'] | undefined;
  readonly finish: Finish;
  readonly giveUp: Finish;
}

async function inTurn(turns: Turns, work: () => void): Promise<void> {
  await turns.take();
  work();
}

/**
 * Answers what the body came to when its connection breaks: a model's stream that has begun has cost
 * money, however it ends; `undefined` for all else.
 */
function readBody(
  stream: Stream,
  response: Response,
  reading: BodyReading,
): () => Answer | undefined {
  const { maxBytes, onText, finish, giveUp } = reading;
  const tooLarge: Answer = {
    kind: 'unreadable',
    reason: `over ${maxBytes} bytes`,
    status: response.statusCode,
  };
  if (Number(response.headers['content-length']) > maxBytes) {
    giveUp(tooLarge);
    return () => tooLarge;
  }
  const body = createCollector(response.headers, onText);
  const answer = () => ({ ...responseOf(response), ...body.collected() });
  let size = 0;
  const onData = (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) {
      stream.off('data', onData);
      giveUp(tooLarge);
    } else if (body.push(chunk)) {
      stream.off('data', onData);
      finish(answer());
      drain(stream);
    }
  };
  stream.on('data', onData);
  stream.once('end', () => finish(answer()));
  return () => {
    const broken: Answer = answer();
    return broken.stream?.kind === 'broken' ? broken : undefined;
  };
}

function refusalOf(response: Response, beginning: Beginning): Answer {
  const { body, isPart } = beginning.soFar();
  return { ...responseOf(response), body, ...(isPart && { isPart }) };
}

function responseOf(response: Response) {
  const retryAfter = response.headers['retry-after'];
  return {
    kind: 'response' as const,
    status: response.statusCode,
    contentType: response.headers['content-type'] ?? '',
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

/** What unpacking says of bytes that are not what `content-encoding` promised. */
const decodingCodes = /^(?:Z_|ERR_BROTLI|ERR__|ERR_PADDING|ERR_FORMAT)/u;
/** What Node and got say before anything is sent. */
const requestCodes = /^ERR_(?:INVALID_|HTTP_INVALID|UNESCAPED|UNSUPPORTED_PROTOCOL|GOT_REQUEST)/u;

function failureOf(error: RequestError, status: number | undefined): Answer {
  const { code } = error;
  if (code === addressRefusedCode) return { kind: 'unsendable', reason: code };
  if (status === undefined) {
    return requestCodes.test(code)
      ? { kind: 'unsendable', reason: code }
      : { kind: 'connection', code };
  }
  return decodingCodes.test(code)
    ? { kind: 'unreadable', reason: 'content-encoding', status }
    : { kind: 'connection', code, status };
}

/** Nothing of a response came over a connection that had served before. */
function brokeUnanswered(answer: Answer, stream: Stream): boolean {
  if (answer.kind !== 'connection' || answer.status !== undefined) return false;
  return stream.reusedSocket === true && /^(?:ECONNRESET|EPIPE)$/u.test(answer.code);
}
