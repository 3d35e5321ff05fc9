/** The rules whose keywords were found in one search; made once and used for every search. */
export class Hits {
  /** Rules with enough keywords found, in no order. */
  readonly found: number[] = [];
  readonly #counts: Int32Array;
  readonly #rounds: Int32Array;
  #round = 0;

  /** `rules`: how many rules there are. */
  constructor(rules: number) {
    this.#counts = new Int32Array(rules);
    this.#rounds = new Int32Array(rules);
  }

  /** Forgets the last search. */
  begin(): void {
    this.found.length = 0;
    this.#round += 1;
    if (this.#round > 0x7fff_fff0) {
      this.#round = 1;
      this.#rounds.fill(0);
    }
  }

  /** Notes one more distinct keyword of a rule; the rule is found when it has `needed`. */
  add(rule: number, needed: number): void {
    const count = this.#rounds[rule] === this.#round ? (this.#counts[rule] as number) + 1 : 1;
    this.#rounds[rule] = this.#round;
    this.#counts[rule] = count;
    if (count === needed) this.found.push(rule);
  }
}
