import { z } from 'zod';
import type { Clock } from '../../../core/clock.js';
import type { AccessTokens } from '../../shared/client/access-token.js';
import { type HttpResponse, tooLargeCode } from '../../shared/client/transport.js';
import { isWeComError, refused, unavailable, unreachable, unreadable } from './api-error.js';
import type { WeComCall, WeComTransport } from './transport.js';

/** One call of WeCom's API. */
export interface ApiCall {
  /** Below `/cgi-bin/`, e.g. `message/send`. */
  readonly api: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The body of a POST, sent as JSON; without it and `form` the call is a GET. */
  readonly json?: unknown;
  readonly form?: WeComCall['body'];
  /** It says something: made twice, it says it twice. Default: false. */
  readonly isOnce?: boolean;
  /** Default: 10 s. */
  readonly timeoutMs?: number;
  /** Of the answer. Default: 4 MB. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Calls WeCom as one app: with its token, and again where that helps. */
export interface Api {
  /**
   * The answer of a call, `errcode` checked.
   *
   * @throws WeComApiError, or the signal's reason once it is aborted
   */
  json<T>(call: ApiCall, schema: z.ZodType<T>): Promise<T>;
  /** The answer of a call that gives a file; its errors are JSON with the status 200 (D90254). */
  file(call: ApiCall): Promise<HttpResponse>;
}

/** What calls are made with. */
export interface ApiOptions {
  readonly transport: WeComTransport;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** What WeCom answers when a token is not, or no longer, good. Both are seen for both. */
const tokenRefusals = [40_014, 42_001];
/** Calls made again because WeCom was busy, and the pause before the first, in ms. */
const busyRetries = 3;
const busyPauseMs = 500;

/** Calls WeCom with the app's access token, replaced and tried once more when it is refused. */
export function createApi(options: ApiOptions, tokens: AccessTokens): Api {
  const invoke = async (call: ApiCall, isFile: boolean): Promise<HttpResponse> => {
    const token = await tokens.current(call.signal);
    try {
      return await attempt(options, withToken(call, token), isFile);
    } catch (error) {
      if (!isWeComError(error, ...tokenRefusals)) throw error;
      const other = await tokens.replace(token, call.signal);
      if (other === token) throw error;
      return await attempt(options, withToken(call, other), isFile);
    }
  };
  return {
    json: async (call, schema) => parse(call.api, await invoke(call, false), schema),
    file: (call) => invoke(call, true),
  };
}

/** A call without a token: getting one. */
export async function callOpenly<T>(
  options: ApiOptions,
  call: ApiCall,
  schema: z.ZodType<T>,
): Promise<T> {
  return parse(call.api, await attempt(options, call, false), schema);
}

function withToken(call: ApiCall, token: string): ApiCall {
  return { ...call, query: { access_token: token, ...call.query } };
}

/** One call, made again up to three times while WeCom says that it is busy. */
async function attempt(options: ApiOptions, call: ApiCall, isFile: boolean) {
  const { transport, clock, random } = options;
  for (let retries = 0; ; retries += 1) {
    try {
      return checked(call.api, await transport.request(httpCall(call)), isFile);
    } catch (error) {
      if (!isWeComError(error, -1) || retries === busyRetries) throw error;
      await clock.sleep(busyPauseMs * 2 ** retries * (0.5 + random() / 2), call.signal);
    }
  }
}

function httpCall({ api, query = {}, json, form, ...rest }: ApiCall): WeComCall {
  const body =
    json === undefined
      ? form
      : { type: 'application/json; charset=utf-8', bytes: Buffer.from(JSON.stringify(json)) };
  const call = { path: api, query, ...rest };
  return body ? { ...call, method: 'POST', body } : { ...call, method: 'GET' };
}

type Answer = Awaited<ReturnType<WeComTransport['request']>>;

/** The response of a call that succeeded. */
function checked(api: string, answer: Answer, isFile: boolean): HttpResponse {
  if (answer.kind === 'failure') {
    if (answer.code === tooLargeCode) throw unreadable(api, { en: 'too large', zh: '过大' });
    throw unreachable(api, answer);
  }
  // A part of a file was not asked for: 206 is as wrong as 404.
  if (answer.status !== 200) throw unavailable(api, answer.status);
  if (isFile && answer.disposition !== undefined) return answer;
  const status = statusSchema.safeParse(parseJson(answer.body));
  if (status.success && status.data.errcode !== 0) {
    throw refused(api, status.data.errcode, status.data.errmsg);
  }
  return answer;
}

const statusSchema = z.object({
  errcode: z.number().int().default(0),
  errmsg: z.string().default('').catch(''),
});

function parse<T>(api: string, response: HttpResponse, schema: z.ZodType<T>): T {
  const value = parseJson(response.body);
  if (value === undefined) throw unreadable(api, { en: 'it is no JSON', zh: '不是 JSON' });
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.join('.') || '(root)').join(', ');
  throw unreadable(api, { en: `wrong fields: ${fields}`, zh: `字段有误：${fields}` });
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
