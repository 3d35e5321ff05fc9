import type { payloads } from 'wechaty-puppet';
import type { Acceptance } from '../../core/acceptance.js';
import { runInAnswer } from '../../core/answer-scope.js';
import type { PlatformEvent } from '../../core/platform-event.js';
import type { Answer } from './answer/answer.js';
import { type ClickedCard, eventReply } from './answer/event-reply.js';
import type { Awaited } from './answer/holds.js';
import type { Decoded, DecodedMessage } from './decoded.js';
import { encodeCard } from './encode.js';
import { chosenIn } from './event-variables.js';
import type { CheckedWeComBotOptions } from './options.js';
import type { Reply } from './routes.js';
import type { Assembly } from './setup.js';
import type { Beside } from './speaking-puppet.js';

/** The ways in which a puppet emits. */
export interface Emitter {
  message(payload: payloads.Message, beside: Beside): Promise<Acceptance>;
  platform(event: PlatformEvent): Promise<Acceptance>;
  /** Somebody says what comes of each event. */
  isKept(): boolean;
  /** Begins to fetch a file. */
  fetchSoon(beside: Beside): void;
}

/** What a callback is answered. A message's stream has moved on when it is delivered again. */
export type Outcome = { readonly answer: Answer } | { readonly reply: Reply };

/** What is heard: everything but refreshes. */
export type Heard = Exclude<Decoded, { kind: 'unknown' | 'refresh' }>;
type Held = Extract<Decoded, { kind: 'welcome' | 'click' }>;
type Messages = Extract<Decoded, { kind: 'messages' }>;

/** Tells a bot what happened, and finds out how that is answered. */
export class Hearing {
  readonly #options: CheckedWeComBotOptions;
  readonly #assembly: Assembly;
  readonly #emitter: Emitter;

  constructor(options: CheckedWeComBotOptions, assembly: Assembly, emitter: Emitter) {
    this.#options = options;
    this.#assembly = assembly;
    this.#emitter = emitter;
  }

  /**
   * Emits what happened. Resolves with its answer, or `undefined` when it could not be kept.
   *
   * @param at when it arrived, in ms since 1970
   */
  async hear(heard: Heard, at: number): Promise<Outcome | undefined> {
    const wasKept = this.#emitter.isKept();
    // Who keeps events may leave while others are asked: then the platform is to deliver it again.
    const hasLeft = () => wasKept && !this.#emitter.isKept();
    if (heard.kind === 'messages') {
      // Known though it is heard for the first time: from before a restart.
      const answer = await this.#assembly.table.findEvent(heard.question.id);
      if (answer?.isStreamed) return { answer };
      // Begun by an instance that is gone, before it could say how it is answered.
      const begun = answer?.openUntil ? answer : undefined;
      return await this.#hearMessages(heard, { at, hasLeft }, begun);
    }
    if (heard.kind !== 'event') return await this.#hearHeld(heard, { at, hasLeft });
    const { kind } = await this.#emitter.platform(heard.event);
    return kind === 'failed' ? undefined : { reply: 'empty' };
  }

