import type { Bilingual } from '../../core/language.js';
import type { Rule } from '../../core/rule.js';
import type { CheckResult } from './finding.js';
import { likelyCause } from './likely-cause.js';
import type { Posted } from './post.js';

/** An answer later than this is one that people notice, in ms. */
const noticedMs = 5000;
/** A stream that takes longer is seen to grow, unless something holds it back, in ms. */
const growingMs = 500;

/** Passes when the receiver answered as a rule needs it; a refusal (`success: false`) is an answer. */
export function judgeAnswered(posted: Posted, rule: Rule): CheckResult {
  const { outcome, answer } = posted;
  const seen = seenOf(posted);
  if (outcome.kind === 'answered') {
    const advice = adviceOn(posted);
    return { result: 'pass', ...seen, ...(advice && { advice }) };
  }
  const advice = likelyCause(posted, rule.callback);
  const isUnreachable = answer.kind !== 'response' && answer.kind !== 'unreadable';
  return {
    result: 'fail',
    ...seen,
    reason: outcome.reason,
    ...(advice && { advice }),
    ...(isUnreachable && { isUnreachable }),
  };
}

/** What to keep in mind of an answer that passes. */
function adviceOn({ ms, pieces }: Posted): Bilingual | undefined {
  if (pieces === 1 && ms > growingMs) return heldBack;
  return ms > noticedMs ? slowly : undefined;
}

/** Of a stream that nobody sees grow. */
export const heldBack: Bilingual = {
  en: 'The stream arrived only at its end, all at once: something holds it back, such as compression, a proxy that buffers, or a receiver that collects its pieces. People see the answer late.',
  zh: '流式回答到结束时才一次到达：途中被扣留，例如压缩、前置代理的缓冲，或接收端先把片段攒齐。用户要很晚才看到回答。',
};

const slowly: Bilingual = {
  en: 'That took long. People wait for it: set `reply.waiting`, or answer sooner.',
  zh: '回答较慢，用户要等待：可设置 `reply.waiting`，或加快响应。',
};

const neglected = {
  signature: {
    en: 'The receiver does not check the signature: whoever knows the URL can send it tasks. Verify `webhook-signature` over the raw body, see `wechaty-callback/receiver`.',
    zh: '接收端未校验签名：知道地址的任何人都能向它发送任务。请对原始正文校验 `webhook-signature`，参见 `wechaty-callback/receiver`。',
  },
  key: {
    en: 'The receiver does not check the key: whoever knows the URL can send it tasks. Compare the `authorization` header.',
    zh: '接收端未校验密钥：知道地址的任何人都能向它发送任务。请核对 `authorization` 请求头。',
  },
} as const;

/** Passes when the receiver turned the call away (4xx, or `success: false`). */
export function judgeRefused(posted: Posted, missing: keyof typeof neglected): CheckResult {
  const { answer, outcome } = posted;
  const seen = seenOf(posted);
  const status = answer.kind === 'response' ? answer.status : 0;
  const isRefusal = outcome.kind === 'answered' && outcome.response.refusal !== undefined;
  if (isRefusal || (status >= 400 && status < 500)) return { result: 'pass', ...seen };
  if (outcome.kind === 'answered') return { result: 'fail', ...seen, advice: neglected[missing] };
  const advice = {
    en: 'Turn such a task away with 401, rather than failing over it.',
    zh: '对这样的任务应返回 401，而不是出错。',
  };
  return { result: 'fail', ...seen, reason: outcome.reason, advice };
}

function seenOf({ answer, ms }: Posted): Pick<CheckResult, 'status' | 'ms'> {
  const status = 'status' in answer ? answer.status : undefined;
  return { ms, ...(status !== undefined && { status }) };
}
