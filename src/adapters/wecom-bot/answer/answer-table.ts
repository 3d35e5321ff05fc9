import type { Clock } from '../../../core/clock.js';
import { textOf as wordsOf } from '../../../core/errors.js';
import type { Logger } from '../../../core/logger.js';
import type { StreamStore } from '../../../core/stream-store.js';
import { responseUrlLifeMs } from '../capabilities.js';
import type { Answer } from './answer.js';

/** What a table is made of. */
export interface AnswerTableOptions {
  readonly store: StreamStore;
  readonly clock: Pick<Clock, 'now'>;
  /** The adapter's, for the log. */
  readonly name: string;
  readonly logger: Logger;
  /** How many answers at most; the oldest is forgotten. Default: 20,000. */
  readonly max?: number;
}

/** How long after the end of a `response_url` an answer is still known, in ms. */
const graceMs = 10 * 60_000;
/** One line in this time, however often the store fails, in ms. */
const quietMs = 60_000;

/** The answers that are open, or were lately. Every question is about one that is in memory. */
export class AnswerTable {
  readonly #options: AnswerTableOptions;
  readonly #max: number;
  readonly #byStream = new Map<string, Answer>();
  readonly #byEvent = new Map<string, Answer>();
  readonly #byConversation = new Map<string, Set<Answer>>();
  #toldAt = -Infinity;

  constructor(options: AnswerTableOptions) {
    this.#options = options;
    this.#max = options.max ?? 20_000;
  }

  /** Takes over what a store held and is not here already; answers that. */
  restore(records: Iterable<readonly [string, string]>): readonly Answer[] {
    const mine = [...records].filter(([key, value]) => key.startsWith(prefix) && value !== '');
    const read = mine.flatMap(([, value]) => readAnswer(value));
    const added = read.filter(({ id }) => !this.#byStream.has(id));
    for (const answer of added) this.add(answer);
    return added;
  }

  add(answer: Answer): void {
    const [oldest] = this.#byStream.values();
    if (this.#byStream.size >= this.#max && oldest !== undefined) this.remove(oldest);
    this.#byStream.set(answer.id, answer);
    for (const id of answer.eventIds) this.#byEvent.set(id, answer);
    const same = this.#byConversation.get(answer.conversationId) ?? new Set();
    this.#byConversation.set(answer.conversationId, same.add(answer));
  }

  remove(answer: Answer): void {
    const { id, eventIds, conversationId } = answer;
    this.#byStream.delete(id);
    for (const eventId of eventIds) this.#byEvent.delete(eventId);
    const same = this.#byConversation.get(conversationId);
    same?.delete(answer);
    if (same?.size === 0) this.#byConversation.delete(conversationId);
    void this.#put(id, { value: '', until: 0 });
  }

  byStream(id: string): Answer | undefined {
    return this.#byStream.get(id);
  }

  byEvent(id: string): Answer | undefined {
    return this.#byEvent.get(id);
  }

  /** Those of a conversation, the oldest first. */
  inConversation(id: string): readonly Answer[] {
    return [...(this.#byConversation.get(id) ?? [])];
  }

  all(): IterableIterator<Answer> {
    return this.#byStream.values();
  }

  /** Keeps an answer as it is now. Resolves when that is durable, or the log says why it is not. */
  async keep(answer: Answer): Promise<void> {
    if (!this.#byStream.has(answer.id)) return;
    const until = answer.askedAt + responseUrlLifeMs + graceMs;
    await this.#put(answer.id, { value: JSON.stringify(answer), until });
  }

  async #put(id: string, record: { readonly value: string; readonly until: number }) {
    const { store, name, logger, clock } = this.#options;
    try {
      await store.put(answerKey(id), record);
    } catch (error) {
      if (clock.now() - this.#toldAt < quietMs) return;
      this.#toldAt = clock.now();
      const { en, zh } = wordsOf(error);
      logger.error({ en: `${name}: ${en}`, zh: `${name}：${zh}` });
    }
  }
}

const prefix = 'answer/';

/** What was kept, or nothing: a record that cannot be read is better left out than died of. */
function readAnswer(value: string): readonly Answer[] {
  try {
    const answer = JSON.parse(value) as Partial<Answer>;
    const isWhole = typeof answer.id === 'string' && Array.isArray(answer.parts);
    return isWhole && Array.isArray(answer.eventIds) ? [answer as Answer] : [];
  } catch {
    return [];
  }
}

function answerKey(id: string): string {
  return prefix + id;
}
