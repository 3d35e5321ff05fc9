import { z } from 'zod';
import { expected } from '../../core/expectation.js';
import type { ReplyOptions } from '../../core/rule.js';
import { flag, keys, text } from '../../core/schema-values.js';
import { duration, someTime } from './duration.js';
import { hostOrRange } from './url.js';

const waiting = keys({
  after: someTime.describe('How long no answer has come. / 多久未答复。'),
  text: text.describe('What is said then, once. / 届时说一次的话。'),
}).transform(({ after, text: words }) => ({ afterMs: after, text: words }));

const pace = keys({
  min: duration().prefault('0').describe('At least. / 至少。'),
  max: duration().exactOptional().describe('At most; default: `min`. / 至多；默认同 min。'),
})
  .transform(({ min, max }) => ({ minMs: min, maxMs: max ?? min }))
  .refine(({ minMs, maxMs }) => minMs <= maxMs, {
    path: ['max'],
    error: expected('a duration not shorter than `min`', '不短于 min 的时长'),
  });

const options = keys({
  mention: flag.prefault(false).describe('@ the sender (rooms). / 群聊中 @ 发送者。'),
  quote: flag.prefault(false).describe('Quote the question. / 引用原消息。'),
  thinking: z
    .enum(['show', 'hide'])
    .prefault('show')
    .describe(
      "A model's thinking: folded where the platform can, else left out; `hide`: never said. / 模型的思考过程：平台支持时折叠显示，否则略去；hide 则从不显示。",
    ),
  within: someTime
    .prefault('5m')
    .describe('Nothing is said later than this after the event. / 超过此时长不再答复。'),
  waiting: waiting.exactOptional().describe('Said once if no answer comes. / 久未答复时的提示。'),
  onFailure: text
    .exactOptional()
    .describe('Said when the receiver fails; silent by default. / 回调失败时说的话。'),
  onRefusal: text
    .exactOptional()
    .describe(
      "Said on success: false; `message` means the receiver's own words. / 被拒绝时说的话；写 message 则用对方原话。",
    ),
  pace: pace.prefault({}).describe('A random pause between replies. / 多条答复之间的随机间隔。'),
  fetch: keys({
    allow: z.array(hostOrRange).prefault([]).describe('Hosts and CIDRs. / 主机与 CIDR 地址段。'),
  })
    .prefault({})
    .describe('Where files may come from besides public addresses. / 除公网外可取文件的地址。'),
}).transform(
  ({ within, onRefusal, fetch, ...rest }): ReplyOptions => ({
    ...rest,
    speak: true,
    withinMs: within,
    fetchAllow: fetch.allow,
    ...(onRefusal !== undefined && {
      onRefusal: onRefusal === 'message' ? { kind: 'message' } : { kind: 'text', text: onRefusal },
    }),
  }),
);

/** How to answer in the chat; `false` calls and says nothing. */
export const reply = z
  .union([z.literal(false), options], {
    error: expected('false, or keys and values', 'false 或键值表'),
  })
  .transform(
    (value): ReplyOptions => (value === false ? { ...options.parse({}), speak: false } : value),
  );
