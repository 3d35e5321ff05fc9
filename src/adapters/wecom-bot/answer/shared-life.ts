import type { Clock } from '../../../core/clock.js';
import { goneInstances } from '../../../core/instances.js';
import type { SharedState } from '../../../core/shared-state.js';
import { responseUrlLifeMs } from '../capabilities.js';
import type { BotTiming } from '../timing.js';
import { type Answer, unshownText } from './answer.js';
import type { AnswerTable } from './answer-table.js';
import { SharedAnswers } from './shared-answers.js';

type SharedTiming = Pick<
  BotTiming,
  'tellEveryMs' | 'lookEveryMs' | 'adoptEveryMs' | 'compareEveryMs'
>;

/** What sharing answers takes. */
export interface SharedLifeOptions {
  readonly table: AnswerTable;
  /** The adapter's name, the same in all instances. */
  readonly name: string;
  readonly clock: Clock;
  readonly timing: SharedTiming;
  /** An instance that is gone left this one. */
  readonly onAdopted: (answer: Answer) => void;
}

/** Nobody will change it any more. */
function isQuiet(answer: Answer): boolean {
  const { isComplete, isStreamed, final, responseUrl, isUrlUsed } = answer;
  if (!isComplete || (isStreamed && final === undefined)) return false;
  return responseUrl === undefined || isUrlUsed || unshownText(answer) === '';
}

/** What the instances of a program do for one another with the answers of one bot. */
export class SharedLife {
  readonly #options: SharedLifeOptions;
  readonly #grown = new Set<Answer>();
  readonly #adopted = new Set<string>();
  readonly #comparedAt = new WeakMap<Answer, number>();
  #state: SharedState | undefined;
  #stopping = new AbortController();

  constructor(options: SharedLifeOptions) {
    this.#options = options;
  }

  begin(state: SharedState): void {
    const { table, name, clock, timing } = this.#options;
    this.#state = state;
    this.#stopping = new AbortController();
    table.share(new SharedAnswers(state, name, clock));
    void this.#repeat(timing.tellEveryMs, () => this.#tell());
    void this.#repeat(timing.adoptEveryMs, () => this.#adopt());
  }

  /** Resolves when others find all that is known here. Never rejects. */
  async end(): Promise<void> {
    this.#stopping.abort();
    const { table } = this.#options;
    await Promise.all(Array.from(table.all(), (answer) => table.keep(answer)));
    table.share(undefined);
    this.#state = undefined;
  }

  /** What ids of new answers begin with. */
  get prefix(): string {
    return this.#options.table.shared?.ownedBy() ?? '';
  }

  /** More is known of it: others will see it soon. */
  grew(answer: Answer): void {
    if (this.#state !== undefined) this.#grown.add(answer);
  }

  /** Tells again and again that others may have said something; answers how to end it. */
  follow(answer: Answer, told: () => void): () => void {
    const { table, timing } = this.#options;
    const { shared } = table;
    if (shared === undefined) return () => {};
    let isLooking = false;
    const look = async () => {
      if (isLooking) return;
      isLooking = true;
      await shared.refresh(answer).then(told, () => {});
      isLooking = false;
    };
    const timer = setInterval(() => void look(), timing.lookEveryMs);
    return () => clearInterval(timer);
  }

  /**
   * Has an answer looked after by one instance, once it is known what others made of it; alone at
   * once. What others look after is forgotten when nothing can be said in it any more.
   */
  async care(answer: Answer, lookAfter: () => void): Promise<void> {
    const { table, clock, timing } = this.#options;
    const { shared } = table;
    if (shared === undefined || (this.isMine(answer) && isQuiet(answer))) return lookAfter();
    const now = clock.now();
    if (!this.isMine(answer)) {
      if (now > answer.askedAt + responseUrlLifeMs) table.remove(answer);
      return;
    }
    if (now - (this.#comparedAt.get(answer) ?? -Infinity) < timing.compareEveryMs) return;
    this.#comparedAt.set(answer, now);
    await shared.refresh(answer).then(lookAfter, () => {});
  }

  /** Whether an answer is looked after here: it began here, or where nobody is any more. */
  isMine({ id }: Answer): boolean {
    if (this.#state === undefined) return true;
    const owner = id.slice(0, id.indexOf('-'));
    return owner === this.#state.instance || this.#adopted.has(owner);
  }

  async #tell(): Promise<void> {
    const grown = [...this.#grown];
    this.#grown.clear();
    await Promise.all(grown.map((answer) => this.#options.table.keep(answer)));
  }

  async #adopt(): Promise<void> {
    const { table, onAdopted } = this.#options;
    const { shared } = table;
    if (shared === undefined || this.#state === undefined) return;
    for (const instance of await goneInstances(this.#state)) {
      if (this.#adopted.has(instance)) continue;
      for (const answer of await shared.of(instance)) onAdopted(table.take(answer));
      this.#adopted.add(instance);
    }
  }

  async #repeat(everyMs: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#options.clock.sleep(everyMs, signal, { ref: false }).catch(() => {});
      // What cannot be reached now is tried again.
      if (!signal.aborted) await work().catch(() => {});
    }
  }
}