  async #hearMessages(
    { question, messages }: Messages,
    { at, hasLeft }: Circumstances,
    begun: Answer | undefined,
  ): Promise<Outcome | undefined> {
    const { answering, table } = this.#assembly;
    const answer =
      begun ?? answering.begin(question, 'message', { eventIds: idsOf(question.id, messages) });
    await table.shared?.publish(answer);
    const { speaks, isKept, tasks } = await this.#emitAll(messages, hasLeft);
    if (!isKept) {
      answering.drop(answer);
      return undefined;
    }
    const isKnown = tasks?.length === 0;
    // Of tasks that were known before nobody tells the end: silence is the end then.
    if (begun && isKnown) return await this.#firstAnswer(answer, at);
    answering.expect(answer, tasks);
    // What was heard before has been answered, or has another stream.
    const isAnswered = !speaks || (isKnown && answer.parts.length === 0);
    return isAnswered ? await this.#close(answer) : await this.#firstAnswer(answer, at);
  }

  /** Nothing will be said. */
  async #close(answer: Answer): Promise<Outcome> {
    await this.#assembly.answering.decide(answer, false);
    return { reply: 'empty' };
  }

  /** A stream, unless a card turns out to be all. */
  async #firstAnswer(answer: Answer, at: number): Promise<Outcome> {
    const { answering, clock, timing } = this.#assembly;
    const firstWordMs = Math.min(this.#options.firstWordMs, at + timing.heldMs - clock.now());
    await this.#hold(answer, 'word', firstWordMs);
    const alone = cardAlone(answer);
    await answering.decide(answer, alone === undefined);
    return alone === undefined ? { answer } : { reply: alone };
  }

  /** Emits messages in their order, as one question. */
  async #emitAll(messages: readonly DecodedMessage[], hasLeft: Circumstances['hasLeft']) {
    if (hasLeft()) return unheard;
    const emitter = this.#emitter;
    const heard: Acceptance[] = [];
    for (const { payload, ...beside } of messages) {
      const emit = () => emitter.message(payload, beside);
      heard.push(await runInAnswer({ eventId: payload.id }, emit));
      // Without the plugin files are asked for by the bot's own code, often later than they last.
      if (!emitter.isKept()) emitter.fetchSoon(beside);
    }
    return this.#summary(heard);
  }

  #summary(heard: readonly Acceptance[]) {
    const speaking = heard.filter((one) => one.kind === 'accepted' && one.speaks);
    const told = speaking.map((one) => (one.kind === 'accepted' ? one.tasks : undefined));
    const isTold = told.length > 0 && told.every((tasks) => tasks !== undefined);
    return {
      isKept: !heard.some(({ kind }) => kind === 'failed'),
      speaks: speaking.length > 0 || !this.#emitter.isKept(),
      tasks: isTold ? told.flat() : undefined,
    };
  }

  /** The answer to a welcome or a click goes back at once. */
  async #hearHeld(heard: Held, { at, hasLeft }: Circumstances): Promise<Outcome | undefined> {
    const { answering, table, clock, timing } = this.#assembly;
    const { kind, question, event } = heard;
    const taskId = heard.kind === 'click' ? heard.click.task_id : undefined;
    const answer = answering.begin(question, kind, taskId ? { taskId } : {});
    await table.shared?.publish(answer);
    const emit = () => this.#emitter.platform(event);
    const { speaks, isKept, tasks } = hasLeft()
      ? unheard
      : this.#summary([await runInAnswer({ eventId: event.id }, emit)]);
    if (!isKept) {
      answering.drop(answer);
      return undefined;
    }
    answering.expect(answer, tasks);
    if (speaks) await this.#hold(answer, 'end', at + timing.heldMs - clock.now());
    const reply = eventReply(answer, await this.#clicked(heard));
    await answering.decide(answer, false);
    return { reply };
  }

  /** Waits for what is said, here or in another instance. */
  async #hold(answer: Answer, awaited: Awaited, ms: number): Promise<void> {
    if (ms <= 0) return;
    const { holds, life } = this.#assembly;
    const leave = life.follow(answer, () => holds.wake(answer));
    await holds.hold(answer, awaited, ms);
    leave();
  }

  /** The card that is to be put out of use, if that is wanted and it is known. */
  async #clicked(heard: Held): Promise<ClickedCard> {
    if (heard.kind !== 'click' || !this.#options.disableClicked) return {};
    const { click } = heard;
    const card = await this.#assembly.cards.find(click.task_id);
    return card ? { card, chosen: chosenIn(click), pressed: click.event_key } : {};
  }
}

/** Under which something is heard. */
interface Circumstances {
  /** When it arrived, in ms since 1970. */
  readonly at: number;
  /** Whoever kept events when it arrived does so no more. */
  readonly hasLeft: () => boolean;
}

const unheard = { speaks: false, isKept: false, tasks: undefined } as const;

/** The question's own first. */
function idsOf(id: string, messages: readonly DecodedMessage[]): Answer['eventIds'] {
  return [id, ...messages.map(({ payload }) => payload.id).filter((other) => other !== id)];
}

/** The card of an answer in which nothing but that is said. */
function cardAlone(answer: Answer): Reply | undefined {
  const [card, ...more] = answer.parts;
  if (!answer.isComplete || card?.kind !== 'card' || more.length > 0) return undefined;
  card.isSent = true;
  return encodeCard(card.card);
}
