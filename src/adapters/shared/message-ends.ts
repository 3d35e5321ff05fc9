import type { Clock } from '../../core/clock.js';

/** Longer sleeps are taken in parts, in ms: timers of Node take no more than 24 days. */
const longestMs = 3_600_000;

/** When messages have to be forgotten whose senders limit how long they may be kept. */
export class MessageEnds {
  readonly #clock: Pick<Clock, 'now' | 'sleep'>;
  readonly #ended: (id: string) => void;
  /** In ms since 1970. */
  readonly #ends = new Map<string, number>();
  #sleep: { readonly until: number; readonly stop: AbortController } | undefined;

  /** @param ended called once for each message whose time is over */
  constructor(clock: Pick<Clock, 'now' | 'sleep'>, ended: (id: string) => void) {
    this.#clock = clock;
    this.#ended = ended;
  }

  /** A message may be kept until then, in ms since 1970; `undefined`: for any time. */
  set(id: string, until: number | undefined): void {
    if (until === undefined) this.#ends.delete(id);
    else {
      this.#ends.set(id, until);
      this.#wakeAt(until);
    }
  }

  /** The message is forgotten already. */
  delete(id: string): void {
    this.#ends.delete(id);
  }

  /** True when its time is over. */
  isOver(id: string): boolean {
    return (this.#ends.get(id) ?? Infinity) <= this.#clock.now();
  }

  /** How many have an end. */
  get size(): number {
    return this.#ends.size;
  }

  /** One sleep for all, until the next end. */
  #wakeAt(until: number): void {
    if (this.#sleep !== undefined && this.#sleep.until <= until) return;
    this.#sleep?.stop.abort();
    const sleep = { until, stop: new AbortController() };
    this.#sleep = sleep;
    const ms = Math.min(Math.max(0, until - this.#clock.now()), longestMs);
    void this.#clock.sleep(ms, sleep.stop.signal, { ref: false }).then(
      () => this.#wake(),
      () => {},
    );
  }

  #wake(): void {
    this.#sleep = undefined;
    for (const id of this.#ends.keys()) if (this.isOver(id)) this.#ended(id);
    const next = Math.min(...[...this.#ends].flatMap(([id, at]) => (this.isOver(id) ? [] : [at])));
    if (Number.isFinite(next)) this.#wakeAt(next);
  }
}
