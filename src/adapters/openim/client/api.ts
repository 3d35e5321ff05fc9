import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AccessTokens } from '../../shared/client/access-token.js';
import type { HttpResponse, Transport } from '../../shared/client/transport.js';
import { parseRecord } from '../schema/index.js';
import { isOpenIMError, refusedCall, unavailable, unreachable, unreadable } from './api-error.js';

/** One call of the REST API. */
export interface ApiCall {
  /** E.g. `/msg/send_msg`. */
  readonly api: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** It says something: made twice, it says it twice. Default: false. */
  readonly isOnce?: boolean;
  /** Default: the transport's. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Calls an OpenIM server as its admin. */
export interface Api {
  /**
   * The `data` of an answer whose `errCode` is 0. A token that is refused (1501 to 1507) is replaced
   * and the call made once more; nothing else is repeated.
   *
   * @throws OpenIMApiError, or the signal's reason once it is aborted
   */
  post<T>(call: ApiCall, schema: z.ZodType<T>): Promise<T>;
}

/** What calls are made with. */
export interface ApiOptions {
  readonly transport: Transport;
  /** Of the API, without a slash at its end. */
  readonly apiUrl: string;
  /** How clients reach the API, for the addresses of files. Default: as we do. */
  readonly publicApiUrl?: string | undefined;
}

/** What the server answers when a token is not, or no longer, good. */
const tokenRefusals = [1501, 1502, 1503, 1504, 1505, 1506, 1507];

/** The API with an admin token, replaced and tried once more when it is refused. */
export function createApi(options: ApiOptions, tokens: AccessTokens): Api {
  return {
    post: async (call, schema) => {
      const token = await tokens.current(call.signal);
      try {
        return await attempt(options, call, schema, token);
      } catch (error) {
        if (!isOpenIMError(error, ...tokenRefusals)) throw error;
        return await attempt(options, call, schema, await tokens.replace(token, call.signal));
      }
    },
  };
}

/** A call without a token: getting one. */
export async function callOpenly<T>(
  options: ApiOptions,
  call: ApiCall,
  schema: z.ZodType<T>,
): Promise<T> {
  return await attempt(options, call, schema);
}

async function attempt<T>(
  { transport, apiUrl, publicApiUrl }: ApiOptions,
  { api, body, isOnce = false, timeoutMs, signal }: ApiCall,
  schema: z.ZodType<T>,
  token?: string,
): Promise<T> {
  const answer = await transport.request({
    method: 'POST',
    url: new URL(apiUrl + api),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      // Every call needs one of its own; the server's log knows it by that.
      operationID: randomUUID(),
      ...(token !== undefined && { token }),
      ...(publicApiUrl !== undefined && { 'X-Request-Api': publicApiUrl }),
    },
    body: Buffer.from(JSON.stringify(body)),
    isOnce,
    ...(timeoutMs !== undefined && { timeoutMs }),
    signal,
  });
  if (answer.kind === 'failure') throw unreachable(api, answer);
  return parse(api, answer, schema);
}

const envelopeSchema = z.object({ errCode: z.number().int(), data: z.unknown().optional() });

/** The status says little: errors come with 200, and 400 comes with a document. */
function parse<T>(api: string, { status, body }: HttpResponse, schema: z.ZodType<T>): T {
  const envelope = envelopeSchema.safeParse(parseRecord(body.toString('utf8')));
  if (!envelope.success) {
    if (status !== 200) throw unavailable(api, status);
    throw unreadable(api, { en: 'it is no answer of OpenIM', zh: '不是 OpenIM 的应答' });
  }
  const { errCode, data } = envelope.data;
  if (errCode !== 0) throw refusedCall(api, errCode);
  // A reply without fields has no `data`.
  const parsed = schema.safeParse(data ?? {});
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.join('.') || '(root)').join(', ');
  throw unreadable(api, { en: `wrong fields: ${fields}`, zh: `字段有误：${fields}` });
}
