import { hasKeeper } from '../../core/acceptance.js';
import { nameOf } from '../../core/errors.js';
import { checkOptions } from '../shared/check-options.js';
import { createDuplicates, type Duplicates } from '../shared/duplicates.js';
import { createWeComCrypt } from '../shared/wecom-crypt/index.js';
import type { Answer } from './answer/answer.js';
import { pushReply } from './connection/push-reply.js';
import { drained } from './connection/push-stream.js';
import { decode } from './decode.js';
import { encodeStream } from './encode.js';
import { type Heard, Hearing, type Outcome } from './hearing.js';
import {
  type CheckedWeComBotOptions,
  type WeComBotOptions,
  weComBotOptionsSchema,
} from './options.js';
import { type Received, type Reply, weComBotSteps } from './routes.js';
import { type Callback, callbackSchema } from './schema/callback.js';
import { type Assembly, assemble, type WeComBotParts } from './setup.js';
import { SpeakingPuppet } from './speaking-puppet.js';

/** What other instances are told of an outcome. */
type ToldOutcome = { readonly reply: Reply } | { readonly stream: string };

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
  readonly #hearing: Hearing;
  readonly #duplicates: Duplicates<Outcome>;
  #stopping = new AbortController();

  constructor(options: WeComBotOptions, parts: WeComBotParts = {}) {
    const checked = checkOptions('wecomBot', weComBotOptionsSchema, options);
    const assembly = assemble(checked, parts);
    super(assembly.setup, assembly);
    this.#options = checked;
    this.#assembly = assembly;
    this.#hearing = new Hearing(checked, assembly, {
      message: (payload, beside) => this.emitMessage(payload, beside),
      platform: (event) => this.emitPlatform(event),
      isKept: () => hasKeeper(this),
      fetchSoon: (beside) => this.fetchSoon(beside),
    });
    this.#duplicates = createDuplicates({
      shared: {
        sharing: this.sharing,
        name: assembly.setup.name,
        write: (outcome) => ('answer' in outcome ? { stream: outcome.answer.id } : outcome),
        read: (told) => this.#toldElsewhere(told as ToldOutcome),
      },
    });
    this.offer(this.#steps(), {
      answers: assembly.answering,
      partsOf: (messageId) => this.keptBeside(messageId).said,
      cards: this.cardPort,
      personal: assembly.personal,
      settings: () => ({ key: 'wecomBot', options: checked }),
    });
  }

  override async onStart(): Promise<void> {
    this.#stopping = new AbortController();
    await this.#assembly.open((...args) => {
      this.#take(...args).catch((error: unknown) => this.#tellUntaken(error));
    });
    await super.onStart();
  }

  override async onStop(): Promise<void> {
    await drained(this.#assembly);
    this.#stopping.abort();
    this.#assembly.holds.close();
    await super.onStop();
    await this.#assembly.close();
  }

  #steps() {
    const { mode, token = '', aesKey = '', receiveId } = this.#options;
    if (mode !== 'webhook') return undefined;
    const crypt = createWeComCrypt({ token, encodingAesKey: aesKey, receiveId });
    return weComBotSteps(crypt, (received, { at }) => this.#answer(received, at));
  }

  /** What a request is answered. */
  async #answer({ callback, plaintext }: Received, at: number): Promise<Reply | undefined> {
    const decoded = this.#decode(callback, plaintext, at);
    if (decoded.kind === 'unknown') return 'empty';
    if (decoded.kind === 'refresh') return this.#refresh(decoded.streamId);
    const outcome = await this.#duplicates.once(idOf(decoded), () =>
      this.#hearing.hear(decoded, at),
    );
    if (outcome === undefined) return undefined;
    return 'reply' in outcome ? outcome.reply : this.#frame(outcome.answer, true);
  }

  /** Answers a callback of the long connection. */
  async #take(command: string, reqId: string, body: unknown): Promise<void> {
    const at = this.clock.now();
    const { data } = callbackSchema.safeParse(body);
    const decoded = data && this.#decode(data, JSON.stringify(body), at);
    if (decoded === undefined || decoded.kind === 'unknown' || decoded.kind === 'refresh') return;
    let isNew = false;
    const outcome = await this.#duplicates.once(idOf(decoded), () => {
      isNew = true;
      return this.#hearing.hear(decoded, at);
    });
    if (outcome === undefined || !isNew) return;
    const { feedback } = this.#options;
    const { signal } = this.#stopping;
    const conversationId = decoded.kind === 'event' ? '' : decoded.question.conversation.id;
    const frame = { command, reqId, conversationId };
    await pushReply(outcome, frame, { ...this.#assembly, feedback, signal });
  }

  /** A bot does not die of one callback. */
  #tellUntaken(error: unknown): void {
    const { name } = this.#assembly.setup;
    this.logger.error({
      en: `${name}: a callback could not be answered (${nameOf(error)}).`,
      zh: `${name}：无法应答一次回调（${nameOf(error)}）。`,
    });
  }

  #decode(callback: Callback, plaintext: string, receivedAt: number) {
    const { botName, mode } = this.#options;
    const botId = this.#assembly.setup.name;
    const isConnected = mode === 'websocket';
    return decode(callback, { botId, botName, plaintext, receivedAt, isConnected });
  }

  /** What another instance made of a callback. */
  async #toldElsewhere(told: ToldOutcome): Promise<Outcome | undefined> {
    if ('reply' in told) return told;
    const answer = await this.#assembly.table.findStream(told.stream);
    return answer && { answer };
  }

  /** A refresh asks nothing but memory, unless there are other instances. */
  async #refresh(streamId: string): Promise<Reply | undefined> {
    const { table } = this.#assembly;
    const known = table.byStream(streamId);
    if (!known) await this.sharing.known();
    if (table.shared) return await this.#sharedRefresh(streamId);
    return known ? this.#frame(known, false) : this.#lost(streamId);
  }

  /** What is on the screen is what all instances know, so that no other shows less. */
  async #sharedRefresh(streamId: string): Promise<Reply | undefined> {
    const { table } = this.#assembly;
    try {
      const answer = await table.findStream(streamId);
      if (answer === undefined) return this.#lost(streamId);
      const reply = this.#frame(answer, false);
      const { final } = answer;
      await table.keepSaid(answer);
      // Another one ended it at the same time, in another way.
      return answer.final === final ? reply : this.#frame(answer, false);
    } catch {
      // The platform asks again in a second.
      return undefined;
    }
  }

  #lost(streamId: string): Reply {
    return encodeStream({ id: streamId, finish: true, content: this.#options.texts.lost });
  }

  #frame(answer: Answer, isFirst: boolean): Reply {
    const frame = this.#assembly.answering.frame(answer, isFirst);
    if (frame === undefined) return 'empty';
    const feedback = isFirst && this.#options.feedback && { feedback: { id: answer.eventIds[0] } };
    return encodeStream({ ...frame.stream, ...feedback }, frame.card?.card);
  }
}

function idOf(heard: Heard): string {
  return heard.kind === 'event' ? heard.id : heard.question.id;
}
