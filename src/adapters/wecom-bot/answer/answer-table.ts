import type { Clock } from '../../../core/clock.js';
import { textOf as wordsOf } from '../../../core/errors.js';
import type { Logger } from '../../../core/logger.js';
import type { StreamStore } from '../../../core/stream-store.js';
import { responseUrlLifeMs } from '../capabilities.js';
import type { Answer } from './answer.js';
import type { SharedAnswers } from './shared-answers.js';

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

/**
 * The answers that are open, or were lately. Without other instances every question is about one
 * that is in memory; with them it may be one that another instance knows.
 */
export class AnswerTable {
  readonly #options: AnswerTableOptions;
  readonly #max: number;
  readonly #byStream = new Map<string, Answer>();
  readonly #byEvent = new Map<string, Answer>();
  readonly #byConversation = new Map<string, Set<Answer>>();
  #toldAt = -Infinity;
  #shared: SharedAnswers | undefined;

  constructor(options: AnswerTableOptions) {
    this.#options = options;
    this.#max = options.max ?? 20_000;
  }

  /** What other instances find; `undefined`: there are none. */
  get shared(): SharedAnswers | undefined {
    return this.#shared;
  }

  /** From now on answers are kept where other instances find them. */
  share(shared: SharedAnswers | undefined): void {
    this.#shared = shared;
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
    // Others may need it still; what is shared ends by itself.
    if (!this.#shared) void this.#put(id, { value: '', until: 0 });
  }

  /** The same as `byStream`, as all instances know it now. Rejects as the shared state does. */
  async findStream(id: string): Promise<Answer | undefined> {
    const known = this.#byStream.get(id);
    if (known === undefined) {
      const answer = await this.#shared?.byStream(id);
      return answer && this.take(answer);
    }
    await this.#shared?.refresh(known);
    return known;
  }

  /** The answer to an event, whoever knows it. Rejects as the shared state does. */
  async findEvent(eventId: string): Promise<Answer | undefined> {
    const known = this.#byEvent.get(eventId);
    if (known !== undefined || !this.#shared) return known;
    const id = await this.#shared.streamOf(eventId);
    return id === undefined ? undefined : await this.findStream(id);
  }

  /** Takes an answer from elsewhere, unless it is known here: then the known one counts. */
  take(answer: Answer): Answer {
    const known = this.#byStream.get(answer.id);
    if (known === undefined) this.add(answer);
    return known ?? answer;
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

  /**
   * Keeps an answer as it is now. Resolves when that is durable, and others find it; or with false,
   * and the log says why it is not.
   */
  async keep(answer: Answer): Promise<boolean> {
    if (!this.#byStream.has(answer.id)) return false;
    const shared = this.#shared;
    if (shared) return await this.#tried(() => shared.keep(answer));
    const until = answer.askedAt + responseUrlLifeMs + graceMs;
    return await this.#put(answer.id, { value: JSON.stringify(answer), until });
  }

  /** Brings in what was said in other instances. Never rejects. */
  async refresh(answer: Answer): Promise<void> {
    await this.#shared?.refresh(answer).catch(() => {});
  }

  /** As `keep`; rejects where others would not find it. */
  async keepSaid(answer: Answer): Promise<void> {
    if (this.#shared) await this.#shared.keep(answer);
    else await this.keep(answer);
  }

  async #put(id: string, record: { readonly value: string; readonly until: number }) {
    return await this.#tried(() => this.#options.store.put(answerKey(id), record));
  }

  async #tried(work: () => Promise<void>): Promise<boolean> {
    const { name, logger, clock } = this.#options;
    try {
      await work();
      return true;
    } catch (error) {
      if (clock.now() - this.#toldAt < quietMs) return false;
      this.#toldAt = clock.now();
      const { en, zh } = wordsOf(error);
      logger.error({ en: `${name}: ${en}`, zh: `${name}：${zh}` });
      return false;
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
