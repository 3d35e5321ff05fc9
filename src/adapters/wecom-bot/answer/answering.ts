import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../core/clock.js';
import type { AnswerPort } from '../../../core/puppet-extras.js';
import type { Question } from '../decoded.js';
import type { StreamFrame } from '../schema/reply.js';
import { type Answer, type CardPart, markDone, type Part, putPart } from './answer.js';
import type { AnswerTable } from './answer-table.js';
import { type FrameOptions, frameOf, isOver } from './frame.js';
import type { Holds } from './holds.js';
import { type Kind, takesLate } from './late-words.js';
import { look } from './look.js';
import { newAnswer } from './new-answer.js';
import { Places } from './places.js';
import type { SharedLife } from './shared-life.js';
import { progressOf, takeCard } from './shown.js';
import { tooLate } from './too-late.js';

/** A part before it is known where it belongs. */
export type Loose<P extends Part = Part> = P extends Part ? Omit<P, 'key'> : never;

/** What answering takes. */
export interface AnsweringOptions extends FrameOptions {
  readonly table: AnswerTable;
  readonly holds: Holds;
  readonly life: SharedLife;
  readonly clock: Clock;
  /** Sends what is left. Never rejects. */
  readonly sendLate: (answer: Answer) => Promise<void>;
  /** An answer is forgotten: tells what of it was never sent. */
  readonly tellUnsent: (answer: Answer) => void;
  /** Says something that answers nothing; absent: there is no way. */
  readonly sayAlone?: ((conversationId: string, part: Loose) => Promise<void>) | undefined;
}

/** What a stream shows, and the card that comes with it. */
export interface Frame {
  readonly stream: StreamFrame;
  readonly card?: CardPart;
}

/** A webhook is answered within so long: until then another instance may hold it, in ms. */
const heldElsewhereMs = 5000;

/** Everything that is said to the questions of one bot. */
export class Answering implements AnswerPort {
  readonly #options: AnsweringOptions;
  readonly #places: Places;
  /** Whose first answer is not given yet: anything may still be said. */
  readonly #undecided = new Set<Answer>();
  /** From an earlier process, with nothing new said since: the screen may show more than is known. */
  readonly #stale = new Set<Answer>();
  #restoredAt = -Infinity;

  constructor(options: AnsweringOptions) {
    this.#options = options;
    this.#places = new Places(options.table, (answer) => this.takes(answer, { kind: 'text' }));
  }

  /** These answers come from an earlier process. */
  restored(answers: readonly Answer[]): void {
    this.#restoredAt = this.#options.clock.now();
    for (const answer of answers) this.#stale.add(answer);
  }

  /** Begins an answer, before anybody hears the question; others find it once it is published. */
  begin(question: Question, to: Answer['to'], more: Partial<Answer> = {}): Answer {
    const { life, clock, table } = this.#options;
    const [id, askedAt] = [`${life.prefix}${randomUUID()}`, clock.now()];
    const openUntil = table.shared && { openUntil: askedAt + heldElsewhereMs };
    const answer = newAnswer(question, to, { id, askedAt, ...openUntil, ...more });
    this.#undecided.add(answer);
    table.add(answer);
    return answer;
  }

  /** Nobody heard the question. */
  drop(answer: Answer): void {
    this.#forget(answer);
    this.#options.table.shared?.withdraw(answer).catch(() => {});
  }

  /** The tasks that will say something; `undefined`: nobody tells. */
  expect(answer: Answer, tasks: readonly string[] | undefined): void {
    if (tasks === undefined) return;
    answer.tasks = tasks;
    markDone(answer);
  }

  /** The first answer is given: as a stream, or in another way. Resolves when that is kept. */
  async decide(answer: Answer, isStreamed: boolean): Promise<void> {
    this.#undecided.delete(answer);
    answer.isStreamed = isStreamed;
    if (answer.openUntil !== undefined) answer.openUntil = 0;
    await this.#options.table.keep(answer);
  }

