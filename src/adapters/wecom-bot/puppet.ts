import { type Acceptance, hasKeeper } from '../../core/acceptance.js';
import { runInAnswer } from '../../core/answer-scope.js';
import { checkOptions } from '../shared/check-options.js';
import { createDuplicates } from '../shared/duplicates.js';
import type { Arrival } from '../shared/webhook.js';
import { createWeComCrypt } from '../shared/wecom-crypt/index.js';
import type { Answer } from './answer/answer.js';
import { eventReply } from './answer/event-reply.js';
import { decode } from './decode.js';
import type { Decoded, DecodedMessage } from './decoded.js';
import { encodeCard, encodeStream } from './encode.js';
import { chosenIn } from './event-variables.js';
import {
  type CheckedWeComBotOptions,
  type WeComBotOptions,
  weComBotOptionsSchema,
} from './options.js';
import { type Received, type Reply, weComBotSteps } from './routes.js';
import { type Assembly, assemble, type WeComBotParts } from './setup.js';
import { type Beside, SpeakingPuppet } from './speaking-puppet.js';

/** What a callback is answered. A message's stream has moved on when it is delivered again. */
type Outcome = { readonly answer: Answer } | { readonly reply: Reply };

type Held = Extract<Decoded, { kind: 'welcome' | 'click' }>;

/** The platform waits five seconds (D101027); what is left is for the way back, in ms. */
const heldMs = 4500;

/**
 * A WeCom AI bot (企业微信智能机器人) as a Wechaty puppet. What is said to a message is shown in one
 * bubble that grows while it is said; what comes too late for that goes out once more by itself.
 *
 * @throws CallbackError `wecomBot-options-invalid`
 * @example
 * const puppet = new PuppetWeComBot({ token, aesKey, botName: '小助手' });
 * const bot = WechatyBuilder.build({ puppet });
 */
export class PuppetWeComBot extends SpeakingPuppet {
  readonly #options: CheckedWeComBotOptions;
  readonly #assembly: Assembly;
  readonly #duplicates = createDuplicates<Outcome>();

  constructor(options: WeComBotOptions, parts: WeComBotParts = {}) {
    const checked = checkOptions('wecomBot', weComBotOptionsSchema, options);
    const assembly = assemble(checked, parts);
    super(assembly.setup, assembly);
    this.#options = checked;
    this.#assembly = assembly;
    const { token, aesKey, receiveId } = checked;
    const crypt = createWeComCrypt({ token, encodingAesKey: aesKey, receiveId });
    const steps = weComBotSteps(crypt, (received, arrival) => this.#answer(received, arrival));
    this.offer(steps, { answers: assembly.answering, cards: this.cardPort });
  }

  override async onStart(): Promise<void> {
    await this.#assembly.open();
    await super.onStart();
  }

  override async onStop(): Promise<void> {
    this.#assembly.holds.close();
    await super.onStop();
    await this.#assembly.close();
  }

  async #answer(received: Received, arrival: Arrival): Promise<Reply | undefined> {
    const { callback, plaintext } = received;
    const { botName } = this.#options;
    const botId = this.#assembly.setup.name;
    const decoded = decode(callback, { botId, botName, plaintext, receivedAt: arrival.at });
    if (decoded.kind === 'unknown') return 'empty';
    if (decoded.kind === 'refresh') return this.#refresh(decoded.streamId);
    const id = decoded.kind === 'event' ? decoded.id : decoded.question.id;
    const outcome = await this.#duplicates.once(id, () => this.#hear(decoded, arrival));
    if (outcome === undefined) return undefined;
    return 'reply' in outcome ? outcome.reply : this.#frame(outcome.answer, true);
  }

