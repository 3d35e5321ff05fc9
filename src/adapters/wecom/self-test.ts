import { textOf } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';
import { silentLogger } from '../../core/logger.js';
import { createWeComClient, type WeComClient, type WeComClientOptions } from './client.js';

/** The settings of an app: what calls WeCom, and what WeCom's callbacks are checked with. */
export interface SelfTestOptions extends Omit<WeComClientOptions, 'logger' | 'tokens' | 'secret'> {
  /** Absent: the app only answers within the response, so there is no call to be tested. */
  readonly secret?: string;
  /** Of the callback (接收消息). Default: not tested. */
  readonly token?: string;
  /** Default: not tested. */
  readonly encodingAesKey?: string;
}

/** What came of one check. */
export interface SelfTestFinding {
  /** For programs. Stable. */
  readonly name: 'settings' | 'token' | 'callback-ips' | 'agent';
  readonly title: Bilingual;
  readonly result: 'pass' | 'fail' | 'skipped';
  /** What is wrong and what to do; of a check that passes, what was seen. */
  readonly advice?: Bilingual;
}

const noSecret: Bilingual = {
  en: 'There is no `secret`: the app only answers within 4.5 s, in the response of the callback.',
  zh: '未配置 `secret`：应用只能在 4.5 秒内被动回复。',
};

type Outcome = Pick<SelfTestFinding, 'result' | 'advice'>;

interface Check extends Pick<SelfTestFinding, 'name' | 'title'> {
  readonly run: (client: WeComClient, options: SelfTestOptions) => Outcome | Promise<Outcome>;
}

/** In this order; one that fails makes those after it pointless, but for the shape of settings. */
const checks: readonly Check[] = [
  {
    name: 'settings',
    title: { en: 'the settings have the right shape', zh: '配置项格式正确' },
    run: (_client, options) => judgeSettings(options),
  },
  {
    name: 'token',
    title: { en: 'corp id and secret are accepted', zh: 'CorpID 与 Secret 有效' },
    run: async (client) => {
      await client.authorize();
      return { result: 'pass' };
    },
  },
  {
    name: 'callback-ips',
    title: { en: 'this machine may call WeCom', zh: '本机可以调用企业微信接口' },
    run: async (client) => {
      const { length } = await client.callbackIps();
      const advice = {
        en: `Callbacks come from ${length} addresses; let them through your firewall.`,
        zh: `回调来自 ${length} 个地址，请在防火墙放行。`,
      };
      return { result: 'pass', advice };
    },
  },
  {
    name: 'agent',
    title: { en: 'the agent id is that of the app', zh: 'AgentId 属于该应用' },
    run: async (client) => judgeAgent(await client.agent()),
  },
];

/**
 * Tests the settings of an app against WeCom. Names no secret.
 *
 * @throws CallbackError `wecom-base-url-invalid`
 */
export async function selfTest(options: SelfTestOptions): Promise<readonly SelfTestFinding[]> {
  const { secret = '' } = options;
  const client = createWeComClient({ ...options, secret, logger: silentLogger });
  const findings: SelfTestFinding[] = [];
  let isLost = false;
  try {
    for (const { name, title, run } of checks) {
      const isCall = name !== 'settings';
      const outcome: Outcome =
        isLost || (isCall && options.secret === undefined)
          ? { result: 'skipped', ...(!isLost && { advice: noSecret }) }
          : await Promise.resolve(run(client, options)).catch(failed);
      findings.push({ name, title, ...outcome });
      isLost ||= isCall && outcome.result === 'fail';
    }
  } finally {
    await client.close();
  }
  return findings;
}

/** Every fault of the settings at once; each names its key. */
function judgeSettings({
  corpId,
  agentId,
  secret,
  token,
  encodingAesKey,
}: SelfTestOptions): Outcome {
  const faults: readonly (Bilingual | false)[] = [
    !/^w[wx][\da-zA-Z]{16}$/u.test(corpId) && {
      en: 'The corp id is no 18 letters and digits that begin with ww or wx.',
      zh: 'CorpID 不是以 ww 或 wx 开头的 18 位字母数字。',
    },
    !(Number.isSafeInteger(agentId) && agentId > 0) && {
      en: 'The agent id is no positive whole number.',
      zh: 'AgentId 不是正整数。',
    },
    isOdd(secret, /^[\w-]+$/u) && {
      en: 'The secret is empty, or has blanks or other characters that no secret has. Copy it anew.',
      zh: 'Secret 为空，或含有空格等不应出现的字符，请重新复制。',
    },
    isOdd(token, /^[\da-zA-Z]{1,32}$/u) && {
      en: 'The token of the callback is no 1 to 32 letters and digits.',
      zh: '回调 Token 不是 1 至 32 位字母数字。',
    },
    isOdd(encodingAesKey, /^[\da-zA-Z]{43}$/u) && keyFault(encodingAesKey),
  ];
  const found = faults.filter((fault) => fault !== false);
  if (found.length === 0) return { result: 'pass' };
  const said = (language: keyof Bilingual) => found.map((fault) => fault[language]).join(' ');
  return { result: 'fail', advice: { en: said('en'), zh: said('zh') } };
}

function isOdd(value: string | undefined, form: RegExp): value is string {
  return value !== undefined && !form.test(value);
}

function keyFault({ length }: string): Bilingual {
  return {
    en: `The EncodingAESKey is no 43 letters and digits (it has ${length} characters). Copy it without blanks and without a final "=".`,
    zh: `EncodingAESKey 不是 43 位字母数字（现为 ${length} 个字符）。请重新复制，不要带空格或末尾的“=”。`,
  };
}

function judgeAgent({ name, isDisabled }: { name: string; isDisabled: boolean }): Outcome {
  if (!isDisabled) return { result: 'pass', advice: { en: `App: ${name}`, zh: `应用：${name}` } };
  return {
    result: 'fail',
    advice: {
      en: 'The app is disabled: nobody gets its messages. Enable it in the admin console (应用管理 → the app).',
      zh: '应用已停用，任何人都收不到它的消息。请在管理后台（应用管理 → 该应用）启用。',
    },
  };
}

function failed(error: unknown): Outcome {
  return { result: 'fail', advice: textOf(error) };
}
