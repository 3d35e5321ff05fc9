import type { Bilingual } from '../core/language.js';
import type { Problem } from '../core/problem.js';
import type { Rule } from '../core/rule.js';

/** Gathers what is wrong with one rule. */
export class ProblemList {
  readonly #problems: Problem[];
  readonly #rule: Rule;
  readonly #index: number;

  /** Problems are added to `problems`; `index` is the rule's place in the file. */
  constructor(problems: Problem[], rule: Rule, index: number) {
    this.#problems = problems;
    this.#rule = rule;
    this.#index = index;
  }

  /** Adds a problem at `path`, counted from the rule. */
  add(path: readonly (string | number)[], text: Bilingual): void {
    this.#problems.push({ text, path: ['rules', this.#index, ...path], rule: this.#rule.name });
  }
}
