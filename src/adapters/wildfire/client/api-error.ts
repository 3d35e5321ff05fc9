import { CallbackError } from '../../../core/errors.js';
import type { Bilingual } from '../../../core/language.js';
import { connectionAdvice } from '../../../core/open-files.js';
import { type FailedCall, fateOfStatus, sayingOfCall } from '../../shared/client/saying-of-call.js';
import type { HttpFailure } from '../../shared/client/transport.js';
import { meaningOf } from './error-codes.js';

/** What kind of failure it is: made for programs, stable. */
export type WildfireErrorCode =
  /** The server answered with a code other than 0. */
  | 'wildfire-refused'
  /** An HTTP status other than 200. */
  | 'wildfire-unavailable'
  /** No response: network, time limit. */
  | 'wildfire-unreachable'
  /** A response that is not what the API promises. */
  | 'wildfire-unreadable';

/** What is known of a failed call. */
export interface WildfireFailure {
  /** The path of the call, e.g. `/robot/message/send`. */
  readonly api: string;
  /** The server's code, for `wildfire-refused`. */
  readonly errorCode?: number;
  /** The HTTP status, for `wildfire-unavailable`. */
  readonly status?: number;
  /** Whether the same call may succeed later. */
  readonly isRetryable: boolean;
  /** The server may have done it all the same: a second call may do it twice. */
  readonly isAmbiguous: boolean;
}

/** The calls that say something. */
const says = /\/message\/(?:send|reply)$/u;

/**
 * A call to a WildfireChat server that failed. Says what it means and what to do, in both languages;
 * never holds a secret, a signature or the server's own `msg`.
 */
export class WildfireApiError extends CallbackError implements WildfireFailure {
  override readonly name = 'WildfireApiError';
  declare readonly code: WildfireErrorCode;
  readonly api: string;
  readonly isRetryable: boolean;
  readonly isAmbiguous: boolean;
  readonly errorCode?: number;
  readonly status?: number;

  constructor(
    code: WildfireErrorCode,
    { fate, ...failure }: WildfireFailure & Pick<FailedCall, 'fate'>,
    text: Bilingual,
  ) {
    const { api, isRetryable } = failure;
    super(code, { text, saying: sayingOfCall({ isSaying: says.test(api), fate, isRetryable }) });
    this.api = failure.api;
    this.isRetryable = failure.isRetryable;
    this.isAmbiguous = failure.isAmbiguous;
    Object.assign(this, failure);
  }
}

/** True for an error of a WildfireChat call, with one of those codes if any are given. */
export function isWildfireError(
  error: unknown,
  ...errorCodes: readonly number[]
): error is WildfireApiError {
  if (!(error instanceof WildfireApiError)) return false;
  return errorCodes.length === 0 || errorCodes.includes(error.errorCode ?? 0);
}

/** The server rejected a call. */
export function refused(api: string, errorCode: number): WildfireApiError {
  const { what, todo, isRetryable = false, isAmbiguous = false } = meaningOf(errorCode);
  return new WildfireApiError(
    'wildfire-refused',
    { api, errorCode, isRetryable, isAmbiguous, fate: isAmbiguous ? 'open' : 'refused' },
    {
      en: `WildfireChat rejected ${api}: ${what.en} (code ${errorCode}). ${todo.en}`,
      zh: `野火 IM 未接受 ${api}：${what.zh}（错误码 ${errorCode}）。${todo.zh}`,
    },
  );
}

/**
 * An HTTP status other than 200. The server answers 500 to a path that it does not have: a wrong
 * port, or a call of the professional edition.
 */
export function unavailable(api: string, status: number): WildfireApiError {
  const hint: Bilingual =
    status === 500 || status === 404
      ? {
          en: 'Most often the port is wrong (/admin has 18080, /robot and /channel have 80), or the call is one of the professional edition.',
          zh: '多为端口不对（/admin 为 18080，/robot 与 /channel 为 80），或该接口仅专业版提供。',
        }
      : { en: 'Check the address and any proxy on the way.', zh: '请检查地址及途中的代理。' };
  const isRetryable = status === 502 || status === 503 || status === 504 || status === 429;
  // A path that it does not have does nothing.
  const fate = status === 500 ? 'refused' : fateOfStatus(status);
  return new WildfireApiError(
    'wildfire-unavailable',
    { api, status, isRetryable, isAmbiguous: fate === 'open', fate },
    {
      en: `WildfireChat answered ${api} with HTTP ${status}. ${hint.en}`,
      zh: `野火 IM 对 ${api} 返回 HTTP ${status}。${hint.zh}`,
    },
  );
}

/** Nothing came back. */
export function unreachable(api: string, { code, isUnsent }: HttpFailure): WildfireApiError {
  const fate = isUnsent ? 'untaken' : 'open';
  const advice = connectionAdvice(code, {
    en: 'Check the address, the port and the network.',
    zh: '请检查地址、端口与网络。',
  });
  return new WildfireApiError(
    'wildfire-unreachable',
    { api, isRetryable: true, isAmbiguous: !isUnsent, fate },
    {
      en: `WildfireChat could not be reached for ${api} (${code}). ${advice.en}`,
      zh: `调用 ${api} 时无法连接野火 IM（${code}）。${advice.zh}`,
    },
  );
}

/** What came back is not what the API promises. `reason` names the fault, never the content. */
export function unreadable(api: string, reason: Bilingual): WildfireApiError {
  return new WildfireApiError(
    'wildfire-unreadable',
    { api, isRetryable: false, isAmbiguous: true, fate: 'open' },
    {
      en: `The answer to ${api} cannot be read: ${reason.en}. Does the address lead to a WildfireChat server?`,
      zh: `无法读取 ${api} 的响应：${reason.zh}。该地址是否指向野火 IM 服务？`,
    },
  );
}
