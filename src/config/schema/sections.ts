import { z } from 'zod';
import { expected } from '../../core/expectation.js';
import { defaultMemoryLimits } from '../../core/memory-limits.js';
import { count, flag, keys } from '../../core/schema-values.js';
import { keepingTime, someTime } from './duration.js';
import { journalDatabase, journalStore } from './journal-store.js';
import { origin, publicUrl } from './url.js';

const most = 1_000_000_000;

const retention = keys({
  age: keepingTime.prefault('7d').describe('Settled tasks. / 已结束的任务。'),
  tasks: count(0, most).prefault(100_000).describe('At most so many. / 最多条数。'),
  text: keepingTime
    .exactOptional()
    .describe(
      'The text of messages, where `keep` does not tell. / 消息文本，`keep` 未写明时生效。',
    ),
});

const keep = keys({
  answered: keepingTime
    .exactOptional()
    .describe('Text of answered tasks; default 24h. / 已答复任务的文本；默认 24h。'),
  failed: keepingTime
    .exactOptional()
    .describe(
      'Text of all others, to replay them; default 7d. / 其他任务的文本，以便重放；默认 7d。',
    ),
});

const dayMs = 86_400_000;

/** Where accepted tasks are kept. */
export const journal = keys({
  store: journalStore
    .prefault('sqlite:.wechaty/callback.db')
    .describe(
      'sqlite:<file> (from the folder of this file), postgres://…, keys of a PostgreSQL database, or memory (lost at exit). / 存储位置：可写地址或 PostgreSQL 各项；memory 会在退出时丢失。',
    ),
  listen: journalDatabase
    .exactOptional()
    .describe(
      'PostgreSQL around a pooler, to hear of work at once. / 绕过连接池的 PostgreSQL 地址，用于即时获知新任务。',
    ),
  durability: z
    .enum(['full', 'process'])
    .prefault('full')
    .describe('full survives a power cut, process a crash. / full 可防断电，process 可防崩溃。'),
  retention: retention.prefault({}).describe('How long settled tasks are kept. / 保留多久。'),
  keep: keep
    .prefault({})
    .describe('How long the text of settled tasks is kept. / 已结束任务的文本保留多久。'),
}).transform(({ keep: { answered, failed }, retention: { age, tasks, text }, ...rest }) => ({
  ...rest,
  retention: {
    ageMs: age,
    tasks,
    textMs: failed ?? text ?? 7 * dayMs,
    answeredTextMs: answered ?? text ?? dayMs,
  },
}));

const receiver = keys({
  concurrency: count(1, 10_000)
    .exactOptional()
    .describe('Calls at the same time. / 同时进行的调用数。'),
  rate: keys({
    count: count(1, most).describe('So many calls … / 调用次数……'),
    every: someTime.describe('… in this time. / ……每隔这段时间。'),
  })
    .transform(({ count: calls, every }) => ({ count: calls, everyMs: every }))
    .exactOptional()
    .describe('At most so many calls per period. / 调用频率上限。'),
});

/** Limits per receiver, by its origin. */
export const receivers = z.record(origin, receiver);

const host = z
  .string()
  .regex(/^\S+$/u, { error: expected('an address such as 127.0.0.1', '地址，例如 127.0.0.1') })
  .prefault('127.0.0.1')
  .describe('Where it listens. / 监听地址。');
const port = (usual: number) =>
  count(0, 65_535).prefault(usual).describe('0 takes any free port. / 端口；0 为任意空闲端口。');
const outside = publicUrl
  .exactOptional()
  .describe('How the outside reaches it. / 对外可访问的地址。');
const trustProxy = flag
  .prefault(false)
  .describe('Believe X-Forwarded-* of a proxy before it. / 信任前置代理的 X-Forwarded-*。');

const maxConnections = count(1, 1_000_000)
  .prefault(1000)
  .describe('Connections at the same time. / 同时连接数上限。');

/** The HTTP server for webhooks and files, and for all else without `admin`. */
export const server = keys({
  host,
  port: port(8788),
  publicUrl: outside,
  trustProxy,
  maxConnections,
});

/** The listener of its own for console, metrics and the details of health. */
export const admin = keys({
  host,
  port: port(8789),
  publicUrl: outside,
  trustProxy,
  maxConnections,
});

const history = keys({
  events: count(1, 1_000_000).prefault(10_000).describe('At most so many. / 最多条数。'),
  age: keepingTime.prefault('24h').describe('No older than this. / 最长保留时间。'),
  unmatched: flag
    .prefault(false)
    .describe(
      'Also the words of messages that no rule wants. / 同时保留未触发任何规则的消息文本。',
    ),
}).transform(({ age, ...rest }) => ({ ...rest, ageMs: age }));

/** The web console. */
export const consoleSection = keys({
  enabled: flag.prefault(false).describe('Offer the console. / 开启控制台。'),
  private: flag
    .prefault(false)
    .describe('Show message text one by one, on request. / 消息文本默认隐藏，逐条查看。'),
  history: z
    .union([z.literal(false), history], {
      error: expected('false, or keys and values', 'false 或键值表'),
    })
    .prefault({})
    .describe('Events that are remembered; false: none. / 事件记录；false 为不记录。'),
});

const talkerLimit = keys({
  count: count(1, 10_000).prefault(20).describe('So many … / 次数……'),
  every: someTime.prefault('1m').describe('… in this time. / ……每隔这段时间。'),
}).transform(({ every, ...rest }) => ({ ...rest, everyMs: every }));

/** How often one talker in one chat is answered at most. */
export const loopLimit = z.union([z.literal(false), talkerLimit], {
  error: expected('false, or keys and values', 'false 或键值表'),
});

/** Metrics for Prometheus. */
export const metrics = keys({
  enabled: flag.prefault(false).describe('Offer /metrics. / 开启 /metrics。'),
});

const mostBytes = 1_000_000_000;

/** How much is remembered in memory. */
export const memory = keys({
  messages: count(0, mostBytes)
    .prefault(defaultMemoryLimits.messageBytes)
    .describe('Messages that each adapter remembers, in bytes. / 每个适配器记住的消息，字节。'),
  console: count(0, mostBytes)
    .prefault(defaultMemoryLimits.consoleBytes)
    .describe('What the console remembers, in bytes. / 控制台记住的内容，字节。'),
  contacts: count(100, most)
    .prefault(defaultMemoryLimits.contacts)
    .describe(
      'Contacts, and rooms, that Wechaty keeps for each bot. / Wechaty 为每个机器人保留的联系人数和群数。',
    ),
}).transform(({ messages, console: ofConsole, contacts }) => ({
  messageBytes: messages,
  consoleBytes: ofConsole,
  contacts,
}));

/** Log lines. */
export const log = keys({
  level: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .prefault('info')
    .describe('The least important lines shown. / 日志级别。'),
  http: flag.prefault(false).describe('Log redacted requests. / 记录脱敏后的请求。'),
});
