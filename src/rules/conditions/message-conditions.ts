import type { Bilingual } from '../../core/language.js';
import type { Rule, SearchPlace } from '../../core/rule.js';
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
    rule.keywords === undefined || !view.isMessage || rule.keywords.test(view.textsFor(rule)),
  describe: (compiled, view) => describeKeywords(compiled, view),
};

function describeKeywords(compiled: CompiledRule, view: EventView): Bilingual {
  const { keywords, keywordMode, match, searchIn } = compiled.rule;
  const [all, list] = [keywordMode === 'all', quotedList(keywords)];
  const seen = seenIn(searchIn, view.textFor(compiled), view.quoted);
  const wanted = comparisons[match](quotedListZh(keywords, all ? '和' : '或'));
  return {
    en: `wants ${all ? 'all' : 'one'} of ${list}${seen.where.en} (match: ${match}), got ${seen.got.en}`,
    zh: `要求${seen.where.zh}${wanted}，实际${seen.got.zh}`,
  };
}

/** Where keywords are wanted, and what stands there. */
function seenIn(
  places: readonly SearchPlace[],
  text: string,
  quote: string,
): { readonly where: Bilingual; readonly got: Bilingual } {
  const inQuote: Bilingual =
    quote === ''
      ? { en: 'no quotation', zh: '没有引用内容' }
      : { en: `the quotation ${quoted(quote)}`, zh: `引用内容为${quotedZh(quote)}` };
  if (!places.includes('quote')) {
    const got = { en: `the text ${quoted(text)}`, zh: `为${quotedZh(text)}` };
    return { where: { en: '', zh: '文本' }, got };
  }
  if (!places.includes('text')) {
    return { where: { en: ' in the quotation', zh: '引用内容' }, got: inQuote };
  }
  const got = {
    en: `the text ${quoted(text)} and ${inQuote.en}`,
    zh: `文本为${quotedZh(text)}，${inQuote.zh}`,
  };
  return { where: { en: '', zh: '文本或引用内容' }, got };
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
