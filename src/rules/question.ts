import type { Match } from '../core/decision.js';
import { trimSpace } from '../core/text/characters.js';
import { removeSpans } from '../core/text/spans.js';
import type { CompiledRule } from './compiled-rule.js';
import type { EventView } from './event-view.js';
import type { Located } from './keywords/keyword-matcher.js';

/**
 * What a matched rule hands on: the question is what is said now, wherever the keywords stood,
 * without what `strip` removes, its ends trimmed of white space and nothing folded; the event's name
 * for an event that is no message.
 */
export function matchOf(compiled: CompiledRule, view: EventView): Match {
  const { rule, keywords, stripsKeyword } = compiled;
  if (!view.isMessage) return { rule, question: view.event.name, groups: {} };
  const text = view.textFor(compiled);
  if (keywords === undefined || (!stripsKeyword && keywords.exact)) {
    return { rule, question: trimSpace(text), groups: {} };
  }
  const texts = view.textsFor(compiled);
  const located = texts.map((one) => keywords.locate(one));
  const strips = stripsKeyword && rule.searchIn.includes('text');
  const spans = strips ? (located[texts.indexOf(text)]?.spans ?? []) : [];
  return {
    rule,
    question: trimSpace(removeSpans(text, spans)),
    groups: groupsOf(located, rule.keywordMode),
  };
}

/** With `any` those of the first place that matches; with `all` of every place, the first first. */
function groupsOf(located: readonly Located[], mode: 'any' | 'all'): Match['groups'] {
  const [first, ...others] = located.filter(({ spans }) => spans.length > 0);
  if (mode === 'any' || others.length === 0) return first?.groups ?? {};
  const groups = [first, ...others]
    .toReversed()
    .flatMap((one) => Object.entries(one?.groups ?? {}));
  return Object.fromEntries(groups);
}
