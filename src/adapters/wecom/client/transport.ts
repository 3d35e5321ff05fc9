import { CallbackError } from '../../../core/errors.js';
import { trimEndOf } from '../../../core/text/trim-end.js';
import {
  type HttpFailure,
  type HttpResponse,
  createTransport as sharedTransport,
} from '../../shared/client/transport.js';

/** One HTTP request to the platform. */
export interface WeComCall {
  readonly method: 'GET' | 'POST';
  /** Below `/cgi-bin/`, e.g. `message/send`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: { readonly type: string; readonly bytes: Buffer };
  /** The whole exchange, from the name lookup to the last byte, in ms. Default: the transport's. */
  readonly timeoutMs?: number;
  /** Of the response's body. Default: 4 MB. */
  readonly maxBytes?: number;
  /** Never repeated. Default: false. */
  readonly isOnce?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** The way to one WeCom. Failures are codes: WeCom's URLs hold the secret or the token. */
export interface WeComTransport {
  /** @throws the signal's reason once it is aborted */
  request(call: WeComCall): Promise<HttpResponse | HttpFailure>;
  /** Closes every connection; calls under way have three seconds to be answered. */
  close(): Promise<void>;
}

/**
 * A transport with connections of its own.
 *
 * @param baseUrl e.g. `https://qyapi.weixin.qq.com`; a proxy's may have a path
 * @param timeoutMs of each exchange that does not bring its own
 * @throws CallbackError `wecom-base-url-invalid`
 */
export function createTransport(baseUrl: string, timeoutMs: number): WeComTransport {
  const base = baseOf(baseUrl);
  const transport = sharedTransport(timeoutMs);
  return {
    request: async ({ path, query, body, method, ...how }) => {
      const url = new URL(`${base}/cgi-bin/${path}`);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      if (method === 'GET') return await transport.request({ ...how, method, url });
      const { type, bytes } = body ?? { type: 'application/json', bytes: Buffer.from('{}') };
      const headers = { 'content-type': type };
      return await transport.request({ ...how, method, url, headers, body: bytes });
    },
    close: () => transport.close(),
  };
}

/** The base without a final slash. Its text is not shown: it may hold a proxy's password. */
function baseOf(baseUrl: string): string {
  const isHttp = URL.canParse(baseUrl) && /^https?:$/u.test(new URL(baseUrl).protocol);
  if (isHttp) return trimEndOf(baseUrl, '/');
  throw new CallbackError('wecom-base-url-invalid', {
    text: {
      en: 'The base URL of the WeCom API is no http(s) URL. Leave it out to use https://qyapi.weixin.qq.com.',
      zh: '企业微信 API 的 baseUrl 不是有效的 http(s) URL。省略即使用 https://qyapi.weixin.qq.com。',
    },
  });
}
