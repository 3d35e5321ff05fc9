import { z } from 'zod';
import type { Clock } from '../../../core/clock.js';
import { trimEndOf } from '../../../core/text/trim-end.js';
import type { HttpFailure, HttpResponse, Transport } from '../../shared/client/transport.js';
import { tryLosslessJson } from '../../shared/lossless-json.js';
import { isWildfireError, refused, unavailable, unreachable, unreadable } from './api-error.js';
import { type Caller, signedHeaders } from './sign.js';

/** One call of the server's API. */
export interface ApiCall {
  /** E.g. `/robot/message/send`. */
  readonly path: string;
  /** Sent as JSON. 64-bit ids are texts of their digits: the server takes them so. */
  readonly json: Readonly<Record<string, unknown>>;
  /**
   * Doing it twice does nothing more than doing it once, so a server's error is tried again.
   * Default: false; then only what surely was not done is.
   */
  readonly isHarmless?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Calls the server as one caller. */
export interface Api {
  /**
   * The `result` of a call.
   *
   * @throws WildfireApiError, or the signal's reason once it is aborted
   */
  call<T>(call: ApiCall, schema: z.ZodType<T>): Promise<T>;
}

/** What calls are made with. */
export interface ApiParts {
  readonly transport: Transport;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Of each exchange, in ms. */
  readonly timeoutMs: number;
}

/** Calls made again, and the pause before the first, in ms. */
const maxRetries = 2;
const pauseMs = 500;
/** The caller is over his limit for the current ten seconds: the call was not done. */
const overFrequency = 250;
const serverError = 4;

/** An API of the server under `baseUrl`, e.g. `http://127.0.0.1:18080`. */
export function createApi(baseUrl: string, caller: Caller, parts: ApiParts): Api {
  const { transport, clock, random, timeoutMs } = parts;
  const base = trimEndOf(baseUrl, '/');
  const attempt = async ({ path, json, isHarmless = false, signal }: ApiCall): Promise<unknown> => {
    const nonce = String(Math.floor(random() * 1e9));
    const answer = await transport.request({
      method: 'POST',
      url: base + path,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...signedHeaders(caller, { nonce, timestamp: clock.now() }),
      },
      body: Buffer.from(JSON.stringify(json)),
      isOnce: !isHarmless,
      timeoutMs,
      signal,
    });
    return resultOf(path, answer);
  };
  return {
    call: async (call, schema) => {
      for (let retries = 0; ; retries += 1) {
        try {
          return parse(call.path, await attempt(call), schema);
        } catch (error) {
          const passes = call.isHarmless ? [overFrequency, serverError] : [overFrequency];
          if (retries === maxRetries || !isWildfireError(error, ...passes)) throw error;
          await clock.sleep(pauseMs * 2 ** retries * (1 + random()), call.signal);
        }
      }
    },
  };
}

const envelopeSchema = z.object({ code: z.number().int(), result: z.unknown().optional() });

function resultOf(path: string, answer: HttpResponse | HttpFailure): unknown {
  if (answer.kind === 'failure') throw unreachable(path, answer);
  if (answer.status !== 200) throw unavailable(path, answer.status);
  const envelope = envelopeSchema.safeParse(tryLosslessJson(answer.body.toString('utf8')));
  if (!envelope.success) throw unreadable(path, { en: 'it is no such JSON', zh: '格式不符' });
  if (envelope.data.code !== 0) throw refused(path, envelope.data.code);
  return envelope.data.result;
}

function parse<T>(path: string, result: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'result').join(', ');
  throw unreadable(path, { en: `wrong fields: ${fields}`, zh: `字段有误：${fields}` });
}
