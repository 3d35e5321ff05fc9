/** A task that waits for its receiver costs the time for one look this often, in ms. */
const lookMs = 2;
/** The longest stretch over which waiting tasks come back, in ms. */
const maxStretchMs = 30_000;

/**
 * Spreads the moments at which tasks that wait for one receiver come back from the journal, so
 * that however many wait, looking at them takes a bounded part of the time: at most about 500
 * looks a second for up to 15,000 tasks, and each one twice a minute beyond that.
 */
export class Spread {
  readonly #random: () => number;
  /** How many come back in which second, which tells how many wait without knowing them. */
  readonly #bySecond = new Map<number, number>();
  #waiting = 0;
  #lookedAt = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /**
   * When the next task comes back, in ms since 1970: `from`, or later when others wait already.
   * With `everyMs`, the receiver is known to take one task in that time.
   */
  next(from: number, now: number, everyMs = lookMs): number {
    this.#forget(now);
    const stretch = Math.min(maxStretchMs, this.#waiting * Math.min(lookMs, everyMs));
    const at = from + Math.round(this.#random() * stretch);
    const second = Math.floor(at / 1000);
    this.#bySecond.set(second, (this.#bySecond.get(second) ?? 0) + 1);
    this.#waiting += 1;
    return at;
  }

  #forget(now: number): void {
    const current = Math.floor(now / 1000);
    if (current === this.#lookedAt) return;
    // The clock was set back: who was to come in time to come has come by now, or is soon to.
    const isPast = (second: number) => second < current || current < this.#lookedAt;
    for (const [second, count] of this.#bySecond) {
      if (!isPast(second)) continue;
      this.#bySecond.delete(second);
      this.#waiting -= count;
    }
    this.#lookedAt = current;
  }
}
