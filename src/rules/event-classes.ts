import type { EventHead } from '../core/event.js';
import type { CompiledRule } from './compiled-rule.js';
import { headPasses } from './conditions/head-conditions.js';
import { groupKeywords, type KeywordGroup } from './keywords/keyword-groups.js';
import { needBits, relationBit } from './needs.js';

/** What the rules have to say of all events whose heads they cannot tell apart, text aside. */
export interface EventClass {
  /** Rules whose keywords are not asked for: they have none, or the event is no message. */
  readonly free: readonly CompiledRule[];
  /** Rules with patterns that the index knows nothing of: each must be run. */
  readonly patterns: readonly CompiledRule[];
  /** Where the keywords of all other rules are found. */
  readonly groups: readonly KeywordGroup[];
  /** What all rules together need. */
  readonly needs: ClassNeeds;
  /** What the rules in `free` need. */
  readonly freeNeeds: ClassNeeds;
  /** What they need together with the rules that look into quotations. */
  readonly unquotedNeeds: ClassNeeds;
}

/** Needs in bits, when nothing and when something can be stripped; -1: there is no rule. */
interface ClassNeeds {
  readonly plain: number;
  readonly stripping: number;
}

/**
 * Sorts events into classes by name, place, sender and kind, so that an event which no rule asks
 * for costs one look-up. Classes are worked out when first met; there are few.
 */
export class EventClasses {
  readonly #rules = new Map<string, CompiledRule[]>();
  readonly #groups: readonly KeywordGroup[];
  /** Places of the kinds of message that some rule names. */
  readonly #types = new Map<number, number>();
  readonly #classes = new Map<string, (EventClass | null)[]>();

  constructor(rules: readonly CompiledRule[]) {
    const live = rules.filter(({ rule }) => rule.enabled);
    this.#groups = groupKeywords(live, rules.length);
    for (const compiled of live) {
      for (const name of new Set(compiled.rule.trigger.on)) {
        const named = this.#rules.get(name);
        if (named) named.push(compiled);
        else this.#rules.set(name, [compiled]);
      }
      for (const type of compiled.types ?? []) {
        if (!this.#types.has(type)) this.#types.set(type, this.#types.size + 2);
      }
    }
    for (const name of this.#rules.keys()) this.#classes.set(name, []);
  }

  /** The class of an event; absent when no rule can match it. */
  of(head: EventHead): EventClass | undefined {
    const classes = this.#classes.get(head.name);
    if (classes === undefined) return undefined;
    const type = head.type === undefined ? 0 : (this.#types.get(head.type) ?? 1);
    const place = type * 4 + (head.inRoom ? 2 : 0) + (head.isSelf ? 1 : 0);
    let found = classes[place];
    if (found === undefined) {
      found = this.#classify(head);
      classes[place] = found;
    }
    return found ?? undefined;
  }

  #classify(head: EventHead): EventClass | null {
    const rules = (this.#rules.get(head.name) ?? []).filter((rule) => headPasses(rule, head));
    if (rules.length === 0) return null;
    const isMessage = head.type !== undefined;
    const searched = new Set<number>();
    for (const rule of rules) if (isMessage && rule.keywords?.indexed) searched.add(rule.index);
    const free = rules.filter(({ keywords }) => !isMessage || keywords === undefined);
    const quoting = isMessage ? rules.filter(looksIntoQuotations) : [];
    return {
      free,
      patterns: rules.filter(
        ({ index, keywords }) => isMessage && keywords !== undefined && !searched.has(index),
      ),
      groups: this.#groups.filter(({ index }) => index.rules.some((rule) => searched.has(rule))),
      needs: needsOfAll(rules, head),
      freeNeeds: needsOfAll(free, head),
      unquotedNeeds: needsOfAll([...free, ...quoting], head),
    };
  }
}

function looksIntoQuotations({ rule, keywords }: CompiledRule): boolean {
  return keywords !== undefined && rule.searchIn.includes('quote');
}

/** What a rule needs of an event with this head; `stripping`: the text may hold a mention. */
export function needsForHead(rule: CompiledRule, head: EventHead, stripping: boolean): number {
  const relation = (rule.needs & relationBit) === 0 ? 0 : needBits.roles;
  const needs = (rule.needs & ~relationBit) | relation;
  if (!head.inRoom) return (needs & (needBits.tags | needBits.names)) | relation;
  if (head.type === undefined) return needs & ~needBits.mention;
  return needs | (stripping && rule.stripsMention ? needBits.mention : 0);
}

function needsOfAll(rules: readonly CompiledRule[], head: EventHead): ClassNeeds {
  if (rules.length === 0) return { plain: -1, stripping: -1 };
  const together = (stripping: boolean) =>
    rules.reduce((needs, rule) => needs | needsForHead(rule, head, stripping), 0);
  return { plain: together(false), stripping: together(true) };
}
