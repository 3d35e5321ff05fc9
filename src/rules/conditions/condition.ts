import type { Bilingual } from '../../core/language.js';
import type { CompiledRule } from '../compiled-rule.js';
import type { EventView } from '../event-view.js';

/** One condition of a rule. The same test decides and explains. */
export interface Condition {
  /** As the config spells it. */
  readonly key: string;
  /** Whether the event meets it; true where the rule does not set it. */
  passes(rule: CompiledRule, view: EventView): boolean;
  /** For an event that does not meet it: what the rule wants, and what was seen. */
  describe(rule: CompiledRule, view: EventView): Bilingual;
}