  /**
   * What a stream shows now; `undefined`: nothing that is newer than what it shows.
   *
   * @param isFirst it answers the question itself, which may have come again: nothing is shown yet
   */
  frame(answer: Answer, isFirst = false): Frame | undefined {
    const now = this.#options.clock.now();
    const { silence } = this.#options;
    if (!isFirst && this.#stale.has(answer) && !isOver(answer, now, silence)) {
      answer.polledAt = now;
      return undefined;
    }
    const before = progressOf(answer);
    const stream = frameOf(answer, now, this.#options);
    const card = takeCard(answer);
    // What is on the screen is kept, so that it never shrinks.
    if (card || progressOf(answer) !== before) void this.#options.table.keep(answer);
    return { stream, ...(card && { card }) };
  }

  /** The card that is to go out now, by itself; it counts as sent. */
  nextCard(answer: Answer): CardPart | undefined {
    const card = takeCard(answer);
    if (card) void this.#options.table.keep(answer);
    return card;
  }

  /**
   * Says something where it belongs. Resolves when it is kept.
   *
   * @throws CallbackError `wecom-bot-too-late` where nothing can be said any more
   */
  async say(conversationId: string, part: Loose): Promise<void> {
    await this.#places.known();
    const { answer, key } = this.#places.in(conversationId);
    const { sayAlone = () => Promise.reject(tooLate()) } = this.#options;
    if (!answer || !this.takes(answer, part)) {
      // A group takes no card by itself, and a card is changed by the response to its click alone.
      if ('update' in part || (part.kind === 'card' && answer?.isGroup)) throw tooLate();
      return await sayAlone(conversationId, part);
    }
    this.#put(answer, { ...part, key });
    await this.#options.table.keepSaid(answer);
    this.#options.holds.wake(answer);
  }

  show(conversationId: string, text: string): boolean | Promise<boolean> {
    const show = () => this.#show(conversationId, text);
    return this.#places.known()?.then(show) ?? show();
  }

  #show(conversationId: string, text: string): boolean {
    const { answer, key } = this.#places.in(conversationId);
    if (answer === undefined || !this.takes(answer, { kind: 'text' })) return false;
    const before = answer.parts.find((part) => part.key === key);
    const grown = before?.kind === 'text' && before.isGrowing ? before.text.length : 0;
    // After a restart it grows from its beginning once more.
    if (text.length >= grown)
      this.#put(answer, { kind: 'text', key, text, isGrowing: true, shown: 0 });
    this.#options.life.grew(answer);
    this.#options.holds.wake(answer);
    return true;
  }

  async complete(eventId: string, taskId: string): Promise<void> {
    const { table, holds, sendLate } = this.#options;
    const answer = await table.findEvent(eventId).catch(() => undefined);
    if (answer === undefined) return;
    markDone(answer, [taskId]);
    await table.keep(answer);
    holds.wake(answer);
    // Not waited for: a platform that does not answer must not hold up the task.
    void sendLate(answer);
  }

  /** The answer that speaks to a conversation now, whichever instance began it. */
  async answerFor(conversationId: string): Promise<Answer | undefined> {
    await this.#places.known();
    return this.#places.in(conversationId).answer;
  }

  /** Whether something of this kind can still be said in an answer. */
  takes(answer: Answer, part: Kind): boolean {
    const { clock, holds } = this.#options;
    const isOpen =
      this.#undecided.has(answer) ||
      (answer.isStreamed && answer.final === undefined) ||
      clock.now() < (answer.openUntil ?? 0) ||
      holds.has(answer);
    return isOpen || takesLate(answer, part, clock.now());
  }

  /** Ends what has to be ended, sends what is left, forgets what is over. */
  sweep(): void {
    const { table, life } = this.#options;
    for (const answer of table.all()) void life.care(answer, () => this.#lookAfter(answer));
  }

  #lookAfter(answer: Answer): void {
    if (look(answer, this.#restoredAt, this.#options) === 'forget') this.#forget(answer);
  }

  #forget(answer: Answer): void {
    this.#stale.delete(answer);
    this.#undecided.delete(answer);
    this.#options.table.remove(answer);
  }

  #put(answer: Answer, part: Part): void {
    this.#stale.delete(answer);
    putPart(answer, part, this.#options.clock.now());
  }
}
