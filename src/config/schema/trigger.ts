import { z } from 'zod';
import { expected } from '../../core/expectation.js';
import { MessageType, type MessageTypeName } from '../../core/message-type.js';
import { count, keys, oneOrMore, share, text } from '../../core/schema-values.js';
import { suggest } from '../../core/text/suggest.js';
import { adapterKeys } from '../config.js';
import { someTime } from './duration.js';
import { schedule } from './schedule.js';
import { contacts } from './users.js';

/** The events that every puppet has. */
export const eventNames = [
  'message',
  'room-join',
  'room-leave',
  'room-topic',
  'room-invite',
  'friendship',
  'login',
  'logout',
  'error',
] as const;

const platformEvent = new RegExp(`^(${adapterKeys.join('|')}):\\S+$`, 'u');

const eventName = z
  .string()
  .refine((name) => eventNames.some((known) => known === name) || platformEvent.test(name), {
    error: (issue) => {
      const near = suggest(String(issue.input), eventNames);
      const names = `${eventNames.join(', ')}, ${adapterKeys.map((key) => `${key}:…`).join(', ')}`;
      return near
        ? expected(`${names} (did you mean \`${near}\`?)`, `${names}（是否想写 \`${near}\`？）`)
        : expected(names, names);
    },
  })
  .meta({ anyOf: [{ enum: [...eventNames] }, { pattern: platformEvent.source }] });

const typeNames = Object.keys(MessageType) as MessageTypeName[];

const types = oneOrMore(z.enum([...typeNames, 'any'])).transform((names) =>
  names.includes('any')
    ? ('any' as const)
    : names.filter((name) => name !== 'any').map((name) => MessageType[name]),
);

const per = z
  .enum(['user', 'conversation', 'rule'])
  .prefault('user')
  .describe('Whose events are counted together. / 按谁合并计数。');

const cooldown = keys({
  every: someTime.describe('The silence after each match. / 每次触发后的静默时长。'),
  per,
});

const limit = keys({
  count: count(1, 1_000_000).describe('So many per period. / 每个周期的次数。'),
  every: someTime.describe('The period. / 周期。'),
  per,
  notice: text
    .exactOptional()
    .describe('Said once per period when the limit is reached. / 达到上限时说一次。'),
});

/** What sets a rule off. */
export const trigger = keys({
  on: oneOrMore(eventName)
    .prefault('message')
    .describe('Events: message, room-join, wecom:… / 事件名，一个或多个。'),
  in: oneOrMore(z.enum(['private', 'room']))
    .prefault(['private', 'room'])
    .describe('Kinds of chat; both unless told. / 私聊、群聊；默认两者。'),
  mention: z
    .union([z.enum(['me', 'all']), contacts])
    .exactOptional()
    .describe('In rooms, who must be @-mentioned. / 群聊中须 @ 谁。'),
  from: z
    .enum(['others', 'self', 'any'])
    .prefault('others')
    .describe("Whose messages: others', the bot's own. / 他人、机器人自己或任何人的消息。"),
  types: types.prefault(['Text']).describe('Kinds of message, or any. / 消息类型，或 any。'),
  schedule: schedule.exactOptional().describe('When the rule is awake. / 生效时段。'),
  cooldown: cooldown
    .transform(({ every, per: whose }) => ({ everyMs: every, per: whose }))
    .exactOptional()
    .describe('After a match, silence for a while. / 触发后的冷却。'),
  limit: limit
    .transform(({ every, ...rest }) => ({ ...rest, everyMs: every }))
    .exactOptional()
    .describe('At most so many per period. / 周期内的次数上限。'),
  probability: share.prefault(1).describe('0 to 1. / 触发概率，0 到 1。'),
});
