import { randomBytes } from 'node:crypto';
import type { Check, CheckContext, CheckResult } from './finding.js';
import { judgeAnswered, judgeRefused } from './judge.js';
import type { TaskParts } from './post.js';

/** A check that passes when one call is answered as a rule needs it. */
function answering(name: string, title: Check['title'], parts: Omit<TaskParts, 'name'>): Check {
  return {
    name,
    title,
    run: async (context) => judgeAnswered(await context.post({ ...parts, name }), context.rule),
  };
}

/** More than the 100 kB at which many frameworks stop reading, unless told. */
const largeText = '很长的消息 long message. '.repeat(5000);
/** Long enough to be sent, too short for any answer that needs work. */
const hastyMs = 30;
/** A type that no version of Wechaty has. */
const unknownType = 99;

/** Everything that a receiver is tested for, in order; the first says whether it is there at all. */
export const checks: readonly Check[] = [
  answering('valid', { en: 'an ordinary message', zh: '普通消息' }, {}),
  {
    name: 'unsigned',
    title: { en: 'a task without a signature is refused', zh: '拒绝没有签名的任务' },
    isFor: (rule) => rule.callback.secrets.length > 0,
    run: async ({ post }) =>
      judgeRefused(await post({ name: 'unsigned', callback: { secrets: [] } }), 'signature'),
  },
  {
    name: 'forged',
    title: { en: 'a wrong signature is refused', zh: '拒绝签名错误的任务' },
    isFor: (rule) => rule.callback.secrets.length > 0,
    run: async ({ post }) => {
      const secrets = [`whsec_${randomBytes(24).toString('base64')}`];
      return judgeRefused(await post({ name: 'forged', callback: { secrets } }), 'signature');
    },
  },
  {
    name: 'keyless',
    title: { en: 'a task without the key is refused', zh: '拒绝没有密钥的任务' },
    isFor: (rule) => rule.callback.apiKey !== undefined,
    run: async ({ post }) => judgeRefused(await post({ name: 'keyless', keyless: true }), 'key'),
  },
  {
    name: 'duplicate',
    title: { en: 'the same task twice', zh: '同一任务发送两次' },
    run: twice,
  },
  {
    name: 'slow',
    title: { en: 'a caller that hangs up early', zh: '调用方提前断开' },
    run: hangUp,
  },
  answering('oversized', { en: 'a message of 165 kB', zh: '165 kB 的消息' }, { text: largeText }),
  answering(
    'emoji',
    { en: 'emoji and half an emoji', zh: 'emoji 与半个 emoji' },
    { text: '订阅 📰👩‍👩‍👧 \ud83d' },
  ),
  answering(
    'unknown-type',
    { en: 'a kind of message not known yet', zh: '未知类型的消息' },
    { type: unknownType, text: '' },
  ),
  answering(
    'no-message',
    { en: 'an event that is no message', zh: '不是消息的事件' },
    { withoutMessage: true },
  ),
];

async function twice({ post, rule }: CheckContext): Promise<CheckResult> {
  const first = judgeAnswered(await post({ name: 'duplicate' }), rule);
  if (first.result === 'fail') return first;
  const second = judgeAnswered(await post({ name: 'duplicate' }), rule);
  if (second.result === 'fail') {
    const advice = {
      en: 'Answer a task that comes again like the first time: a bot that crashed has lost that answer.',
      zh: '同一任务再次到达时应像第一次那样回答：崩溃过的机器人没有收到那次回答。',
    };
    return { ...second, advice };
  }
  const advice = {
    en: 'Both were answered. Act only once: the `webhook-id` header is the same.',
    zh: '两次都已回答。请确保只处理一次：两次的 `webhook-id` 请求头相同。',
  };
  return { ...second, advice };
}

async function hangUp({ post, rule, answersWell }: CheckContext): Promise<CheckResult> {
  await post({ name: 'slow', callback: { timeoutMs: hastyMs } });
  const after = judgeAnswered(await post({ name: 'slow-after' }), rule);
  // Of a receiver that never answers well, a caller that gave up is not the cause.
  if (after.result === 'pass' || !answersWell()) return after;
  const advice = {
    en: 'The receiver does not recover from a caller that gave up: does it crash when the connection is gone?',
    zh: '调用方放弃之后接收端未能恢复：连接断开时它是否崩溃？',
  };
  return { ...after, advice };
}
