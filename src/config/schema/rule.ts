import { z } from 'zod';
import { expected } from '../../core/expectation.js';
import type { Fold, Rule } from '../../core/rule.js';
import { flag, keys, text } from '../../core/schema-values.js';
import { callback } from './callback.js';
import { someTime } from './duration.js';
import { reply } from './reply.js';
import { trigger } from './trigger.js';
import { users } from './users.js';

const usualFolds: readonly Fold[] = ['case', 'width', 'space', 'script'];

const fold = z
  .union([z.boolean(), z.array(z.enum([...usualFolds, 'punctuation']))], {
    error: expected(
      'true, false, or a list of case, width, space, script, punctuation',
      'true、false，或由 case、width、space、script、punctuation 组成的列表',
    ),
  })
  .transform((value) => {
    if (typeof value !== 'boolean') return value;
    return value ? usualFolds : [];
  });

const decide = keys({
  deadline: someTime.prefault('2s').describe('How long the call may take. / 调用时限。'),
  onTimeout: z
    .enum(['allow', 'refuse'])
    .prefault('allow')
    .describe('The verdict when no answer comes in time. / 超时后的裁决。'),
}).transform(({ deadline, onTimeout }) => ({ deadlineMs: deadline, onTimeout }));

const example = keys({
  text: z.string().describe('What somebody says. / 某人说的话。'),
  in: z
    .enum(['private', 'room'])
    .exactOptional()
    .describe('Where; default: where the rule can match. / 场合；默认为规则适用的场合。'),
  mention: flag.prefault(false).describe('The bot is @-mentioned. / 是否 @ 机器人。'),
  expect: flag.prefault(true).describe('Whether the rule is to match. / 是否应当触发。'),
});

const shape = {
  name: text.describe(
    'Unique; shown in logs, console, metrics. / 唯一名称；用于日志、控制台和指标。',
  ),
  enabled: flag.prefault(true).describe('Off without deleting. / 是否启用。'),
  keywords: z
    .array(text)
    .prefault([])
    .describe('Any one suffices; none: every text. / 关键字，任一即可；不写则匹配任何文本。'),
  keywordMode: z
    .enum(['any', 'all'])
    .prefault('any')
    .describe('One keyword or all of them. / 命中任一还是全部关键字。'),
  match: z
    .enum(['contains', 'equals', 'startsWith', 'endsWith', 'regex', 'glob'])
    .prefault('contains')
    .describe('How a keyword is compared with the text. / 关键字的匹配方式。'),
  fold: fold.prefault(true).describe('Differences that do not count. / 比较时忽略的差异。'),
  unsafeRegex: flag
    .prefault(false)
    .describe("Use the engine's own regular expressions. / 使用引擎自带的正则（可能很慢）。"),
  searchIn: z
    .array(z.enum(['text', 'quote']))
    .min(1)
    .prefault(['text'])
    .describe(
      'Where keywords are looked for: what is said now, what it quotes. / 在何处查找关键字：正文、引用内容。',
    ),
  strip: z
    .array(z.enum(['mention', 'keyword']))
    .prefault(['mention'])
    .describe('What is removed from `question`. / 从 question 中去掉的部分。'),
  users: users.exactOptional().describe('Who may trigger it. / 用户类型：谁可以触发。'),
  trigger: trigger.prefault({}).describe('What sets it off. / 触发条件。'),
  order: z
    .enum(['receiver', 'sender', 'conversation', 'none'])
    .prefault('receiver')
    .describe('What is called and answered in turn. / 按序调用和答复的范围。'),
  callback: callback.describe('Where and how to call. / 回调。'),
  reply: reply.prefault({}).describe('How to answer; false: say nothing. / 答复；false 为不说话。'),
  decide: decide.prefault({}).describe('For events that ask for a verdict. / 用于需要裁决的事件。'),
  stop: flag.prefault(false).describe('No later rule is tried. / 命中后不再尝试后面的规则。'),
  examples: z
    .array(example)
    .prefault([])
    .describe('Sentences checked whenever rules are loaded. / 加载时校验的示例。'),
};

/** One rule as users write it; a `Rule` with every default afterwards. */
export const rule = keys(shape).transform(
  ({ examples, ...rest }): Rule => ({
    ...rest,
    examples: examples.map((each) => ({
      ...each,
      in: each.in ?? (each.mention || !rest.trigger.in.includes('private') ? 'room' : 'private'),
    })),
  }),
);
