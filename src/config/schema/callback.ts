import { z } from 'zod';
import { contextNames } from '../../core/context-names.js';
import { expected } from '../../core/expectation.js';
import type { CallbackOptions } from '../../core/rule.js';
import { count, flag, keys, textMap } from '../../core/schema-values.js';
import { duration, someTime } from './duration.js';
import { callbackUrl } from './url.js';

const minSecretBytes = 24;
const maxSecretBytes = 64;

const secret = z.string().refine(isSecret, {
  error: expected(
    `whsec_ and the base64 of ${minSecretBytes} to ${maxSecretBytes} random bytes`,
    `whsec_ 加上 ${minSecretBytes} 到 ${maxSecretBytes} 个随机字节的 base64`,
  ),
});

function isSecret(value: string): boolean {
  const base64 = /^whsec_([A-Za-z0-9+/]+={0,2})$/u.exec(value)?.[1];
  if (base64 === undefined || base64.length % 4 !== 0) return false;
  const { length } = Buffer.from(base64, 'base64');
  return length >= minSecretBytes && length <= maxSecretBytes;
}

// These say how the body is framed and signed; another value would break every call.
const ownHeaders =
  /^(?:content-type|content-length|transfer-encoding|connection|host|webhook-(?:id|timestamp|signature))$/iu;

// Anything else is refused by HTTP, or arrives as something else.
const ascii = /^[\t\x20-\x7e]*$/u;

const apiKey = z
  .string()
  .refine((value) => ascii.test(value) && value.trim() === value && value !== '', {
    error: expected(
      'a key of ASCII characters, on one line, without spaces or a line break around it',
      '由 ASCII 字符组成的单行密钥，首尾不含空格或换行',
    ),
  });

const headers = z.record(
  z
    .string()
    .refine((name) => /^[\w!#$%&'*+.^`|~-]+$/u.test(name), {
      error: expected('the name of an HTTP header such as x-shop', 'HTTP 头的名称，例如 x-shop'),
    })
    .refine((name) => !ownHeaders.test(name), {
      error: expected(
        'a header that this program does not set itself',
        '非本程序自行设置的 HTTP 头',
      ),
    }),
  z.string().refine((value) => ascii.test(value), {
    error: expected(
      'the value of an HTTP header: one line of ASCII characters (encode others)',
      'HTTP 头的值：单行 ASCII 字符（其他字符须先编码）',
    ),
  }),
);

const retry = keys({
  attempts: count(1, 100).prefault(5).describe('Calls in all. / 总共调用次数。'),
  backoff: duration()
    .prefault('1s')
    .describe('First pause, doubled each time. / 首次间隔，逐次加倍。'),
  maxDelay: duration().prefault('30s').describe('No pause is longer. / 间隔上限。'),
  onTimeout: flag
    .prefault(false)
    .describe('Call again after a timeout. / 超时后也重试（对方可能已执行）。'),
  onBrokenStream: flag
    .prefault(false)
    .describe(
      'Call again after a stream that broke off, nothing of it shown yet. / 流式回答中断且尚未显示任何内容时重试。',
    ),
}).transform(({ backoff, maxDelay, ...rest }) => ({
  ...rest,
  backoffMs: backoff,
  maxDelayMs: maxDelay,
}));

/** Where and how to call. */
export const callback = keys({
  url: callbackUrl.describe(
    'http(s) URL; {{variable}} in path and query. / 回调地址；路径和查询中可用 {{变量}}。',
  ),
  apiKey: apiKey.exactOptional().describe('Sent as Authorization: Bearer. / 以 Bearer 令牌发送。'),
  secret: z
    .union([secret, z.array(secret).min(1).max(2)])
    .exactOptional()
    .describe('Signs the task; two while rotating. / 签名密钥；轮换时写两个。'),
  headers: headers.prefault({}).describe('More HTTP headers. / 附加的 HTTP 头。'),
  variables: textMap.prefault({}).describe('Sent with every task. / 附加参数。'),
  context: z
    .array(z.enum(contextNames))
    .prefault([])
    .describe('What of the event is sent as variables. / 作为变量附带的事件信息。'),
  include: z
    .array(z.enum(['quoted']))
    .prefault([])
    .describe('What of the message is sent as `message`. / 在 message 字段中附带的消息内容。'),
  timeout: someTime.prefault('30s').describe('For the whole attempt. / 单次调用的时限。'),
  retry: retry.prefault({}).describe('When and how often to call again. / 重试。'),
  fallbackUrl: callbackUrl
    .exactOptional()
    .describe('Used while the receiver of `url` is down. / 主地址不可用时使用。'),
}).transform(
  ({ secret: secrets, timeout, ...rest }): CallbackOptions => ({
    ...rest,
    secrets: typeof secrets === 'string' ? [secrets] : (secrets ?? []),
    timeoutMs: timeout,
  }),
);
