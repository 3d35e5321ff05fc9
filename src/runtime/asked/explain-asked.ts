import type { AskedEvent, Explained, ExplainedRule, Untold } from '../../core/asked.js';
import type { BotEvent, Need } from '../../core/event.js';
import type { Rule } from '../../core/rule.js';
import { seenOf } from '../../core/seen.js';
import { mayMention } from '../../core/text/mention/find-mentions.js';
import { compileRules } from '../../rules/compile-rules.js';
import { EventView } from '../../rules/event-view.js';
import { buildEvent } from './build-event.js';

/**
 * Asks the rules. Chance does not count: a rule with a `probability` above 0 is asked as if that
 * were 1, and so the same question always has the same answer.
 *
 * @param shown the rule as it is quoted. Default: as it is
 */
export function explainAsked(
  rules: readonly Rule[],
  asked: AskedEvent,
  shown?: (rule: Rule) => Rule,
): Explained {
  const ruleSet = compileRules(rules.map(withoutChance));
  const event = buildEvent(asked);
  const { matches } = ruleSet.decide(event);
  const byName = new Map(matches.map((match) => [match.rule.name, match]));
  const explained = ruleSet.explain(event, shown).map((explanation, index): ExplainedRule => {
    const rule = rules[index];
    const match = byName.get(rule?.name ?? '');
    return { ...explanation, ...(match && { match }), ...limitsOf(match && rule) };
  });
  return {
    seen: seenOf(event),
    rules: explained,
    untold: untold(asked, event, ruleSet.screen(new EventView(event).head)),
  };
}

function withoutChance(rule: Rule): Rule {
  const { trigger } = rule;
  return trigger.probability > 0 ? { ...rule, trigger: { ...trigger, probability: 1 } } : rule;
}

function limitsOf(rule: Rule | undefined): Pick<ExplainedRule, 'probability' | 'untested'> {
  if (rule === undefined) return { untested: [] };
  const { cooldown, limit, probability } = rule.trigger;
  return {
    ...(probability < 1 && { probability }),
    untested: [...(cooldown ? ['cooldown' as const] : []), ...(limit ? ['limit' as const] : [])],
  };
}

/** The bot reads what `screen` names; of that, what the command line said nothing about. */
function untold(
  asked: AskedEvent,
  { message }: BotEvent,
  needs: ReadonlySet<Need> = new Set(),
): readonly Untold[] {
  const told: Readonly<Record<Need, boolean>> = {
    tags: asked.tags.length > 0,
    roles: asked.rolesTold,
    // Nobody given is somebody whom no rule knows.
    names: true,
    mention: asked.mention || !mayMention(message?.words ?? ''),
  };
  return [...needs].filter((need): need is Untold => !told[need]);
}
