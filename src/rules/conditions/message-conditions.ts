import type { Bilingual } from '../../core/language.js';
import type { CompiledRule } from '../compiled-rule.js';
import type { EventView } from '../event-view.js';
import type { Condition } from './condition.js';
import { quoted, quotedList, wantedAndSeen } from './wording.js';

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
    return wantedAndSeen(wanted, mentionedIn(view));
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
  const text = quoted(view.textFor(compiled));
  return {
    en: `wants ${all ? 'all' : 'one'} of ${list} (match: ${match}), got the text ${text}`,
    zh: `要求匹配 ${list} 中的${all ? '全部' : '任意一个'}（match: ${match}），实际文本为 ${text}`,
  };
}

function mentionedIn({ event }: EventView): Bilingual | string {
  const mention = event.message?.mention;
  const seen = [
    ...(mention?.me ? ['me'] : []),
    ...(mention?.all ? ['all'] : []),
    ...(mention?.people ?? []).map(({ id }) => id),
  ];
  return seen.length > 0 ? seen.join(', ') : { en: 'nobody mentioned', zh: '未 @ 任何人' };
}
