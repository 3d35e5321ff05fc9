/** At most `count` calls in any period of `everyMs`. */
export interface Rate {
  readonly count: number;
  readonly everyMs: number;
}

/** The calls of the last period, to keep a rate exactly. It grows with the calls of one period. */
export class CallRate {
  #calls: number[] = [];
  #first = 0;

  /** When a call may begin at the earliest, in ms since 1970; `now` or before: at once. */
  nextAt({ count, everyMs }: Rate, now: number): number {
    // The clock was set back: calls of a time to come would block for as long.
    if ((this.#calls.at(-1) ?? now) > now) this.#calls.length = this.#first = 0;
    this.#forget(now - everyMs);
    const used = this.#calls.length - this.#first;
    // With a rate that was lowered meanwhile, more than one call has to grow old first.
    return used < count ? now : (this.#calls[this.#calls.length - count] ?? now) + everyMs;
  }

  /** Counts a call. */
  add(now: number): void {
    this.#calls.push(now);
  }

  #forget(before: number): void {
    while ((this.#calls[this.#first] ?? Number.POSITIVE_INFINITY) <= before) this.#first += 1;
    if (this.#first * 2 <= this.#calls.length) return;
    this.#calls = this.#calls.slice(this.#first);
    this.#first = 0;
  }
}
