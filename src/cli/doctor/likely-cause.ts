import type { Bilingual } from '../../core/language.js';
import type { CallbackOptions } from '../../core/rule.js';
import { failureHint } from '../../delivery/run/failure-hints.js';
import type { Posted } from './post.js';

const html: Bilingual = {
  en: 'The answer is a page of HTML: a wrong path, a login page, or a proxy that answers instead of the receiver.',
  zh: '返回的是 HTML 页面：路径有误、跳到了登录页，或由代理代替接收端作答。',
};

const noJson: Bilingual = {
  en: 'The body is no JSON although its content type says so: write it with a JSON library, without anything before or behind it.',
  zh: 'content-type 为 JSON，但正文不是 JSON：请用 JSON 库生成，前后不要有其他内容。',
};

const loopback: Bilingual = {
  en: 'Nobody listens there. Is the receiver running, on this port? Inside Docker, localhost and 127.0.0.1 are the container itself: use host.docker.internal or the name of the service.',
  zh: '该地址无人监听。接收端是否在运行、端口是否正确？在 Docker 中，localhost 和 127.0.0.1 指容器自身：请改用 host.docker.internal 或服务名。',
};

/** Why a call went wrong, most likely, and what to do; `undefined` when nothing is known. */
export function likelyCause(
  { answer, outcome }: Posted,
  { url }: Pick<CallbackOptions, 'url'>,
): Bilingual | undefined {
  const reason = 'reason' in outcome ? outcome.reason : '';
  if (reason.startsWith('body-invalid: content-type text/html')) return html;
  if (reason === 'body-invalid: no JSON') return noJson;
  if (answer.kind === 'connection' && reason.includes('ECONNREFUSED') && isLoopback(url)) {
    return loopback;
  }
  return failureHint(reason);
}

function isLoopback(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}
