import type { Match } from '../core/decision.js';
import { trimSpace } from '../core/text/characters.js';
import { removeSpans } from '../core/text/spans.js';
import type { CompiledRule } from './compiled-rule.js';
import type { EventView } from './event-view.js';

/**
 * What a matched rule hands on: the question is the text without what `strip` removes, its ends
 * trimmed of white space and nothing folded; the event's name for an event that is no message.
 */
export function matchOf(rule: CompiledRule, view: EventView): Match {
  if (!view.isMessage) return { rule: rule.rule, question: view.event.name, groups: {} };
  const text = view.textFor(rule);
  const wanted = rule.stripsKeyword || rule.keywords?.exact === false;
  const located = wanted ? rule.keywords?.locate(text) : undefined;
  const rest = rule.stripsKeyword && located ? removeSpans(text, located.spans) : text;
  return { rule: rule.rule, question: trimSpace(rest), groups: located?.groups ?? {} };
}
