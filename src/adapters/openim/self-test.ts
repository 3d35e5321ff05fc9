import type { Clock } from '../../core/clock.js';
import { textOf } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';
import { type AskedWebhook, askWebhook } from './ask-webhook.js';
import { createOpenIMClient, type OpenIMClient } from './client.js';
import type { CheckedOpenIMOptions } from './options.js';

/** The settings of a bot, and where its webhook should answer. */
export interface SelfTestOptions extends CheckedOpenIMOptions, Pick<AskedWebhook, 'webhookOrigin'> {
  readonly clock: Clock;
}

/** What came of one check. */
export interface SelfTestFinding {
  /** For programs. Stable. */
  readonly name: 'token' | 'user' | 'guard' | 'webhook';
  readonly title: Bilingual;
  readonly result: 'pass' | 'fail' | 'skipped';
  /** What is wrong and what to do; of a check that passes, what was seen. */
  readonly advice?: Bilingual;
}

type Outcome = Pick<SelfTestFinding, 'result' | 'advice'>;

interface Check extends Pick<SelfTestFinding, 'name' | 'title'> {
  /** True: pointless once a call has failed. */
  readonly isCall?: boolean;
  readonly run: (client: OpenIMClient, options: SelfTestOptions) => Outcome | Promise<Outcome>;
}

const checks: readonly Check[] = [
  {
    name: 'token',
    title: { en: 'secret and admin account are accepted', zh: 'secret 与管理员账号有效' },
    isCall: true,
    run: async (client) => {
      await client.authorize();
      return { result: 'pass' };
    },
  },
  {
    name: 'user',
    title: { en: 'the account of the bot exists', zh: '机器人账号存在' },
    isCall: true,
    run: async (client, { botId }) => judgeUser(botId, await client.directory.users.get(botId)),
  },
  {
    name: 'guard',
    title: { en: 'nobody else can send callbacks', zh: '他人无法伪造回调' },
    run: (_client, options) => judgeGuard(options),
  },
  {
    name: 'webhook',
    title: { en: 'the webhook answers', zh: '回调地址可用' },
    run: async (_client, options) => await askWebhook(options),
  },
];

/** Tests the settings of a bot against its server, and its webhook. Names no secret; never rejects. */
export async function selfTest(options: SelfTestOptions): Promise<readonly SelfTestFinding[]> {
  const client = createOpenIMClient(options);
  const findings: SelfTestFinding[] = [];
  let isLost = false;
  for (const { name, title, isCall = false, run } of checks) {
    const outcome: Outcome =
      isLost && isCall
        ? { result: 'skipped' }
        : await Promise.resolve(run(client, options)).catch(failed);
    findings.push({ name, title, ...outcome });
    isLost ||= isCall && outcome.result === 'fail';
  }
  await client.close();
  return findings;
}

function judgeUser(botId: string, user: { readonly nickname: string } | undefined): Outcome {
  if (user !== undefined) {
    const { nickname } = user;
    return { result: 'pass', advice: { en: `Shown as ${nickname}`, zh: `昵称：${nickname}` } };
  }
  return {
    result: 'fail',
    advice: {
      en: `There is no user ${botId} on the server. Register it (/user/user_register), or correct \`botId\`.`,
      zh: `服务端没有用户 ${botId}。请先注册（/user/user_register），或更正 \`botId\`。`,
    },
  };
}

function judgeGuard({ callbackSecret, allow }: SelfTestOptions): Outcome {
  if (callbackSecret !== undefined || allow !== undefined) return { result: 'pass' };
  return {
    result: 'fail',
    advice: {
      en: 'OpenIM signs nothing: whoever finds the URL can put words into the mouth of anybody. Set `callbackSecret` or `allow`.',
      zh: 'OpenIM 没有签名：任何知道地址的人都能冒充他人发言。请设置 `callbackSecret` 或 `allow`。',
    },
  };
}

function failed(error: unknown): Outcome {
  return { result: 'fail', advice: textOf(error) };
}
