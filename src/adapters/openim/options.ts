import { z } from 'zod';
import { expected } from '../../core/expectation.js';
import { count, flag, keys, oneOrMore, text } from '../../core/schema-values.js';
import { addressRange } from '../shared/address-range.js';
import { webhookPath } from '../shared/webhook-path.js';
import { refusalCodes } from './answer.js';

/** As OpenIM takes them: letters, digits, `_`, and what older servers let through. */
const id = z.string().regex(/^[\w@.-]{1,64}$/u, {
  error: expected(
    'a user id of OpenIM (letters, digits and _)',
    'OpenIM 用户 ID（字母、数字及 _）',
  ),
});

const url = z
  .string()
  .refine(
    (value) => /^https?:\/\/[^/?#]/iu.test(value) && URL.canParse(value) && !/[?#]/u.test(value),
    {
      error: expected(
        'an http:// or https:// address such as http://127.0.0.1:10002',
        'http:// 或 https:// 开头的地址，例如 http://127.0.0.1:10002',
      ),
    },
  );

const pathSecret = z.string().regex(/^[\w~-]{16,128}$/u, {
  error: expected(
    '16 to 128 letters, digits and - _ ~, invented by you',
    '自行设定的 16 到 128 位字母、数字或 - _ ~',
  ),
});

/** The options of a bot on an OpenIM server, as `.wechatyrc` and code spell them. */
export const openIMOptionsSchema = keys({
  name: text.optional().describe('Unique among all adapters; default openim. / 唯一名称。'),
  botId: id.describe(
    'The user id of the bot; the account must exist. / 机器人的用户 ID，须已注册。',
  ),
  apiUrl: url
    .default('http://127.0.0.1:10002')
    .describe('Of the REST API of the server. / 服务端 REST API 地址。'),
  secret: text.describe('`secret` of config/share.yml. / config/share.yml 中的 secret。'),
  adminId: id
    .default('imAdmin')
    .describe('An imAdmin account of config/share.yml. / config/share.yml 中的管理员账号。'),
  publicApiUrl: url
    .optional()
    .describe(
      'How clients reach the API, for the addresses of files; default apiUrl. / 客户端访问 API 的地址。',
    ),
  botName: text
    .optional()
    .describe('Shown beside its messages; default its nickname. / 显示名称。'),
  botAvatar: url
    .optional()
    .describe('Shown beside its messages; default its picture. / 显示头像。'),
  path: webhookPath
    .default('/openim')
    .describe('Of the callback URL; one for each bot. / 回调地址的路径，每个机器人各不相同。'),
  callbackSecret: pathSecret
    .optional()
    .describe(
      'The last part of the callback URL in config/webhooks.yml: OpenIM signs nothing. / 回调地址的末段；OpenIM 没有签名。',
    ),
  allow: oneOrMore(addressRange)
    .optional()
    .describe('The addresses that callbacks come from. / 允许回调的来源地址。'),
  proxies: oneOrMore(addressRange)
    .optional()
    .describe('Proxies before this machine whose X-Forwarded-For is believed. / 可信的前置代理。'),
  refusalCode: count(refusalCodes.min, refusalCodes.max)
    .default(refusalCodes.default)
    .describe(
      'What clients get as errCode when a rule refuses. / 规则拒绝时客户端收到的 errCode。',
    ),
  quotes: flag
    .default(false)
    .describe(
      'The server is later than v3.8.3 and takes quotes. / 服务端高于 v3.8.3，支持引用消息。',
    ),
  readBack: flag
    .default(false)
    .describe(
      'Take only messages that the server has stored: slower, and nobody can invent one. / 仅接受服务端确有存储的消息，较慢但无法伪造。',
    ),
});

/** The options of a bot on an OpenIM server. Defaults as described in the schema. */
export type OpenIMOptions = z.input<typeof openIMOptionsSchema>;

/** The same, complete. */
export type CheckedOpenIMOptions = z.output<typeof openIMOptionsSchema>;
