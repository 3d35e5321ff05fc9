import type { Problem } from '../../core/problem.js';
import { fold } from '../fold.js';
import { type KeyedRule, mayMeetBoth } from './covers.js';
import type { KeywordOwners, Owner } from './keyword-owners.js';

/** More overlaps of one rule than this are not told one by one. */
const mostTold = 3;

/**
 * The keywords of a rule that hold a keyword of another rule, so that both rules are called.
 * Not told where `stop` in the earlier rule, or users that differ, shows that it is meant.
 */
export function overlapsOf(keyed: KeyedRule, owners: KeywordOwners): readonly Problem[] {
  const { index, rule } = keyed;
  const told = new Map<KeyedRule, Problem>();
  rule.keywords.forEach((keyword, place) => {
    for (const found of owners.of(keyed, keyword)) {
      if (told.size >= mostTold) return;
      if (told.has(found.owner) || !isOverlap(keyed, keyword, found)) continue;
      const path = ['rules', index, 'keywords', place];
      told.set(found.owner, { text: textOf(keyword, found), path, rule: rule.name });
    }
  });
  return [...told.values()];
}

function isOverlap(keyed: KeyedRule, keyword: string, { owner, text }: Owner): boolean {
  const [earlier, later] = owner.index < keyed.index ? [owner, keyed] : [keyed, owner];
  // The same keyword in both is told once, with the later rule.
  if (later === owner && text === fold(keyword, keyed.rule.fold)) return false;
  return !earlier.rule.stop && mayMeetBoth(earlier, later);
}

function textOf(keyword: string, { owner, text }: Owner): Problem['text'] {
  const name = owner.rule.name;
  return {
    en: `a text with the keyword "${keyword}" also sets off the rule "${name}" (keyword "${text}"), so both are called; say stop: true in the one that is to win and put it first, if that is not meant`,
    zh: `含关键字“${keyword}”的文本也会触发规则“${name}”（关键字“${text}”），两者都会被调用；若非本意，请把优先的规则放在前面并设置 stop: true`,
  };
}
