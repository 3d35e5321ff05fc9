import type { Bilingual } from '../../core/language.js';
import { outOfFiles } from '../../core/open-files.js';
import { ownCommand } from '../../core/own-command.js';
import { faultText } from '../answer/body-fault.js';
import { fileHint } from './file-hints.js';
import { statusHints } from './status-hints.js';

type Hint = readonly [reason: RegExp, text: Bilingual];

const connection: readonly Hint[] = [
  [/EMFILE|ENFILE/u, outOfFiles],
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
      en: 'The port does not speak this protocol: http and https in `callback.url` mixed up, or a server that speaks HTTP/2 only? It has to speak HTTP/1.1.',
      zh: '该端口使用的协议不符：`callback.url` 的 http 与 https 是否写反，或服务器只支持 HTTP/2？它须支持 HTTP/1.1。',
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

const answers: readonly Hint[] = [
  [
    /^timeout/u,
    {
      en: 'Answer sooner, or raise `callback.timeout`; `callback.retry.onTimeout` repeats such calls. A flow that never answers (in Node-RED a function that throws, or returns a new message) looks the same.',
      zh: '请加快响应，或调大 `callback.timeout`；`callback.retry.onTimeout` 可重试超时的调用。从不作答的流程（Node-RED 中抛出异常或返回新消息的函数）也表现为超时。',
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
    /^stream-broken/u,
    {
      en: 'The stream of the model ended without `finish_reason` or `[DONE]`: half an answer is not said. Look at the log of the receiver; `callback.retry.onBrokenStream` repeats such calls.',
      zh: '模型的流式回答结束时没有 `finish_reason` 或 `[DONE]`：不完整的回答不会发送。请查看接收端日志；`callback.retry.onBrokenStream` 可重试此类调用。',
    },
  ],
  [
    /^body-invalid: the stream reports an error/u,
    {
      en: 'The receiver, or the model behind it, failed in the middle of its stream: look at its log.',
      zh: '接收端或其背后的模型在流式回答中途出错：请查看其日志。',
    },
  ],
  [
    /^body-invalid: (?:stream-|replies)/u,
    {
      en: 'A stream is made of `data:` lines with text, JSON strings or chunks of a chat completion, and `event: replies` with a JSON list.',
      zh: '流式回答由 `data:` 行组成，内容为文本、JSON 字符串或聊天补全的分块；`event: replies` 携带 JSON 列表。',
    },
  ],
  [
    /^body-invalid: no JSON/u,
    {
      en: 'The body is labelled as JSON and is none: answer text as text/plain (in Spring: `produces = "text/plain"`), or as {"success":true,"message":"…"}.',
      zh: '响应标为 JSON，但内容不是 JSON：文本请用 text/plain（Spring 中为 `produces = "text/plain"`），或返回 {"success":true,"message":"…"}。',
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
    /^(?:unsendable: )?url-empty/u,
    {
      en: 'The receiver was not called: a `{{variable}}` that stands alone in the path of `callback.url` is empty for this event. Fill it in `callback.variables`, list it in `callback.context`, or move it into the query, where it may be empty.',
      zh: '没有调用接收端：`callback.url` 路径中独占一段的 `{{变量}}` 对此事件为空。请在 `callback.variables` 中赋值、在 `callback.context` 中列出，或把它移到查询部分（查询中可为空）。',
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
    /^expired: receiver-down/u,
    {
      en: 'Its receiver was down, and not to be called again before its time (`reply.within`) was over. `callback.fallbackUrl` serves meanwhile.',
      zh: '接收端不可用，且在时限（`reply.within`）内不会再被调用。可设置 `callback.fallbackUrl` 代为服务。',
    },
  ],
  [
    /^expired: rate-limit/u,
    {
      en: 'The limit of its receiver (`receivers`) had no place for the call before its time (`reply.within`) was over: raise one of them.',
      zh: '在时限（`reply.within`）内，接收端的频率限制（`receivers`）已无余量：请提高其中之一。',
    },
  ],
  [
    /^expired: bot-offline/u,
    {
      en: 'Its account was not logged in, or the program did not run, when its time (`reply.within`) was over. Log the account in, then `replay` what is still wanted.',
      zh: '时限（`reply.within`）结束时，其账号未登录，或程序没有运行。请登录账号，再用 `replay` 重新执行仍需要的任务。',
    },
  ],
  [
    /^expired: not-called/u,
    {
      en: 'Its turn came only after its time (`reply.within`) was over, for instance because tasks of the same talker waited before it (`order`).',
      zh: '轮到它时已超过时限（`reply.within`），例如同一个人的其他任务排在它之前（`order`）。',
    },
  ],
  [
    /^too-late/u,
    {
      en: 'The answer came after `reply.within`, or could not be said before: it is kept. Answer sooner, or raise `reply.within`.',
      zh: '回答晚于 `reply.within`，或未能及时发送：已保存。请加快响应，或调大 `reply.within`。',
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

const hints: readonly Hint[] = [...answers, ...statusHints, ...connection];

/**
 * What a failure usually means and what to do about it: for log, command line and console alike;
 * `undefined` when there is nothing to say.
 */
export function failureHint(reason: string): Bilingual | undefined {
  const hint = fileHint(reason) ?? hints.find(([pattern]) => pattern.test(reason))?.[1];
  const fault = faultText(reason);
  return hint && fault ? { en: `${fault.en} ${hint.en}`, zh: `${fault.zh}${hint.zh}` } : hint;
}
