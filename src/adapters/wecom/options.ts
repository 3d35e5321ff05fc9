import { z } from 'zod';
import { expected } from '../../core/expectation.js';
import { count, keys, text } from '../../core/schema-values.js';
import { webhookPath } from '../shared/webhook-path.js';

/** Text of one form; what is missing is asked for in the same words. */
function textLike(pattern: RegExp, en: string, zh: string) {
  const error = expected(en, zh);
  return z.string({ error }).regex(pattern, { error });
}

const url = z.string().refine((value) => /^https?:\/\//iu.test(value) && URL.canParse(value), {
  error: expected(
    'an http:// or https:// address such as https://qyapi.weixin.qq.com',
    'http:// 或 https:// 开头的地址，例如 https://qyapi.weixin.qq.com',
  ),
});

/** The options of a self-built app, as `.wechatyrc` and code spell them. */
export const weComOptionsSchema = keys({
  name: text.optional().describe('Unique among all adapters; default wecom. / 唯一名称。'),
  corpId: textLike(
    /^[\w-]{1,64}$/u,
    'the CorpID (18 letters and digits that begin with ww or wx)',
    '企业 ID（以 ww 或 wx 开头的 18 位字母数字）',
  ).describe('Of the corp (企业信息). / 企业 ID（我的企业 → 企业信息）。'),
  agentId: count(0, 2 ** 31 - 1).describe('Of the app (应用管理). / 应用的 AgentId（应用管理）。'),
  secret: text
    .optional()
    .describe(
      'Of the app; without it only answers within the response are possible. / 应用的 Secret；不填则只能被动回复。',
    ),
  token: textLike(
    /^[A-Za-z0-9]{1,32}$/u,
    'the Token: 1 to 32 letters and digits',
    'Token：1 到 32 位字母或数字',
  ).describe('Of the callback (接收消息 → 设置API接收). / 接收消息的 Token。'),
  aesKey: textLike(
    /^[A-Za-z0-9]{43}$/u,
    'the EncodingAESKey: exactly 43 letters and digits',
    'EncodingAESKey：正好 43 位字母或数字',
  ).describe('The EncodingAESKey of the callback. / 接收消息的 EncodingAESKey。'),
  path: webhookPath
    .default('/wecom')
    .describe('Of the callback URL; one for each app. / 回调地址的路径，每个应用各不相同。'),
  passive: z
    .enum(['auto', 'never', 'only'])
    .default('auto')
    .describe(
      'Whether an answer within 4.5 s goes back in the response of the callback. / 4.5 秒内的回答是否作为被动回复。',
    ),
  baseUrl: url
    .optional()
    .describe('Of the API; default https://qyapi.weixin.qq.com. / 接口地址，私有部署时填写。'),
  receiveId: textLike(/^\S*$/u, 'an id without spaces', '不含空格的 ID')
    .optional()
    .describe('Whom callbacks are encrypted for; default the CorpID. / 默认为企业 ID。'),
}).superRefine(({ secret, passive }, context) => {
  if (secret !== undefined || passive !== 'never') return;
  context.addIssue({
    code: 'custom',
    path: ['passive'],
    message: expected(
      'auto or only, because without `secret` nothing can be said otherwise',
      'auto 或 only，因为没有 `secret` 就无法主动发送',
    ),
  });
});

/** The options of a self-built app (自建应用). Defaults as described in the schema. */
export type WeComOptions = z.input<typeof weComOptionsSchema>;

/** The same, complete. */
export type CheckedWeComOptions = z.output<typeof weComOptionsSchema>;
