import { randomBytes, randomInt } from 'node:crypto';
import type { Bilingual } from '../../../core/language.js';
import type { WeComCryptOptions } from './options.js';
import { createWeComCrypt } from './wecom-crypt.js';

/** What came of a check of the URL. */
export interface UrlCheck {
  readonly result: 'pass' | 'fail' | 'unreachable';
  readonly advice: Bilingual;
}

/** WeCom waits no longer (D90930). */
const patienceMs = 1000;

/**
 * Asks a callback URL what WeCom asks when an admin saves it: the decrypted `echostr` has to come
 * back within one second, and nothing else (D90930).
 *
 * @param url without a query
 */
export async function checkCallbackUrl(url: string, options: WeComCryptOptions): Promise<UrlCheck> {
  const crypt = createWeComCrypt(options);
  const echo = Array.from({ length: 19 }, () => randomInt(1, 10)).join('');
  const timestamp = String(Math.floor(Date.now() / 1000));
  const sealed = crypt.seal(echo, { timestamp, nonce: randomBytes(8).toString('hex') });
  const query = new URLSearchParams({
    msg_signature: sealed.signature,
    timestamp,
    nonce: sealed.nonce,
    echostr: sealed.encrypt,
  });
  const begin = performance.now();
  const got = await ask(`${url}?${query.toString()}`);
  if (got === undefined) return { result: 'unreachable', advice: unreachable };
  const { status, body } = got;
  if (status === 200 && body === echo) {
    const ms = Math.round(performance.now() - begin);
    const advice = { en: `It answered after ${ms} ms.`, zh: `${ms} 毫秒后回答。` };
    return { result: 'pass', advice };
  }
  return { result: 'fail', advice: adviceOf(status) };
}

async function ask(url: string): Promise<{ status: number; body: string } | undefined> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(url, { redirect: 'manual', signal });
    return { status: response.status, body: await response.text() };
  } catch {
    return undefined;
  }
}

const unreachable: Bilingual = {
  en: 'Nothing answered within one second.',
  zh: '一秒内没有任何回答。',
};

const advices: Readonly<Record<number, Bilingual>> = {
  200: {
    en: 'Something else answers there. It has to send back the bare text: no quotes, no page of its own.',
    zh: '该地址由其他程序回答。必须原样返回明文，不能带引号或页面。',
  },
  401: {
    en: 'Another Token, EncodingAESKey or CorpID is in use there, or its clock is wrong. Was it started with this file?',
    zh: '该地址使用的 Token、EncodingAESKey 或 CorpID 与此文件不同，或时钟不准。它是用此文件启动的吗？',
  },
  404: {
    en: 'Nothing is offered at this path: compare `path` with the URL, and what a proxy makes of it.',
    zh: '该路径没有服务：请核对 `path` 与 URL，以及代理是否改写了路径。',
  },
  503: {
    en: 'The app is not running there: look at its log.',
    zh: '该应用没有运行：请查看其日志。',
  },
};

function adviceOf(status: number): Bilingual {
  const advice = advices[status] ?? {
    en: 'A proxy or a firewall on the way answers instead; redirects are not followed.',
    zh: '途中的代理或防火墙代为回答；重定向不会被跟随。',
  };
  return { en: `HTTP ${status}. ${advice.en}`, zh: `HTTP ${status}。${advice.zh}` };
}
