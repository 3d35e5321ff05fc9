import { isIP } from 'node:net';
import { CallbackError } from '../../../core/errors.js';
import type { Bilingual } from '../../../core/language.js';
import { connectionAdvice } from '../../../core/open-files.js';
import { trimEndOf } from '../../../core/text/trim-end.js';
import { type FailedCall, fateOfStatus, sayingOfCall } from '../../shared/client/saying-of-call.js';
import type { HttpFailure } from '../../shared/client/transport.js';
import { meaningOf } from './errcode-meanings.js';

/** What kind of failure it is: made for programs, stable. */
export type WeComErrorCode =
  /** WeCom answered with an `errcode`. */
  | 'wecom-refused'
  /** An HTTP status other than 200. */
  | 'wecom-unavailable'
  /** No response: network, time limit. */
  | 'wecom-unreachable'
  /** A response that is not what the API promises. */
  | 'wecom-unreadable';

/** What is known of a failed call. */
export interface WeComFailure {
  /** The call, e.g. `message/send`. Never the whole URL, which holds the token. */
  readonly api: string;
  readonly errcode?: number;
  readonly status?: number;
  /** Whether the same call may succeed later. */
  readonly isRetryable: boolean;
  /** How long WeCom will go on refusing, in ms, where that is known. */
  readonly retryAfterMs?: number;
  /** The address that WeCom saw (60020 only). */
  readonly callerIp?: string;
}

/** The one call whose repetitions WeCom knows, by `enable_duplicate_check` (D90236). */
const checkedSend = 'message/send';
/** The calls that say something. */
const says: ReadonlySet<string> = new Set([
  checkedSend,
  'message/update_template_card',
  'appchat/send',
  'externalcontact/send_welcome_msg',
]);

/**
 * A call to WeCom that failed. Says what it means and what to do, in both languages; never holds a
 * secret, a token, a URL or WeCom's own `errmsg`.
 */
export class WeComApiError extends CallbackError implements WeComFailure {
  override readonly name = 'WeComApiError';
  declare readonly code: WeComErrorCode;
  readonly api: string;
  readonly isRetryable: boolean;
  readonly errcode?: number;
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly callerIp?: string;

  constructor(
    code: WeComErrorCode,
    { fate, ...failure }: WeComFailure & Pick<FailedCall, 'fate'>,
    text: Bilingual,
  ) {
    const { api, isRetryable, retryAfterMs: afterMs } = failure;
    const [isSaying, isRepeatable] = [says.has(api), api === checkedSend];
    super(code, {
      text,
      saying: sayingOfCall({ isSaying, fate, isRetryable, afterMs, isRepeatable }),
    });
    this.api = failure.api;
    this.isRetryable = failure.isRetryable;
    Object.assign(this, failure);
  }
}

/** True for an error of a WeCom call, with that `errcode` if one is given. */
export function isWeComError(error: unknown, ...errcodes: readonly number[]) {
  if (!(error instanceof WeComApiError)) return false;
  return errcodes.length === 0 || errcodes.includes(error.errcode ?? 0);
}

/**
 * WeCom rejected a call.
 *
 * @param errmsg only the caller's address is taken from it, and only to be shown: WeCom changes
 *   the wording at will (D90313)
 */
export function refused(api: string, errcode: number, errmsg = ''): WeComApiError {
  const callerIp = errcode === 60_020 ? addressIn(errmsg) : undefined;
  const { what, todo, retryAfterMs } = meaningOf(errcode, callerIp);
  const failure = {
    api,
    errcode,
    isRetryable: errcode === -1 || retryAfterMs !== undefined,
    fate: 'refused' as const,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(callerIp !== undefined && { callerIp }),
  };
  return new WeComApiError('wecom-refused', failure, {
    en: `WeCom rejected ${api}: ${what.en} (errcode ${errcode}). ${todo.en}`,
    zh: `企业微信未接受 ${api}：${what.zh}（errcode ${errcode}）。${todo.zh}`,
  });
}

function addressIn(errmsg: string): string | undefined {
  const address = trimEndOf(/from ip:\s*([\da-f.:]+)/iu.exec(errmsg)?.[1] ?? '', '.:');
  return isIP(address) === 0 ? undefined : address;
}

/** WeCom, or something on the way to it, answered with another status than 200. */
export function unavailable(api: string, status: number): WeComApiError {
  const isRetryable = status >= 500 || status === 429;
  const failure = { api, status, isRetryable, fate: fateOfStatus(status) };
  return new WeComApiError('wecom-unavailable', failure, {
    en: `WeCom answered ${api} with HTTP ${status}. If it lasts, check the base URL and any proxy on the way.`,
    zh: `企业微信对 ${api} 返回 HTTP ${status}。如持续出现，请检查 baseUrl 及途中的代理。`,
  });
}

/** Nothing came back. */
export function unreachable(api: string, { code, isUnsent }: HttpFailure): WeComApiError {
  const advice = connectionAdvice(code, {
    en: 'Check the network, DNS and firewall of this machine.',
    zh: '请检查本机的网络、DNS 与防火墙。',
  });
  return new WeComApiError(
    'wecom-unreachable',
    { api, isRetryable: true, fate: isUnsent ? 'untaken' : 'open' },
    {
      en: `WeCom could not be reached for ${api} (${code}). ${advice.en}`,
      zh: `调用 ${api} 时无法连接企业微信（${code}）。${advice.zh}`,
    },
  );
}

/** What came back is not what the API promises. `reason` names the fault, never the content. */
export function unreadable(api: string, reason: Bilingual): WeComApiError {
  return new WeComApiError(
    'wecom-unreadable',
    { api, isRetryable: false, fate: 'open' },
    {
      en: `The answer to ${api} cannot be read: ${reason.en}. Does the base URL lead to WeCom?`,
      zh: `无法读取 ${api} 的响应：${reason.zh}。baseUrl 是否指向企业微信？`,
    },
  );
}
