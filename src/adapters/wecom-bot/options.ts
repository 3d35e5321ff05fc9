import { z } from 'zod';
import { expected } from '../../core/expectation.js';
import { count, flag, keys, text } from '../../core/schema-values.js';
import { webhookPath } from '../shared/webhook-path.js';

/** Text of one form; what is missing is asked for in the same words. */
function textLike(pattern: RegExp, en: string, zh: string) {
  const error = expected(en, zh);
  return z.string({ error }).regex(pattern, { error });
}

/** What the bot says by itself; read by people in WeCom. */
export const botTextsSchema = keys({
  placeholder: z
    .string()
    .default('<think></think>')
    .describe('Until the first word; the default shows an animation. / 首个字之前显示的内容。'),
  continued: text
    .default('（未完，稍后继续）')
    .describe('At the end of a stream whose rest follows. / 流式消息到时限，后续另发。'),
  cut: text
    .default('（内容过长，已截断）')
    .describe('Behind what is cut off. / 内容截断时的提示。'),
  silent: text
    .default('（没有回复）')
    .describe('When nothing is said to a message. / 没有任何回复时的提示。'),
  lost: text
    .default('（回答已失效，请重新提问）')
    .describe('When an answer is not known any more. / 回答已丢失时的提示。'),
  card: text.default('（请查看卡片）').describe('Beside a card without text. / 仅有卡片时的文字。'),
  image: text.default('（图片）').describe('Beside images without text. / 仅有图片时的文字。'),
});

const webhookKeys = ['token', 'aesKey'] as const;
const connectionKeys = ['botId', 'secret'] as const;

/** The options of an AI bot, as `.wechatyrc` and code spell them. */
export const weComBotOptionsSchema = keys({
  name: text.optional().describe('Unique among all adapters; default wecomBot. / 唯一名称。'),
  botName: text
    .optional()
    .describe(
      'As WeCom shows the bot; its @mention is taken off messages. / 机器人在企业微信中的名称，用于去除消息开头的 @。',
    ),
  token: textLike(
    /^[A-Za-z0-9]{1,32}$/u,
    'the Token: 1 to 32 letters and digits',
    'Token：1 到 32 位字母或数字',
  )
    .optional()
    .describe('Of the callback (API模式 → 设置接收消息回调地址). / 接收消息回调的 Token。'),
  aesKey: textLike(
    /^[A-Za-z0-9]{43}$/u,
    'the EncodingAESKey: exactly 43 letters and digits',
    'EncodingAESKey：正好 43 位字母或数字',
  )
    .optional()
    .describe('The EncodingAESKey of the callback. / 接收消息回调的 EncodingAESKey。'),
  mode: z
    .enum(['webhook', 'websocket'])
    .default('webhook')
    .describe(
      'How messages come in: webhook needs token and aesKey, websocket botId and secret. / 接入方式：webhook 需 token 与 aesKey，websocket（长连接）需 botId 与 secret。',
    ),
  botId: text.optional().describe('Of the long connection. / 长连接的 BotID。'),
  secret: text.optional().describe('Of the long connection. / 长连接的 Secret。'),
  url: textLike(/^wss?:\/\/\S+$/u, 'an address that begins with wss://', '以 wss:// 开头的地址')
    .default('wss://openws.work.weixin.qq.com')
    .describe('Of the long connection. / 长连接的地址，私有部署时填写。'),
  path: webhookPath
    .default('/wecom-bot')
    .describe('Of the callback URL; one for each bot. / 回调地址的路径，每个机器人各不相同。'),
  receiveId: textLike(/^\S*$/u, 'an id without spaces', '不含空格的 ID')
    .default('')
    .describe('Whom callbacks are encrypted for; "" for a bot of your own. / 自建机器人为空。'),
  feedback: flag
    .default(false)
    .describe('Ask for thumbs up or down under answers. / 是否收集用户对回答的赞踩。'),
  disableClicked: flag
    .default(false)
    .describe('A card that was clicked can be used no more. / 卡片点击后置为不可用。'),
  firstWordMs: count(0, 4000)
    .default(0)
    .describe(
      'How long a message waits for its first word; lets a card come alone. / 首次响应等待首个字的时间。',
    ),
  store: text
    .optional()
    .describe(
      'File for open answers, or memory; default .wechaty/<name>.streams. / 未完成回答的保存文件，memory 为不保存。',
    ),
  texts: botTextsSchema.prefault({}).describe('What the bot says by itself. / 机器人的提示语。'),
}).superRefine((options, context) => {
  const needed = options.mode === 'webhook' ? webhookKeys : connectionKeys;
  for (const key of needed) {
    if (options[key] !== undefined) continue;
    const message = expected(
      `a value, because mode is ${options.mode}`,
      `非空值（mode 为 ${options.mode} 时必填）`,
    );
    context.addIssue({ code: 'custom', path: [key], message });
  }
});

/** The options of an AI bot (智能机器人). Defaults as described in the schema. */
export type WeComBotOptions = z.input<typeof weComBotOptionsSchema>;

/** The same, complete. */
export type CheckedWeComBotOptions = z.output<typeof weComBotOptionsSchema>;

/** What the bot says by itself. */
export type BotTexts = z.output<typeof botTextsSchema>;