  async #hear(
    decoded: Exclude<Decoded, { kind: 'unknown' | 'refresh' }>,
    arrival: Arrival,
  ): Promise<Outcome | undefined> {
    if (decoded.kind === 'messages') {
      // Known though it is heard for the first time: from before a restart.
      const answer = this.#assembly.table.byEvent(decoded.question.id);
      return answer?.isStreamed ? { answer } : await this.#hearMessages(decoded);
    }
    if (decoded.kind !== 'event') return await this.#hearHeld(decoded, arrival);
    const { kind } = await this.emitPlatform(decoded.event);
    return kind === 'failed' ? undefined : { reply: 'empty' };
  }

  /** A refresh asks nothing but memory. */
  #refresh(streamId: string): Reply {
    const answer = this.#assembly.table.byStream(streamId);
    if (answer !== undefined) return this.#frame(answer, false);
    return encodeStream({ id: streamId, finish: true, content: this.#options.texts.lost });
  }

  #frame(answer: Answer, isFirst: boolean): Reply {
    const frame = this.#assembly.answering.frame(answer, isFirst);
    if (frame === undefined) return 'empty';
    const feedback = isFirst && this.#options.feedback && { feedback: { id: answer.eventIds[0] } };
    return encodeStream({ ...frame.stream, ...feedback }, frame.card?.card);
  }

  async #hearMessages({
    question,
    messages,
  }: Extract<Decoded, { kind: 'messages' }>): Promise<Outcome | undefined> {
    const { answering, holds } = this.#assembly;
    const others = messages.map(({ payload }) => payload.id).filter((id) => id !== question.id);
    const answer = answering.begin(question, 'message', { eventIds: [question.id, ...others] });
    const { speaks, isKept, tasks } = await this.#emitAll(messages);
    if (!isKept) {
      answering.drop(answer);
      return undefined;
    }
    answering.expect(answer, tasks);
    // What was heard before has been answered, or has another stream.
    const isAnswered = !speaks || (tasks?.length === 0 && answer.parts.length === 0);
    if (!isAnswered) await holds.hold(answer, 'word', this.#options.firstWord);
    const alone = isAnswered ? undefined : cardAlone(answer);
    await answering.decide(answer, !isAnswered && alone === undefined);
    if (alone !== undefined) return { reply: alone };
    return isAnswered ? { reply: 'empty' } : { answer };
  }

  /** Emits messages in their order, as one question. */
  async #emitAll(messages: readonly DecodedMessage[]) {
    const heard: Acceptance[] = [];
    for (const { payload, media } of messages) {
      const beside: Beside = media ? { media } : {};
      const emit = () => this.emitMessage(payload, beside);
      heard.push(await runInAnswer({ eventId: payload.id }, emit));
      if (hasKeeper(this)) continue;
      // Without the plugin files are asked for by the bot's own code, often later than they last.
      this.fetchSoon(beside);
    }
    return this.#summary(heard);
  }

  #summary(heard: readonly Acceptance[]) {
    const accepted = heard.filter((one) => one.kind === 'accepted');
    const isAnybody = !hasKeeper(this);
    const speaking = accepted.filter((one) => one.speaks);
    const isTold = speaking.length > 0 && speaking.every(({ tasks }) => tasks !== undefined);
    return {
      isKept: !heard.some(({ kind }) => kind === 'failed'),
      speaks: isAnybody || speaking.length > 0,
      tasks: isTold ? speaking.flatMap(({ tasks }) => tasks ?? []) : undefined,
    };
  }

  /** The answer to a welcome or a click goes back in the response itself. */
  async #hearHeld(decoded: Held, arrival: Arrival): Promise<Outcome | undefined> {
    const { answering, holds, cards } = this.#assembly;
    const { kind, question, event } = decoded;
    const taskId = decoded.kind === 'click' ? decoded.click.task_id : undefined;
    const answer = answering.begin(question, kind, taskId ? { taskId } : {});
    const emit = () => this.emitPlatform(event);
    const heard = await runInAnswer({ eventId: event.id }, emit);
    const { speaks, isKept, tasks } = this.#summary([heard]);
    if (!isKept) {
      answering.drop(answer);
      return undefined;
    }
    answering.expect(answer, tasks);
    const leftMs = arrival.at + heldMs - this.clock.now();
    if (speaks) await holds.hold(answer, 'end', leftMs);
    const original = taskId === undefined ? undefined : cards.get(taskId);
    const click = decoded.kind === 'click' && this.#options.disableClicked && original;
    const reply = eventReply(answer, {
      ...(click && {
        card: click,
        chosen: chosenIn(decoded.click),
        pressed: decoded.click.event_key,
      }),
    });
    await answering.decide(answer, false);
    return { reply };
  }
}

/** The card of an answer in which nothing but that is said. */
function cardAlone(answer: Answer): Reply | undefined {
  const [card, ...more] = answer.parts;
  if (!answer.isComplete || card?.kind !== 'card' || more.length > 0) return undefined;
  card.isSent = true;
  return encodeCard(card.card);
}
