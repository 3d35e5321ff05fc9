import { z } from 'zod';
import { expected } from '../../core/expectation.js';
import { count, flag, keys, oneOrMore, text } from '../../core/schema-values.js';
import { addressRange } from '../shared/address-range.js';
import { webhookPath } from '../shared/webhook-path.js';

const id = z.string().regex(/^[^\s#]{1,64}$/u, {
  error: expected('an id without spaces and #', '不含空格与 # 的 ID'),
});

const url = z
  .string()
  .refine((value) => /^https?:\/\/[^/?#][^?#]*$/iu.test(value) && URL.canParse(value), {
    error: expected(
      'an http:// or https:// address such as http://127.0.0.1:18080',
      'http:// 或 https:// 开头的地址，例如 http://127.0.0.1:18080',
    ),
  });

const pathSecret = z.string().regex(/^[\w~-]{16,128}$/u, {
  error: expected(
    '16 to 128 letters, digits and - _ ~, invented by you',
    '自行设定的 16 到 128 位字母、数字或 - _ ~',
  ),
});

const credentials = keys({
  id: id.describe('As on the server. / 服务端的 ID。'),
  secret: text.describe('As on the server. / 服务端的密钥。'),
});

/** The options of a bot on a WildfireChat server, as `.wechatyrc` and code spell them. */
export const wildfireOptionsSchema = keys({
  name: text.optional().describe('Unique among all adapters; default wildfire. / 唯一名称。'),
  robot: credentials
    .optional()
    .describe('The bot is this robot: the usual way. / 机器人账号，常用方式。'),
  channel: credentials.optional().describe('Or this channel. / 或频道（公众号）。'),
  user: keys({ id: id.describe('As on the server. / 服务端的用户 ID。') })
    .optional()
    .describe(
      'Or this user, who hears what is forwarded and speaks through `admin`. / 或普通用户：接收转发的消息，经 `admin` 发言。',
    ),
  server: url
    .optional()
    .describe('Of the robot and channel API, e.g. http://127.0.0.1. / 机器人与频道接口的地址。'),
  admin: keys({
    server: url
      .default('http://127.0.0.1:18080')
      .describe('Of the admin API; internal only. / 管理接口地址，仅限内网。'),
    secret: text.describe('`http.admin.secret_key` of wildfirechat.conf. / 管理密钥。'),
  })
    .optional()
    .describe('Knows more of users and groups, and recalls. / 可查询更多信息并撤回消息。'),
  path: webhookPath
    .default('/wildfire')
    .describe('Of the callback URLs; one for each bot. / 回调地址的路径，每个机器人各不相同。'),
  callbackSecret: pathSecret
    .optional()
    .describe(
      'Follows the path in the callback URLs: the server signs nothing. / 回调地址中位于路径之后；服务端没有签名。',
    ),
  allow: oneOrMore(addressRange)
    .optional()
    .describe('The addresses that callbacks come from. / 允许回调的来源地址。'),
  proxies: oneOrMore(addressRange)
    .optional()
    .describe('Proxies before this machine whose X-Forwarded-For is believed. / 可信的前置代理。'),
  legacyStatus: flag
    .default(false)
    .describe(
      'Online status of servers before December 2020: 0 offline, 1 online. / 2020 年 12 月前的服务端：0 下线，1 上线。',
    ),
  hearRobots: flag
    .default(false)
    .describe('Listen to other robots too; beware of loops. / 也响应其他机器人，注意避免循环。'),
  robots: oneOrMore(id)
    .optional()
    .describe('Ids of other robots, where the server does not tell. / 其他机器人的 ID。'),
  orderWindowMs: count(0, 1000)
    .default(50)
    .describe(
      'How long at most a message waits for others that are coming in, to restore their order, in ms; 0: not at all. / 为恢复顺序而等待正在到达的消息，最长毫秒数；0 为不等待。',
    ),
  files: oneOrMore(url)
    .optional()
    .describe(
      "Origins that files in messages are fetched from; default the server's. / 允许下载消息文件的来源，默认为服务端地址。",
    ),
  store: text
    .optional()
    .describe(
      'File for answers that still grow, or memory; default .wechaty/<name>.streams. / 正在生成的回答的保存文件，memory 为不保存。',
    ),
  uploader: credentials
    .optional()
    .describe(
      'A robot of the server that uploads files for a channel or a user: the server takes them from robots alone. / 代频道或普通用户上传文件的机器人：服务端仅允许机器人上传。',
    ),
}).superRefine(({ robot, channel, user, server, admin, uploader }, context) => {
  const report = (option: string, en: string, zh: string) =>
    context.addIssue({ code: 'custom', path: [option], message: expected(en, zh) });
  const accounts = [robot, channel, user].filter((account) => account !== undefined);
  if (accounts.length !== 1) {
    report('robot', 'one of robot, channel and user', 'robot、channel、user 三者之一');
  }
  if ((!user || uploader) && server === undefined) {
    report('server', 'the address of the server, e.g. http://127.0.0.1', '服务端地址');
  }
  if (user && admin === undefined) {
    report('admin', 'the admin API: a user speaks through it', '管理接口：普通用户经它发言');
  }
});

/** The options of a bot on a WildfireChat server. Defaults as described in the schema. */
export type WildfireOptions = z.input<typeof wildfireOptionsSchema>;

/** The same, complete. */
export type CheckedWildfireOptions = z.output<typeof wildfireOptionsSchema>;
