import type { Bilingual } from '../../core/language.js';
import { ownCommand } from '../../core/own-command.js';
import { faultText } from '../answer/body-fault.js';
import { fileHint } from './file-hints.js';

type Hint = readonly [reason: RegExp, text: Bilingual];

const connection: readonly Hint[] = [
  [
    /ECONNREFUSED/u,
    {
      en: 'Is the receiver running, and on this port? Inside Docker, `localhost` is the container itself.',
      zh: '接收端是否在运行、端口是否正确？在 Docker 中，`localhost` 指容器自身。',
    },
  ],
  [
    /ENOTFOUND|EAI_AGAIN/u,
    {
      en: 'The host in `callback.url` is not known: check its spelling and the DNS.',
      zh: '无法解析 `callback.url` 中的主机名：请检查拼写和 DNS。',
    },
  ],
  [
    /EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/u,
    {
      en: 'No way to the host: check network, firewall and address.',
      zh: '无法到达该主机：请检查网络、防火墙和地址。',
    },
  ],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_/u,
    {
      en: 'The certificate is not accepted: renew it, or give Node its CA with NODE_EXTRA_CA_CERTS.',
      zh: '证书不被接受：请更新证书，或通过 NODE_EXTRA_CA_CERTS 提供其 CA。',
    },
  ],
  [
    /EPROTO|ERR_SSL|HPE_/u,
    {
      en: 'The port does not speak this protocol: http and https in `callback.url` mixed up?',
      zh: '该端口使用的协议不符：`callback.url` 的 http 与 https 是否写反？',
    },
  ],
  [
    /^connection/u,
    {
      en: 'The connection broke before the response was complete: does the receiver crash or restart?',
      zh: '连接在响应完成前中断：接收端是否崩溃或重启？',
    },
  ],
];

const statuses: readonly Hint[] = [
  [
    /^http-3/u,
    {
      en: 'Redirects are not followed: put the final address into `callback.url`.',
      zh: '不跟随重定向：请在 `callback.url` 中填写最终地址。',
    },
  ],
  [
    /^http-40[13]/u,
    {
      en: 'The receiver refuses the call: check `callback.apiKey`, or `callback.secret` if it checks signatures. With 403 often a CSRF filter or a firewall stands before it.',
      zh: '接收端拒绝调用：请检查 `callback.apiKey`；若接收端校验签名，请检查 `callback.secret`。403 常见于 CSRF 过滤或防火墙。',
    },
  ],
  [
    /^http-40[45]/u,
    {
      en: 'The receiver has nothing for POST at this path: check `callback.url`.',
      zh: '接收端在此路径上不处理 POST：请检查 `callback.url`。',
    },
  ],
  [
    /^http-410/u,
    {
      en: 'The receiver is gone for good; the rule rests until the rules are reloaded.',
      zh: '接收端已永久下线；该规则暂停，直到重新加载规则。',
    },
  ],
  [
    /^http-429/u,
    {
      en: 'The receiver asks for fewer calls.',
      zh: '接收端要求降低调用频率。',
    },
  ],
  [
    /^http-5/u,
    {
      en: 'The receiver failed: its own log says why.',
      zh: '接收端出错：原因见其自身日志。',
    },
  ],
];

const answers: readonly Hint[] = [
  [
    /^timeout/u,
    {
      en: 'Answer sooner, or raise `callback.timeout`; `callback.retry.onTimeout` repeats such calls.',
      zh: '请加快响应，或调大 `callback.timeout`；`callback.retry.onTimeout` 可重试超时的调用。',
    },
  ],
  [
    /^body-invalid: content-type/u,
    {
      en: 'Answer with content-type application/json, text/plain or text/event-stream. A page of HTML often means a wrong path or a login page.',
      zh: '请以 application/json、text/plain 或 text/event-stream 作为 content-type。返回 HTML 页面通常说明路径有误或跳到了登录页。',
    },
  ],
  [
    /^body-/u,
    {
      en: 'The response has to be {"success":true,"message":"…"}, at most 1 MB.',
      zh: '响应须为 {"success":true,"message":"…"}，最多 1 MB。',
    },
  ],
  [
    /address-refused/u,
    {
      en: 'Link-local and cloud metadata addresses are not called.',
      zh: '不调用链路本地地址和云元数据地址。',
    },
  ],
  [
    /^unsendable|^url-invalid/u,
    {
      en: 'The request cannot be built: check `callback.url` and `callback.headers`.',
      zh: '无法构造请求：请检查 `callback.url` 和 `callback.headers`。',
    },
  ],
  [
    /^expired/u,
    {
      en: 'Its time (`reply.within`) passed before an answer came.',
      zh: '在得到回答之前已超过时限（`reply.within`）。',
    },
  ],
  [
    /^rule-gone/u,
    {
      en: 'Its rule was removed, renamed or disabled.',
      zh: '其规则已被删除、改名或停用。',
    },
  ],
  [
    /^say-unknown/u,
    {
      en: `Nobody knows whether the platform took a part of the answer. Look into the chat, then \`${ownCommand} resolve ID\` with --again (say it again), --behind (it is there: say the rest) or --done.`,
      zh: `无法确定平台是否已接受回答的某一部分。请查看会话，然后执行 \`${ownCommand} resolve ID\`，并加上 --again（重新发送）、--behind（已存在，继续发送其余部分）或 --done（完成）。`,
    },
  ],
  [
    /^say-failed|^prepare-failed/u,
    {
      en: 'The receiver answered, but the platform did not take the reply.',
      zh: '接收端已回答，但平台没有接受回复。',
    },
  ],
];

const hints: readonly Hint[] = [...answers, ...statuses, ...connection];

/** What to do about a failure, for the log; `undefined` when there is nothing to say. */
export function failureHint(reason: string): Bilingual | undefined {
  const hint = fileHint(reason) ?? hints.find(([pattern]) => pattern.test(reason))?.[1];
  const fault = faultText(reason);
  return hint && fault ? { en: `${fault.en} ${hint.en}`, zh: `${fault.zh}${hint.zh}` } : hint;
}
