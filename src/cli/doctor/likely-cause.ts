import type { Bilingual } from '../../core/language.js';
import type { CallbackOptions } from '../../core/rule.js';
import { failureHint } from '../../delivery/run/failure-hints.js';
import type { Posted } from './post.js';

const byStatus: Readonly<Record<number, Bilingual>> = {
  400: {
    en: 'The receiver takes the body for wrong. Read it as JSON, keep unknown fields, and let `payload`, `text` and `variables` be absent.',
    zh: '接收端认为正文有误。请按 JSON 读取、容许未知字段，并允许缺少 `payload`、`text`、`variables`。',
  },
  401: {
    en: 'The receiver does not accept the key or the signature: give --api-key or --secret; verify the raw body, not one that was parsed and written anew; check the clocks.',
    zh: '接收端不接受密钥或签名：请提供 --api-key 或 --secret；应对原始正文（而非解析后重新生成的正文）校验；并检查两端时钟。',
  },
  403: {
    en: 'Usually a CSRF filter (Spring Security, Django, Laravel, Rails): exempt this path. Else a firewall, or the key.',
    zh: '通常是 CSRF 过滤（Spring Security、Django、Laravel、Rails）：请对此路径豁免。也可能是防火墙或密钥。',
  },
  405: {
    en: 'The path is there, but not for POST.',
    zh: '此路径存在，但不接受 POST。',
  },
  413: {
    en: 'The receiver, or a proxy before it, limits the body: express.json({ limit: "1mb" }), client_max_body_size 1m in nginx.',
    zh: '接收端或其前置代理限制了正文大小：express.json({ limit: "1mb" })，nginx 的 client_max_body_size 1m。',
  },
  415: {
    en: 'The receiver does not read application/json: add a JSON body parser for this path.',
    zh: '接收端不读取 application/json：请为此路径添加 JSON 解析。',
  },
};
const unprocessable = 422;

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
  if (answer.kind === 'response') return ofResponse(answer.status, reason) ?? failureHint(reason);
  if (reason.includes('ECONNREFUSED') && isLoopback(url)) return loopback;
  return failureHint(reason);
}

function ofResponse(status: number, reason: string): Bilingual | undefined {
  if (reason.startsWith('body-invalid: content-type text/html')) return html;
  if (reason === 'body-invalid: no JSON') return noJson;
  return byStatus[status === unprocessable ? 400 : status];
}

function isLoopback(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}
