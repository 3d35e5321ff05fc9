import type { Clock } from '../../../core/clock.js';
import { type SharedRecord, type SharedState, sharedKey } from '../../../core/shared-state.js';
import { responseUrlLifeMs } from '../capabilities.js';
import type { Answer } from './answer.js';
import { mergeInto } from './merge-answers.js';

/** Between two instances that change one answer. */
interface Line {
  /** What all instances find, as far as is known here. */
  record?: SharedRecord | undefined;
  /** Never rejects. */
  last: Promise<unknown>;
  next?: { readonly done: Promise<void>; reads: boolean } | undefined;
}

/** How long after the end of a `response_url` an answer is still known, in ms. */
const graceMs = 10 * 60_000;
/** When a stream was asked for last is told others only so exactly, in ms: it is asked each second. */
const polledWithinMs = 5000;

/**
 * Answers where all instances of the program find them. Each instance works on a copy of its own;
 * what it changed is merged into what others changed, and takes its place if nobody was faster.
 */
export class SharedAnswers {
  readonly #state: SharedState;
  readonly #bot: string;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #lines = new WeakMap<Answer, Line>();

  /** @param bot the adapter's name, the same in all instances */
  constructor(state: SharedState, bot: string, clock: Pick<Clock, 'now'>) {
    this.#state = state;
    this.#bot = bot;
    this.#clock = clock;
  }

  /** What ids of answers begin with that an instance looks after. Default: this one. */
  ownedBy(instance: string = this.#state.instance): string {
    return `${instance}-`;
  }

  /** Lets others find a new answer, by its stream and by its events. */
  async publish(answer: Answer): Promise<void> {
    const { id, eventIds } = answer;
    const told = JSON.stringify(id);
    await Promise.all([
      this.#state.add(this.#key(id), writeAnswer(answer), this.#lifeOf(answer)),
      ...eventIds.map((one) => this.#state.put(this.#eventKey(one), told, this.#lifeOf(answer))),
    ]);
  }

  /** Nobody heard the question. */
  async withdraw({ id, eventIds }: Answer): Promise<void> {
    const keys = [this.#key(id), ...eventIds.map((one) => this.#eventKey(one))];
    await Promise.all(keys.map((key) => this.#state.remove(key)));
  }

  async byStream(id: string): Promise<Answer | undefined> {
    const record = await this.#state.get(this.#key(id));
    return record && this.#read(record);
  }

  /** The id of the stream that answers an event. */
  async streamOf(eventId: string): Promise<string | undefined> {
    const record = await this.#state.get(this.#eventKey(eventId));
    return record && (JSON.parse(record.value) as string);
  }

  /** The answers that an instance looked after. */
  async of(instance: string): Promise<readonly Answer[]> {
    const found = await this.#state.list(this.#key(this.ownedBy(instance)));
    return Array.from(found.values(), (record) => this.#read(record));
  }

  /** Resolves when others find what was changed here, and this is merged with what they did. */
  async keep(answer: Answer): Promise<void> {
    await this.#enter(answer, false);
  }

  /** The same; what others did is asked for in any case. */
  async refresh(answer: Answer): Promise<void> {
    await this.#enter(answer, true);
  }

  /** Whether this instance, and no other, is to send the next late message. Once for each. */
  async claimLate({ id, lateCount = 0 }: Answer): Promise<boolean> {
    const key = sharedKey('late', this.#bot, id, String(lateCount));
    return (await this.#state.add(key, 'true', responseUrlLifeMs)) === undefined;
  }

  /** One after another for each answer; those who come meanwhile share the next turn. */
  #enter(answer: Answer, reads: boolean): Promise<void> {
    const line = this.#lineOf(answer);
    if (line.next !== undefined) {
      line.next.reads ||= reads;
      return line.next.done;
    }
    const done = this.#turn(answer, line);
    line.next = { done, reads };
    line.last = done.catch(() => {});
    return done;
  }

  async #turn(answer: Answer, line: Line): Promise<void> {
    await line.last;
    const reads = line.next?.reads ?? true;
    line.next = undefined;
    await this.#bring(answer, line, reads);
  }

  async #bring(answer: Answer, line: Line, reads: boolean): Promise<void> {
    if (reads || line.record === undefined) await this.#pull(answer, line);
    while (line.record !== undefined) {
      const { version, value: before } = line.record;
      const value = writeAnswer(answer);
      if (value === before) return;
      const changed = { value, lifeMs: this.#lifeOf(answer) };
      const next = await this.#state.swap(this.#key(answer.id), version, changed);
      if (next !== undefined) {
        line.record = { value, version: next };
        return;
      }
      await this.#pull(answer, line);
    }
  }

  async #pull(answer: Answer, line: Line): Promise<void> {
    const record = await this.#state.get(this.#key(answer.id));
    const isNews = record !== undefined && record.version !== line.record?.version;
    if (isNews) mergeInto(answer, JSON.parse(record.value) as Answer);
    line.record = record;
  }

  #read(record: SharedRecord): Answer {
    const answer = JSON.parse(record.value) as Answer;
    this.#lineOf(answer).record = record;
    return answer;
  }

  #lineOf(answer: Answer): Line {
    const line = this.#lines.get(answer) ?? { last: Promise.resolve() };
    this.#lines.set(answer, line);
    return line;
  }

  #lifeOf({ askedAt }: Answer): number {
    return Math.max(0, askedAt + responseUrlLifeMs + graceMs - this.#clock.now());
  }

  #key(id: string): string {
    return sharedKey('answer', this.#bot, id);
  }

  #eventKey(eventId: string): string {
    return sharedKey('question', this.#bot, eventId);
  }
}

/** Always in the same order, so that what is the same reads the same. */
function writeAnswer(answer: Answer): string {
  const { polledAt, parts } = answer;
  const sorted = Object.fromEntries(Object.entries(answer).toSorted(byName));
  return JSON.stringify({
    ...sorted,
    parts: parts.map((part) => Object.fromEntries(Object.entries(part).toSorted(byName))),
    polledAt: polledAt && polledAt - (polledAt % polledWithinMs),
  });
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
