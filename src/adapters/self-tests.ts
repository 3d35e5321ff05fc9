import { systemClock } from '../core/clock.js';
import { CallbackError } from '../core/errors.js';
import type { Bilingual } from '../core/language.js';
import { ownCommand } from '../core/own-command.js';
import type { ConfiguredAdapter } from './create-puppet.js';
import type { CheckedOpenIMOptions } from './openim/options.js';
import { selfTest as testOpenIM } from './openim/self-test.js';
import { checkCallbackUrl } from './shared/wecom-crypt/check-callback-url.js';
import type { WeComCryptOptions } from './shared/wecom-crypt/index.js';
import type { CheckedWeComOptions } from './wecom/options.js';
import { selfTest } from './wecom/self-test.js';
import type { CheckedWeComBotOptions } from './wecom-bot/options.js';
import { checkConnection } from './wecom-bot/self-test.js';
import { selfTest as testWildfire, type WildfireSelfTestOptions } from './wildfire/self-test.js';

/** What came of one check of an adapter. */
export interface AdapterFinding {
  /** For programs. Stable. */
  readonly name: string;
  readonly title: Bilingual;
  readonly result: 'pass' | 'fail' | 'skipped';
  /** What is wrong and what to do; of a check that passes, what was seen. */
  readonly advice?: Bilingual;
}

/** Where the webhooks of this configuration are served, without a path. */
export interface ServedAt {
  readonly origin: string;
  /** How the outside reaches it. */
  readonly publicUrl?: string;
}

type SelfTest = (options: object, at: ServedAt) => Promise<readonly AdapterFinding[]>;

const selfTests: Readonly<Record<string, SelfTest | undefined>> = {
  openim: (options, { origin }) =>
    testOpenIM({
      ...(options as CheckedOpenIMOptions),
      clock: systemClock,
      webhookOrigin: origin,
    }),
  wecom: (options, at) => testWeCom(options as CheckedWeComOptions, at),
  wecomBot: (options, at) => testWeComBot(options as CheckedWeComBotOptions, at),
  wildfire: (options, { origin }) =>
    testWildfire({ ...(options as WildfireSelfTestOptions), webhookOrigin: origin }),
};

/** Whether there is a test for adapters of this key. */
export function isTestable(key: string): boolean {
  return selfTests[key] !== undefined;
}

/**
 * Tests the settings of an adapter against its platform, and its webhook if that is served now.
 *
 * @throws CallbackError `adapter-untested` when there is no test for its platform
 */
export async function testAdapter(
  { key, options }: ConfiguredAdapter,
  at: ServedAt,
): Promise<readonly AdapterFinding[]> {
  const test = selfTests[key];
  if (test !== undefined) return await test(options, at);
  throw new CallbackError('adapter-untested', {
    text: {
      en: `There is no test for adapters of the kind \`${key}\`.`,
      zh: `暂无 \`${key}\` 类适配器的检查。`,
    },
  });
}

async function testWeCom(
  options: CheckedWeComOptions,
  at: ServedAt,
): Promise<readonly AdapterFinding[]> {
  const { aesKey, token, corpId, agentId, secret, baseUrl } = options;
  const findings = await selfTest({
    corpId,
    agentId,
    token,
    encodingAesKey: aesKey,
    clock: systemClock,
    ...(secret !== undefined && { secret }),
    ...(baseUrl !== undefined && { baseUrl }),
  });
  const receiveId = options.receiveId ?? corpId;
  const crypt = { token, encodingAesKey: aesKey, receiveId };
  return [...findings, ...(await testWebhook(options.path, crypt, at))];
}

async function testWeComBot(
  options: CheckedWeComBotOptions,
  at: ServedAt,
): Promise<readonly AdapterFinding[]> {
  const { mode, url, token = '', aesKey = '', receiveId, path } = options;
  if (mode === 'webhook') {
    return await testWebhook(path, { token, encodingAesKey: aesKey, receiveId }, at);
  }
  const title = { en: 'the long connection can be opened', zh: '可以建立长连接' };
  return [{ name: 'connection', title, ...(await checkConnection(url)) }];
}

/** Apps and AI bots are asked in the same way. */
async function testWebhook(
  path: string,
  crypt: WeComCryptOptions,
  { origin, publicUrl }: ServedAt,
): Promise<readonly AdapterFinding[]> {
  const local = await checkCallbackUrl(origin + path, crypt);
  const here: AdapterFinding = {
    name: 'webhook',
    title: { en: 'the webhook here passes the check of the URL', zh: '本机回调通过 URL 验证' },
    result: local.result === 'unreachable' ? 'skipped' : local.result,
    advice: local.result === 'unreachable' ? notRunning(origin + path) : local.advice,
  };
  if (publicUrl === undefined) return [here];
  const { result, advice } = await checkCallbackUrl(publicUrl + path, crypt);
  const outside: AdapterFinding = {
    name: 'public-url',
    title: { en: 'the public address passes it too', zh: '对外地址通过 URL 验证' },
    result: result === 'unreachable' ? 'fail' : result,
    advice,
  };
  return [here, local.result === 'unreachable' ? skipped(outside) : outside];
}

/** Nobody can reach what does not run. */
function skipped({ name, title }: AdapterFinding): AdapterFinding {
  return { name, title, result: 'skipped' };
}

function notRunning(url: string): Bilingual {
  return {
    en: `Nothing answers at ${url}. Run \`${ownCommand} start\`, then test again.`,
    zh: `${url} 没有回答。请先运行 ${ownCommand} start，再重新检查。`,
  };
}
