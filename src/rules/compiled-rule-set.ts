import type { Decision, Explanation, Match } from '../core/decision.js';
import type { BotEvent, EventHead, Need } from '../core/event.js';
import type { Rule } from '../core/rule.js';
import { mayMention } from '../core/text/mention/find-mentions.js';
import type { CompiledRule } from './compiled-rule.js';
import { conditions } from './conditions/conditions.js';
import { headPasses } from './conditions/head-conditions.js';
import { keywordsCondition } from './conditions/message-conditions.js';
import { type EventClass, EventClasses, needsForHead } from './event-classes.js';
import { EventView } from './event-view.js';
import { explainRules } from './explain-rules.js';
import { KeywordSearch } from './keywords/keyword-search.js';
import { needSet } from './needs.js';
import { matchOf } from './question.js';
import type { RuleSet } from './rule-set.js';
import { textsIn } from './text/places.js';

/** All conditions but the keywords, which the index has mostly answered already. */
const otherConditions = conditions.filter((condition) => condition !== keywordsCondition);

const nothing: Decision = { matches: [] };

/** Compiled rules, and the index that finds the few to be asked for one event. */
export class CompiledRuleSet implements RuleSet {
  readonly rules: readonly Rule[];
  readonly #compiled: readonly CompiledRule[];
  readonly #classes: EventClasses;
  readonly #search: KeywordSearch;

  constructor(compiled: readonly CompiledRule[]) {
    this.rules = compiled.map(({ rule }) => rule);
    this.#compiled = compiled;
    this.#classes = new EventClasses(compiled);
    this.#search = new KeywordSearch(compiled.length);
  }

  screen(head: EventHead): ReadonlySet<Need> | undefined {
    const found = this.#classes.of(head);
    if (found === undefined) return undefined;
    const { text = '', quoted = '' } = head;
    const stripping = head.inRoom && head.type !== undefined && mayMention(text);
    const most = stripping ? found.needs.stripping : found.needs.plain;
    let needs = sureNeeds(found, head, stripping);
    if (needs === most) return needSet(needs);
    const texts = { text, quoted, stripping };
    const joins = this.#search.screen(found.groups, texts);
    needs = joins ? most : this.#needsOfFound({ found, head, ...texts }, needs);
    return needs < 0 ? undefined : needSet(needs);
  }

  decide(event: BotEvent): Decision {
    const view = new EventView(event);
    const found = this.#classes.of(view.head);
    if (found === undefined) return nothing;
    this.#search.decide(found.groups, view);
    const candidates = [...found.free, ...this.#candidates(found)];
    const matches: Match[] = [];
    for (const rule of candidates.toSorted((a, b) => a.index - b.index)) {
      if (!matchesAll(rule, view)) continue;
      matches.push(matchOf(rule, view));
      if (rule.rule.stop) break;
    }
    return matches.length === 0 ? nothing : { matches };
  }

  explain(event: BotEvent, shown?: (rule: Rule) => Rule): readonly Explanation[] {
    return explainRules(this.#compiled, new EventView(event), shown);
  }

  /** Adds to `needs` what the rules want that the last search found; -1: there is no rule yet. */
  #needsOfFound(screened: Screened, needs: number): number {
    const { found, head, stripping } = screened;
    let more = needs;
    for (const rule of this.#candidates(found)) {
      if (!headPasses(rule, head) || !mayMatch(rule, screened)) continue;
      more = Math.max(more, 0) | needsForHead(rule, head, stripping);
    }
    return more;
  }

  /** The rules with keywords that the last search leaves to be asked, in no order. */
  #candidates(found: EventClass): readonly CompiledRule[] {
    const candidates = this.#search.found.map((index) => this.#compiled[index] as CompiledRule);
    return found.patterns.length === 0 ? candidates : [...candidates, ...found.patterns];
  }
}

/** A head on its way through `screen`. */
interface Screened {
  readonly found: EventClass;
  readonly head: EventHead;
  readonly text: string;
  /** The text of what is quoted, `""` when there is none or it is not told. */
  readonly quoted: string;
  /** Whether the text may hold a mention that is stripped. */
  readonly stripping: boolean;
}

/** What the rules need that no search can leave out: those of a quotation that is not told, too. */
function sureNeeds(
  { freeNeeds, unquotedNeeds }: EventClass,
  { quoted }: EventHead,
  stripping: boolean,
): number {
  const sure = quoted === undefined ? unquotedNeeds : freeNeeds;
  return stripping ? sure.stripping : sure.plain;
}

/** Before mentions are known: false when the keywords certainly do not match. */
function mayMatch(
  { rule, keywords, stripsMention }: CompiledRule,
  { text, quoted, stripping }: Screened,
): boolean {
  if (keywords === undefined || keywords.exact) return true;
  return (stripping && stripsMention) || keywords.test(textsIn(rule.searchIn, text, quoted));
}

function matchesAll(rule: CompiledRule, view: EventView): boolean {
  const found = rule.keywords?.exact === true || keywordsCondition.passes(rule, view);
  return found && otherConditions.every((condition) => condition.passes(rule, view));
}
