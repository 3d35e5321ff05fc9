import type { Bilingual } from '../../core/language.js';
import type { Rule } from '../../core/rule.js';
import type { CompiledRule } from '../compiled-rule.js';
import type { EventView } from '../event-view.js';
import type { Condition } from './condition.js';
import { quoted, quotedList, quotedListZh, quotedZh, spaced } from './wording.js';

/** Tests messages in rooms only: in a private chat everything is addressed to the bot. */
export const mentionCondition: Condition = {
  key: 'trigger.mention',
  passes: ({ mention }, { event, head }) =>
    mention === undefined || event.message === undefined || !head.inRoom
      ? true
      : mention(event.message.mention),
  describe: ({ rule }, view) => {
    const { mention } = rule.trigger;
    const wanted = typeof mention === 'string' ? mention : `${mention?.length ?? 0} contacts`;
    const [en, zh] = [mentionedIn(view, enWords), mentionedIn(view, zhWords)];
    return {
      en: `wants ${wanted}, got ${en || 'nobody mentioned'}`,
      zh: `要求 @ ${zhWords[wanted] ?? '所列的人'}，实际${zh ? ` @ 了${spaced(zh)}` : '未 @ 任何人'}`,
    };
  },
};

/** Tests messages only. */
export const keywordsCondition: Condition = {
  key: 'keywords',
  passes: (rule, view) =>
    rule.keywords === undefined || !view.isMessage || rule.keywords.test(view.textFor(rule)),
  describe: (compiled, view) => describeKeywords(compiled, view),
};

function describeKeywords(compiled: CompiledRule, view: EventView): Bilingual {
  const { keywords, keywordMode, match } = compiled.rule;
  const [all, list] = [keywordMode === 'all', quotedList(keywords)];
  const text = view.textFor(compiled);
  return {
    en: `wants ${all ? 'all' : 'one'} of ${list} (match: ${match}), got the text ${quoted(text)}`,
    zh: `要求文本${comparisons[match](quotedListZh(keywords, all ? '和' : '或'))}，实际为${quotedZh(text)}`,
  };
}

/** How a text is compared with keywords, in Chinese. */
const comparisons: Readonly<Record<Rule['match'], (list: string) => string>> = {
  contains: (list) => `含有${list}`,
  equals: (list) => `等于${list}`,
  startsWith: (list) => `以${list}开头`,
  endsWith: (list) => `以${list}结尾`,
  regex: (list) => `匹配正则${list}`,
  glob: (list) => `匹配通配符${list}`,
};

type MentionWords = Readonly<Record<string, string>>;

const enWords: MentionWords = { me: 'me', all: 'all' };
const zhWords: MentionWords = { me: '机器人', all: '所有人' };

function mentionedIn({ event }: EventView, words: MentionWords): string {
  const mention = event.message?.mention;
  return [
    ...(mention?.me ? [words['me']] : []),
    ...(mention?.all ? [words['all']] : []),
    ...(mention?.people ?? []).map(({ id }) => id),
  ].join(', ');
}
