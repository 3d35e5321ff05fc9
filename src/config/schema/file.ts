import { z } from 'zod';
import { keys } from '../../core/schema-values.js';
import type { Config } from '../config.js';
import { without } from '../plain-data.js';
import { adapters } from './adapters.js';
import { alerts } from './alerts.js';
import { someTime } from './duration.js';
import { rule } from './rule.js';
import {
  admin,
  consoleSection,
  journal,
  log,
  loopLimit,
  memory,
  metrics,
  receivers,
  server,
} from './sections.js';

/** A rule as users write it. */
export type RuleInput = z.input<typeof rule>;

/** What `defaults` may hold: any key of a rule but its name, whole or in part. */
export type DefaultsInput = DeepPartial<Omit<RuleInput, 'name'>>;

type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [Key in keyof T]?: DeepPartial<T[Key]> }
    : T;

// Checked where it is used: under every rule, and once under a rule that holds nothing else.
const defaults = z.record(z.string(), z.unknown()) as unknown as z.ZodType<
  Readonly<Record<string, unknown>>,
  DefaultsInput
>;

const whole = keys({
  $schema: z.string().exactOptional().describe('For editors. / 供编辑器使用。'),
  rules: z.array(rule).describe('Tried in this order. / 规则，按顺序尝试。'),
  defaults: defaults
    .exactOptional()
    .describe('Any key of a rule, for all rules. / 所有规则的默认值，可写规则的任何键。'),
  maxAge: someTime
    .prefault('60s')
    .describe('Older messages of a live account are ignored. / 早于此时长的消息被忽略。'),
  loopLimit: loopLimit
    .prefault({})
    .describe(
      'At most so many answers to one talker in one chat, so that bots do not answer each other without end; false: any number. / 同一会话中同一发言者最多应答次数，防止机器人互相应答；false 为不限。',
    ),
  adapters: adapters.prefault({}).describe('Platforms by webhook. / 通过 webhook 接入的平台。'),
  journal: journal.prefault({}).describe('Where accepted tasks are kept. / 任务的存储。'),
  receivers: receivers.prefault({}).describe('Limits per receiver (origin). / 各接收端的限额。'),
  server: server
    .prefault({})
    .describe('Runs when adapters, console or metrics want it. / HTTP 服务，需要时才启动。'),
  admin: admin
    .exactOptional()
    .describe(
      'A listener of their own for console, metrics and details of health. / 控制台、指标和健康详情的独立监听地址。',
    ),
  alerts: alerts
    .prefault([])
    .describe('Posted when the bot or a receiver fails. / 机器人或接收端出问题时发送的告警。'),
  console: consoleSection.prefault({}).describe('The web console. / 网页控制台。'),
  metrics: metrics.prefault({}).describe('For Prometheus. / Prometheus 指标。'),
  memory: memory.prefault({}).describe('How much is remembered in memory. / 在内存中记住多少。'),
  log: log.prefault({}).describe('Log lines. / 日志。'),
});

/** The whole file: input as users write it, output a `Config`. */
export const file = whole.transform(
  (value): Config => ({
    ...without(value, '$schema', 'defaults', 'maxAge'),
    maxAgeMs: value.maxAge,
  }),
);

/** A whole configuration as users write it. */
export type ConfigInput = z.input<typeof whole>;
