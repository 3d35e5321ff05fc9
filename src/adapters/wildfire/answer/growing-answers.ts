import { createHash } from 'node:crypto';
import { currentAnswer } from '../../../core/answer-scope.js';
import type { Clock } from '../../../core/clock.js';
import type { AnswerPort } from '../../../core/puppet-extras.js';
import { sayingFailureOf } from '../../../core/saying-failure.js';
import type { SentMessage } from '../client/results.js';
import type { Say } from '../client/say.js';
import { isOutsideRoom } from '../conversation-id.js';
import { createGrowingText, type GrowingText } from './growing-text.js';
import { insist } from './insist.js';
import type { OpenText, OpenTexts, OpenWay } from './open-texts.js';

/** What growing answers take. */
export interface GrowingAnswersOptions {
  readonly texts: OpenTexts;
  readonly say: Say;
  /** The way for an answer to an event into a conversation to which the bot belongs. */
  readonly wayTo: (conversationId: string, eventId: string) => Promise<OpenWay>;
  readonly clock: Clock;
}

interface Growing {
  record: OpenText;
  readonly shown: GrowingText;
  /** Of an earlier process, and nothing was heard of it since. */
  isLeft: boolean;
}

/**
 * How long a text of an earlier process waits for its task, in ms. A journal in memory has forgotten
 * the task, and nobody will ever end its answer.
 */
const orphanMs = 600_000;

/**
 * The texts that grow on the screens of a bot (types 14 and 15). Each is one message to whoever
 * reads it, under one id that its task determines: so it goes on growing after a restart.
 */
export class GrowingAnswers implements AnswerPort {
  readonly #options: GrowingAnswersOptions;
  readonly #open = new Map<string, Growing>();
  /** Last words under way. */
  readonly #ending = new Set<Promise<unknown>>();
  #closing = new AbortController();

  constructor(options: GrowingAnswersOptions) {
    this.#options = options;
  }

  /** Takes over what an earlier process left. */
  async open(): Promise<void> {
    this.#closing = new AbortController();
    const { signal } = this.#closing;
    const left = await this.#options.texts.open();
    for (const record of left) {
      if (this.#open.has(record.streamId)) continue;
      const growing = this.#add(record, true);
      if (record.isOver) void this.#endInTheEnd(growing, signal);
    }
    if (left.length > 0) void this.#endOrphans(signal);
  }

  /** Shows nothing more. What is open stays known: its task goes on in the next process. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(Array.from(this.#open.values(), ({ shown }) => shown.rest()));
    await Promise.allSettled(this.#ending);
    this.#open.clear();
    await this.#options.texts.close();
  }

  show(conversationId: string, text: string): boolean {
    const growing = this.#current(conversationId) ?? this.#begin(conversationId);
    if (growing === undefined || growing.record.isDone || growing.shown.isRefused) return false;
    growing.isLeft = false;
    // After a restart it grows from its beginning once more: the screen waits until it is longer.
    if (text.length <= growing.record.text.length) return true;
    growing.record = { ...growing.record, text };
    growing.shown.show(text);
    return true;
  }

  /**
   * Says a text for good in place of the one that grows under the key of the answer scope.
   *
   * @returns undefined when none does: it is to be said as a message of its own
   * @throws what saying throws
   */
  async finish(conversationId: string, text: string): Promise<SentMessage | undefined> {
    const growing = this.#current(conversationId);
    if (growing === undefined) return undefined;
    growing.isLeft = false;
    await growing.shown.rest();
    if (!growing.shown.isSeen) {
      await this.#forget(growing);
      return undefined;
    }
    return await this.#end(growing, text);
  }

  /** A task that failed or was called off leaves what was shown so far. */
  async complete(eventId: string, taskId: string): Promise<void> {
    const ofTask = [...this.#open.values()].filter(
      ({ record }) => record.eventId === eventId && record.key.startsWith(`${taskId}/`),
    );
    await Promise.all(ofTask.map((growing) => this.#settle(growing)));
  }

  async #settle(growing: Growing): Promise<void> {
    await growing.shown.rest();
    // Taken away at once, another end of the same text has begun already.
    if (!this.#open.has(growing.record.streamId) || growing.record.isOver) return;
    if (await this.#isEnded(growing)) await this.#forget(growing);
    else {
      growing.record = { ...growing.record, isOver: true };
      await this.#options.texts.keep(growing.record);
      void this.#endInTheEnd(growing, this.#closing.signal);
    }
  }

  /** Ends a text with what was shown last; false when that is to be tried again. */
  async #isEnded(growing: Growing): Promise<boolean> {
    const { isDone, text } = growing.record;
    if (isDone || !growing.shown.isSeen) return true;
    try {
      await this.#end(growing, text);
      return true;
    } catch (error) {
      // Where the chat takes nothing, clients drop what was never ended once they start again.
      return sayingFailureOf(error).kind === 'rejected';
    }
  }

  /** Tries until the server is there: a text that is never ended grows on the screens for ever. */
  async #endInTheEnd(growing: Growing, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    if (await insist(clock, signal, () => this.#isEnded(growing))) await this.#forget(growing);
  }

  async #end(growing: Growing, text: string): Promise<SentMessage> {
    const ending = this.#sayLast(growing, text);
    this.#ending.add(ending);
    try {
      return await ending;
    } finally {
      this.#ending.delete(ending);
    }
  }

  async #sayLast(growing: Growing, text: string): Promise<SentMessage> {
    const sent = await growing.shown.finish(text);
    growing.record = { ...growing.record, text, isDone: true };
    await this.#options.texts.keep(growing.record);
    return sent;
  }

  async #forget({ record }: Growing): Promise<void> {
    this.#open.delete(record.streamId);
    await this.#options.texts.forget(record);
  }

  #current(conversationId: string): Growing | undefined {
    const { eventId, key } = currentAnswer() ?? {};
    if (eventId === undefined || key === undefined) return undefined;
    return this.#open.get(streamIdOf(conversationId, eventId, key));
  }

  /** A chat that takes nothing but replies to one message takes them whole. */
  #begin(conversationId: string): Growing | undefined {
    const { eventId, key } = currentAnswer() ?? {};
    if (eventId === undefined || key === undefined) return undefined;
    if (isOutsideRoom(conversationId) || this.#closing.signal.aborted) return undefined;
    const streamId = streamIdOf(conversationId, eventId, key);
    return this.#add({ key, eventId, conversationId, streamId, text: '', isDone: false }, false);
  }

  #add(record: OpenText, isLeft: boolean): Growing {
    const { texts, clock, say, wayTo } = this.#options;
    const { conversationId, eventId, streamId } = record;
    const growing: Growing = {
      record,
      isLeft,
      shown: createGrowingText({
        clock,
        streamId,
        isSeen: isLeft,
        keep: () => texts.keep(growing.record),
        send: async (payload) => {
          const route = growing.record.route ?? (await wayTo(conversationId, eventId));
          growing.record = { ...growing.record, route };
          return await say(route, payload);
        },
      }),
    };
    this.#open.set(streamId, growing);
    return growing;
  }

  async #endOrphans(signal: AbortSignal): Promise<void> {
    try {
      await this.#options.clock.sleep(orphanMs, signal, { ref: false });
    } catch {
      return;
    }
    const orphans = [...this.#open.values()].filter(
      ({ isLeft, record }) => isLeft && !record.isOver,
    );
    await Promise.all(orphans.map((growing) => this.#settle(growing)));
  }
}

/** The same in every process that works on a task. */
function streamIdOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
