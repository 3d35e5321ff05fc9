import { createDecipheriv } from 'node:crypto';
import { type Got, got, type RequestError } from 'got';
import { z } from 'zod';
import { type Clock, systemClock } from '../../core/clock.js';
import { type SayingFailure, sayingFailureOf } from '../../core/saying-failure.js';
import { fateOfStatus, sayingOfCall } from '../shared/client/saying-of-call.js';
import { sayingOfCode } from './connection/saying-of-code.js';
import type { Media } from './decoded.js';

/** What came of a call. */
export type Responded =
  | { readonly kind: 'sent' }
  /** Not taken, or nobody knows; `saying` tells which. */
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly saying: SayingFailure['kind'];
    };

/** The way in which what comes late goes out (D101138). */
export interface ResponseUrlClient {
  /** It takes one message for each question; else as many as there are. */
  readonly takesOne: boolean;
  /**
   * Posts a message. Tried again only while it surely was not taken: what may have been is never
   * sent twice. Never rejects.
   */
  respond(url: string, body: object): Promise<Responded>;
}

/** A file of a message. */
export interface DownloadedMedia {
  readonly bytes: Buffer;
  /** As the platform calls it, `undefined` when it says nothing. */
  readonly name?: string;
}

/** The calls that an AI bot makes. */
export interface WeComBotClient extends ResponseUrlClient {
  /**
   * Fetches a file and decrypts it, at most 100 MB: the largest that is called back (D100719).
   * Rejects with a failure of the connection, or for bytes that are not encrypted with the key.
   */
  download(media: Media): Promise<DownloadedMedia>;
}

/** How the client works. */
export interface ClientOptions {
  /** EncodingAESKey, which encrypts files that bring no key of their own. */
  readonly aesKey: string;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

const timeoutMs = 20_000;
const downloadMs = 120_000;
const maxFileBytes = 101 * 1024 * 1024;
const pausesMs = [1000, 3000, 9000];
const unreadable = 'unreadable';
const answerSchema = z.object({ errcode: z.number() });

/** A client with the key of one bot. */
export function createWeComBotClient({
  aesKey,
  clock = systemClock,
}: ClientOptions): WeComBotClient {
  const client = got.extend({
    followRedirect: false,
    retry: { limit: 0 },
    throwHttpErrors: false,
    headers: { 'user-agent': 'wechaty-callback' },
  });
  return {
    takesOne: true,
    respond: async (url, body) => {
      let last = await post(client, url, body);
      for (const pauseMs of pausesMs) {
        if (last.kind === 'sent' || last.saying !== 'not-sent') break;
        await clock.sleep(pauseMs, undefined, { ref: false });
        last = await post(client, url, body);
      }
      return last;
    },
    download: async (media) => await download(client, media.url, media.aesKey ?? aesKey),
  };
}

async function post(client: Got, url: string, body: object): Promise<Responded> {
  try {
    const timeout = { request: timeoutMs };
    const response = await client.post(url, { json: body, timeout });
    const { statusCode, body: answered } = response;
    if (statusCode !== 200) return failedBy(statusCode);
    const code = String(answerSchema.parse(JSON.parse(answered)).errcode);
    return code === '0'
      ? { kind: 'sent' }
      : { kind: 'failed', code, saying: sayingOfCode(code).kind };
  } catch (error) {
    const code = codeOf(error);
    // It was answered, in words that nobody understands.
    const saying = code === unreadable ? 'unknown' : sayingFailureOf(error).kind;
    return { kind: 'failed', code, saying };
  }
}

function failedBy(status: number): Responded {
  const fate = fateOfStatus(status);
  const { kind: saying } = sayingOfCall({ isSaying: true, fate, isRetryable: false });
  return { kind: 'failed', code: `http-${status}`, saying };
}

async function download(client: Got, url: string, aesKey: string): Promise<DownloadedMedia> {
  // The signature is in the query: the URL is used as it is.
  const stream = client.stream.get(url, { timeout: { request: downloadMs } });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxFileBytes) throw new Error('The file is too large.');
    chunks.push(chunk);
  }
  const { statusCode = 0, headers } = stream.response ?? {};
  if (statusCode !== 200) throw new Error(`The file cannot be fetched: status ${statusCode}.`);
  const name = fileNameIn(headers?.['content-disposition']);
  const bytes = decryptFile(Buffer.concat(chunks), aesKey);
  return { bytes, ...(name !== undefined && { name }) };
}

/**
 * A file as it was sent: AES-256-CBC with the key of the callback, padded to 32 bytes, without the
 * head that messages have (D100719).
 *
 * @throws Error for bytes that are not encrypted so
 */
export function decryptFile(encrypted: Buffer, aesKey: string): Buffer {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(encrypted), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  const isPadded = pad >= 1 && pad <= 32 && padded.subarray(-pad).every((byte) => byte === pad);
  if (!isPadded || pad > padded.length) throw new Error('The file cannot be decrypted.');
  return padded.subarray(0, padded.length - pad);
}

/** The name in a Content-Disposition, without folders. */
function fileNameIn(disposition = ''): string | undefined {
  const encoded = /filename\*=(?:UTF-8|utf-8)''([^;]+)/u.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/u.exec(disposition)?.[1];
  const name = (encoded === undefined ? plain : decoded(encoded))?.split(/[/\\]/u).at(-1)?.trim();
  return name === undefined || /^\.*$/u.test(name) ? undefined : name;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A code alone: the error of a client holds the URL, and with it the right to answer. */
function codeOf(error: unknown): string {
  const { code } = error as Partial<RequestError>;
  return typeof code === 'string' ? code : unreadable;
}
