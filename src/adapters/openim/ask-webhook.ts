import type { Bilingual } from '../../core/language.js';
import { ownCommand } from '../../core/own-command.js';

/** Where a webhook should answer, and what it wants to see. */
export interface AskedWebhook {
  /** Scheme, host and port as the server reaches them, without a path. Default: nothing is asked. */
  readonly webhookOrigin?: string;
  readonly path: string;
  readonly callbackSecret?: string | undefined;
}

/** What came of asking. */
export interface WebhookOutcome {
  readonly result: 'pass' | 'fail' | 'skipped';
  /** What is wrong and what to do. */
  readonly advice?: Bilingual;
}

/** OpenIM's own default, in ms. */
const patienceMs = 5000;

/** No server has it: it is acknowledged, and no rule is asked. */
const command = 'callbackAfterSelfTestCommand';

/**
 * Sends the webhook what nobody waits for, and reads the answer as the server does. Never rejects, and
 * names no secret.
 */
export async function askWebhook(webhook: AskedWebhook): Promise<WebhookOutcome> {
  const { webhookOrigin, path, callbackSecret } = webhook;
  if (webhookOrigin === undefined) return { result: 'skipped' };
  const secret = callbackSecret === undefined ? '' : `/${callbackSecret}`;
  try {
    const response = await fetch(`${webhookOrigin}${path}${secret}/${command}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ callbackCommand: command, operationID: `self-test-${Date.now()}` }),
      signal: AbortSignal.timeout(patienceMs),
    });
    return judge(response.status, await response.text());
  } catch {
    return { result: 'fail', advice: unreachable };
  }
}

function judge(status: number, body: string): WebhookOutcome {
  if (status === 200 && isAcknowledgement(body)) return { result: 'pass' };
  const advice = advices[status] ?? advices[0];
  return {
    result: 'fail',
    advice: { en: `HTTP ${status}. ${advice?.en}`, zh: `HTTP ${status}。${advice?.zh}` },
  };
}

function isAcknowledgement(body: string): boolean {
  try {
    return (JSON.parse(body) as { nextCode?: unknown } | null)?.nextCode === 0;
  } catch {
    return false;
  }
}

const unreachable: Bilingual = {
  en: `Nothing answered. Is the bot running (\`${ownCommand} start\`), and does \`server\` listen where the OpenIM server can reach it?`,
  zh: `没有应答。机器人是否已启动（${ownCommand} start）？\`server\` 的监听地址 OpenIM 服务能否访问？`,
};

const advices: Readonly<Record<number, Bilingual>> = {
  0: {
    en: 'Something else answers there: a proxy or another program.',
    zh: '该地址由其他程序或代理应答。',
  },
  404: {
    en: 'There, another `path` or `callbackSecret` is in use, or `allow` leaves out this machine.',
    zh: '该地址使用的 `path` 或 `callbackSecret` 与此不同，或 `allow` 不包含本机。',
  },
  503: {
    en: 'The bot is not running there, or is just starting: look at its log.',
    zh: '机器人没有运行或正在启动：请查看其日志。',
  },
};
