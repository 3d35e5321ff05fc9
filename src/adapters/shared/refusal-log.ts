import type { Clock } from '../../core/clock.js';
import type { Bilingual } from '../../core/language.js';
import type { Logger } from '../../core/logger.js';
import { createOnceAMinute } from '../../core/once-a-minute.js';
import type { RefusalReason, WebhookRefusal } from './webhook-refusal.js';

const explanations: Readonly<Record<RefusalReason, Bilingual>> = {
  method: { en: 'neither GET nor POST', zh: '既非 GET 也非 POST' },
  'too-large': { en: 'the body is too large', zh: '请求体过大' },
  malformed: { en: 'it is no request of this platform', zh: '不是该平台的请求' },
  busy: {
    en: 'too many large bodies come in unsigned at the same time; if real messages are missing, look who else posts here',
    zh: '同时有过多未经验证的大请求体；若真实消息收不到，请查看还有谁在向此处发送请求',
  },
  signature: {
    en: 'the signature is wrong; if real messages are missing, compare token and key with the platform',
    zh: '签名不符；若真实消息收不到，请与平台核对 Token 与密钥',
  },
  stale: {
    en: "it is too old or from the future; check this machine's clock",
    zh: '时间戳过旧或超前；请检查本机时钟',
  },
  unreadable: {
    en: 'it is signed, but cannot be read; compare the key with the platform',
    zh: '签名正确但无法读取；请与平台核对密钥',
  },
  secret: {
    en: 'the secret in its URL is wrong or missing; if real callbacks are missing, compare the callback URL on the platform with `callbackSecret`',
    zh: '地址中的密钥不符或缺失；若收不到真实回调，请核对平台上的回调地址与 `callbackSecret`',
  },
  address: {
    en: 'it comes from an address that is not in `allow`; behind a proxy, set `proxies`',
    zh: '来源地址不在 `allow` 之列；若经过代理，请设置 `proxies`',
  },
};

/**
 * Tells the operator of refused requests: one line for each reason within a minute, which counts
 * those that were not told. Nothing of the request is told.
 *
 * @param name the adapter's
 */
export function createRefusalLog(
  name: string,
  logger: Logger,
  clock: Pick<Clock, 'now'>,
): (refusal: WebhookRefusal) => void {
  // However many requests an attacker sends.
  const onceAMinute = createOnceAMinute(clock);
  return ({ reason, detail }) => {
    onceAMinute(reason, (more) => {
      const { en, zh } = explanations[reason];
      logger.warn(
        { en: `${name} refused a request: ${en}.`, zh: `${name} 拒绝了一个请求：${zh}。` },
        { reason, code: detail, more },
      );
    });
  };
}
