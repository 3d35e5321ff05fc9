import type { Problem } from '../../core/problem.js';
import { coversConditions, type KeyedRule } from './covers.js';
import { type KeywordOwners, literalMode } from './keyword-owners.js';

/** At most this many earlier rules are compared with one rule, so that many stay quick. */
const mostCompared = 32;

/** What of a rule is never reached: the whole rule, or some of its keywords. */
export interface Shadowed {
  readonly rule?: Problem;
  readonly keywords: readonly Problem[];
}

/** Finds rules and keywords that are never reached, because an earlier rule stops the search. */
export class Shadows {
  readonly #owners: KeywordOwners;
  /** Rules with `stop` met so far: without keywords, by users; with any, by keywords. */
  readonly #stops = new Map<string, KeyedRule[]>();

  constructor(owners: KeywordOwners) {
    this.#owners = owners;
  }

  /** What of a rule is never reached. Rules must be asked in file order, each one once. */
  of(later: KeyedRule): Shadowed {
    const whole = this.#wholeCover(later);
    const shadowed =
      whole === undefined
        ? this.#byKeywords(later)
        : { rule: ruleProblem(later, whole), keywords: [] };
    if (later.rule.stop) this.#remember(later);
    return shadowed;
  }

  /** An earlier rule that takes everything, whatever the keywords say. */
  #wholeCover(later: KeyedRule): KeyedRule | undefined {
    const keys = new Set([
      'users:',
      `users:${later.keys.users}`,
      `keywords:${later.keys.keywords}`,
    ]);
    return [...keys]
      .flatMap((key) => this.#stops.get(key) ?? [])
      .find((earlier) => coversConditions(earlier, later));
  }

  #byKeywords(later: KeyedRule): Shadowed {
    // Events that are no messages are not asked for keywords.
    const asked = later.rule.trigger.on.every((name) => name === 'message');
    if (!asked || literalMode(later) === undefined) return { keywords: [] };
    const covers = later.rule.keywords.map((keyword) => this.#keywordCover(later, keyword));
    const taken = covers.filter((cover) => cover !== undefined);
    const [first] = taken;
    const all = later.rule.keywordMode === 'all' || taken.length === covers.length;
    if (first !== undefined && all) return { rule: ruleProblem(later, first), keywords: [] };
    return {
      keywords: covers.flatMap((cover, place) =>
        cover === undefined ? [] : [keywordProblem(later, place, cover)],
      ),
    };
  }

  #keywordCover(later: KeyedRule, keyword: string): KeyedRule | undefined {
    return this.#owners
      .of(later, keyword)
      .slice(0, mostCompared)
      .map(({ owner }) => owner)
      .find(
        (owner) => owner.rule.stop && owner.index < later.index && coversConditions(owner, later),
      );
  }

  #remember(keyed: KeyedRule): void {
    const plain = keyed.rule.keywords.length === 0;
    const key = plain ? `users:${keyed.keys.users}` : `keywords:${keyed.keys.keywords}`;
    const known = this.#stops.get(key) ?? [];
    if (known.length < mostCompared) known.push(keyed);
    this.#stops.set(key, known);
  }
}

function ruleProblem({ index, rule }: KeyedRule, by: KeyedRule): Problem {
  const text = {
    en: `this rule is never reached: the earlier rule "${by.rule.name}" takes all it could match and says stop; put this rule before it, or drop the stop`,
    zh: `该规则永远不会被执行：前面的规则“${by.rule.name}”会匹配它的全部内容并设置了 stop；请把本规则移到它之前，或去掉 stop`,
  };
  return { text, path: ['rules', index], rule: rule.name };
}

function keywordProblem({ index, rule }: KeyedRule, place: number, by: KeyedRule): Problem {
  const keyword = rule.keywords[place] ?? '';
  const text = {
    en: `the keyword "${keyword}" is never reached: the earlier rule "${by.rule.name}" takes every text with it and says stop`,
    zh: `关键字“${keyword}”永远不会生效：前面的规则“${by.rule.name}”会匹配所有含它的文本并设置了 stop`,
  };
  return { text, path: ['rules', index, 'keywords', place], rule: rule.name };
}
