import { CallbackError } from '../../../core/errors.js';
import type { Bilingual } from '../../../core/language.js';
import { connectionAdvice } from '../../../core/open-files.js';
import { type FailedCall, fateOfStatus, sayingOfCall } from '../../shared/client/saying-of-call.js';
import type { HttpFailure } from '../../shared/client/transport.js';
import { meaningOf } from './error-codes.js';

/** What kind of failure it is: made for programs, stable. */
export type OpenIMErrorCode =
  /** The server answered with an `errCode`. */
  | 'openim-refused'
  /** It said yes and kept nothing: the receiver does not want messages, or a webhook hid it. */
  | 'openim-dropped'
  /** An answer that is none of the API's: HTTP status 404, 429, 5xx. */
  | 'openim-unavailable'
  /** No response: network, time limit. */
  | 'openim-unreachable'
  /** A response that is not what the API promises. */
  | 'openim-unreadable';

/** What is known of a failed call. */
export interface OpenIMFailure {
  /** The call, e.g. `/msg/send_msg`. */
  readonly api: string;
  readonly errCode?: number;
  readonly status?: number;
  /** Whether the same call may succeed later. */
  readonly isRetryable: boolean;
}

/**
 * A call to an OpenIM server that failed. Says what it means and what to do, in both languages;
 * never holds a secret, a token or the server's own words, which quote what was sent.
 */
export class OpenIMApiError extends CallbackError implements OpenIMFailure {
  override readonly name = 'OpenIMApiError';
  declare readonly code: OpenIMErrorCode;
  readonly api: string;
  readonly isRetryable: boolean;
  readonly errCode?: number;
  readonly status?: number;

  constructor(
    code: OpenIMErrorCode,
    { fate, ...failure }: OpenIMFailure & Pick<FailedCall, 'fate'>,
    text: Bilingual,
  ) {
    const { api, isRetryable } = failure;
    const isSaying = api === '/msg/send_msg';
    super(code, {
      text,
      saying: sayingOfCall({ isSaying, fate, isRetryable, isRepeatable: true }),
    });
    this.api = failure.api;
    this.isRetryable = failure.isRetryable;
    Object.assign(this, failure);
  }
}

/** True for an error of an OpenIM call, with one of these codes if any is given. */
export function isOpenIMError(error: unknown, ...errCodes: readonly number[]) {
  if (!(error instanceof OpenIMApiError)) return false;
  return errCodes.length === 0 || errCodes.includes(error.errCode ?? 0);
}

/** The server rejected a call. */
export function refusedCall(api: string, errCode: number): OpenIMApiError {
  const { what, todo, isPassing = false, isOpen = false } = meaningOf(errCode);
  return new OpenIMApiError(
    'openim-refused',
    { api, errCode, isRetryable: isPassing, fate: isOpen ? 'open' : 'refused' },
    {
      en: `OpenIM rejected ${api}: ${what.en} (errCode ${errCode}). ${todo.en}`,
      zh: `OpenIM 未接受 ${api}：${what.zh}（errCode ${errCode}）。${todo.zh}`,
    },
  );
}

/** The server took a message and gave it no id. */
export function droppedMessage(api: string): OpenIMApiError {
  return new OpenIMApiError(
    'openim-dropped',
    { api, isRetryable: false, fate: 'refused' },
    {
      en: 'OpenIM took the message and dropped it: the receiver does not accept messages from the bot, or a `before…` webhook refused it with the code 0.',
      zh: 'OpenIM 接收后丢弃了该消息：接收方设置了不接收机器人的消息，或某个 `before…` 回调以错误码 0 拒绝了它。',
    },
  );
}

/** The server, or something on the way to it, answered with a status and no document. */
export function unavailable(api: string, status: number): OpenIMApiError {
  return new OpenIMApiError(
    'openim-unavailable',
    { api, status, isRetryable: status >= 500 || status === 429, fate: fateOfStatus(status) },
    {
      en: `OpenIM answered ${api} with HTTP ${status}. Check that \`apiUrl\` leads to the API of the server (port 10002 by default).`,
      zh: `OpenIM 对 ${api} 返回 HTTP ${status}。请检查 \`apiUrl\` 是否指向服务的 API（默认端口 10002）。`,
    },
  );
}

/** Nothing came back. */
export function unreachable(api: string, { code, isUnsent }: HttpFailure): OpenIMApiError {
  const advice = connectionAdvice(code, {
    en: 'Check `apiUrl`, the network and whether the server runs.',
    zh: '请检查 `apiUrl`、网络以及服务是否在运行。',
  });
  return new OpenIMApiError(
    'openim-unreachable',
    { api, isRetryable: true, fate: isUnsent ? 'untaken' : 'open' },
    {
      en: `OpenIM could not be reached for ${api} (${code}). ${advice.en}`,
      zh: `调用 ${api} 时无法连接 OpenIM（${code}）。${advice.zh}`,
    },
  );
}

/** What came back is not what the API promises. `reason` names the fault, never the content. */
export function unreadable(api: string, reason: Bilingual): OpenIMApiError {
  return new OpenIMApiError(
    'openim-unreadable',
    { api, isRetryable: false, fate: 'open' },
    {
      en: `The answer to ${api} cannot be read: ${reason.en}. Does \`apiUrl\` lead to an OpenIM server of v3?`,
      zh: `无法读取 ${api} 的响应：${reason.zh}。\`apiUrl\` 是否指向 OpenIM v3 服务？`,
    },
  );
}

/** Whether the bot has said something cannot be found out. */
export function lookUpFailed(cause?: unknown): CallbackError {
  return new CallbackError('openim-unsure', {
    text: {
      en: 'OpenIM may have shown this message already, and cannot be asked whether it has.',
      zh: 'OpenIM 可能已显示过此消息，且无法查询结果。',
    },
    cause,
    saying: { kind: 'unknown' },
  });
}
