import type { Need } from '../../core/event.js';
import { EventView } from '../../rules/event-view.js';
import type { RuleSet } from '../../rules/rule-set.js';
import type { SeenEvent } from '../observe/seen-event.js';

/** What these rules look at and was not read when the event came: what they say may be wrong. */
export function missingNeeds(rules: RuleSet, { event, unread }: SeenEvent): readonly Need[] {
  if (unread.size === 0) return [];
  const needs = rules.screen(new EventView(event).head) ?? new Set<Need>();
  return [...unread].filter((need) => needs.has(need));
}
