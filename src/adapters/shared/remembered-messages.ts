import { LRUCache } from 'lru-cache';
import type { payloads } from 'wechaty-puppet';
import type { Clock } from '../../core/clock.js';
import { CallbackError } from '../../core/errors.js';
import { defaultMemoryLimits } from '../../core/memory-limits.js';
import type { PersonalData } from '../../core/personal-records.js';
import { bytesOf, shortened } from '../../core/remembered.js';
import { MessageEnds } from './message-ends.js';

/** A message, with what an adapter keeps with it. */
export interface KeptMessage<Beside> {
  readonly payload: payloads.Message;
  readonly beside: Beside;
  /** A long text was cut, because the message was delivered before. */
  readonly isCut: boolean;
}

interface WholeMessage<Beside> extends KeptMessage<Beside> {
  readonly bytes: number;
  /** On the clock, in ms since 1970. */
  readonly since: number;
  /** How many still deliver it. */
  holds: number;
}

/** Remembered at most, however small they are. */
const maxMessages = 5000;
/** Who is told of a message without saying when it has it, asks for it within this time, in ms. */
const wholeMs = 60_000;
/** What such messages may take, in bytes. */
const maxWholeBytes = 16_000_000;

/** What puppets of ours put into the payload of a message whose sender limits how long it may be kept. */
interface Keeping {
  readonly keepSeconds?: number;
}

/**
 * The messages that a puppet can be asked about. Whole as long as they are delivered; after that they
 * are only remembered, the newest in so many bytes, with their long texts cut. A message whose sender
 * limits how long it may be kept is forgotten at the end of that time, or of its delivery.
 */
export class RememberedMessages<Beside> {
  readonly #clock: Pick<Clock, 'now' | 'sleep'>;
  readonly #ends: MessageEnds;
  /** Oldest first. */
  readonly #whole = new Map<string, WholeMessage<Beside>>();
  #wholeBytes = 0;
  #remembered = this.#roomFor(defaultMemoryLimits.messageBytes);

  constructor(clock: Pick<Clock, 'now' | 'sleep'>) {
    this.#clock = clock;
    this.#ends = new MessageEnds(clock, (id) => this.#forgetUnheld(id));
  }

  /** From now on so many bytes are remembered. */
  limit(bytes: number): void {
    if (this.#remembered.maxSize === Math.max(1, bytes)) return;
    const former = this.#remembered;
    this.#remembered = this.#roomFor(bytes);
    for (const [id, kept] of [...former.entries()].toReversed()) this.#remembered.set(id, kept);
  }

  /**
   * Takes a message. Whole for a minute, and until every `hold` of it is over.
   */
  keep(payload: payloads.Message, beside: Beside): void {
    const { id } = payload;
    this.#forgetWhole(id);
    const bytes = bytesOf(payload) + bytesOf(beside);
    const since = this.#clock.now();
    this.#whole.set(id, { payload, beside, isCut: false, bytes, since, holds: 0 });
    this.#wholeBytes += bytes;
    const { keepSeconds } = payload as Keeping;
    this.#ends.set(id, keepSeconds === undefined ? undefined : since + keepSeconds * 1000);
    this.#settleOld(id);
  }

  /** It is being delivered; answers how to say that it is. */
  hold(id: string): () => void {
    const message = this.#whole.get(id);
    if (message === undefined) return () => {};
    message.holds += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      message.holds -= 1;
      if (message.holds === 0 && this.#whole.get(id) === message) this.#settle(id, message);
    };
  }

  /** What the messages take that are whole, in bytes. */
  get wholeBytes(): number {
    return this.#wholeBytes;
  }

  /** @throws CallbackError `message-forgotten` for one that is not known, or not any more */
  get(id: string): KeptMessage<Beside> {
    if (this.#ends.isOver(id)) this.#forgetUnheld(id);
    const kept = this.#whole.get(id) ?? this.#remembered.get(id);
    if (kept === undefined) throw forgotten(id);
    return kept;
  }

  /** @throws CallbackError `message-forgotten` likewise, and for one whose long text was cut */
  whole(id: string): payloads.Message {
    const { payload, isCut } = this.get(id);
    if (isCut) throw forgotten(id);
    return payload;
  }

  /** What a person said, and what was said in the private chat with them. */
  of(userId: string): readonly payloads.Message[] {
    return this.ids()
      .map((id) => this.get(id).payload)
      .filter((payload) => isOf(payload, userId));
  }

  /** Forgets that; what is being delivered, when that is over. */
  forget(userId: string): void {
    for (const { id } of this.of(userId)) {
      this.#ends.set(id, this.#clock.now());
      this.#forgetUnheld(id);
    }
  }

  /** The same for those who look after data of people. */
  personal(): PersonalData {
    return {
      of: async (userId) => this.of(userId).map((value) => ({ kind: 'message', value })),
      forget: async (userId) => this.forget(userId),
    };
  }

  /** All that are known. */
  ids(): string[] {
    return [...new Set([...this.#whole.keys(), ...this.#remembered.keys()])];
  }

  #roomFor(bytes: number): LRUCache<string, KeptMessage<Beside>> {
    return new LRUCache({
      max: maxMessages,
      maxSize: Math.max(1, bytes),
      sizeCalculation: ({ payload, beside }) => bytesOf(payload) + bytesOf(beside),
      dispose: (_kept, id, reason) => {
        if (reason === 'evict' && !this.#whole.has(id)) this.#ends.delete(id);
      },
    });
  }

  #settleOld(newest: string): void {
    const latest = this.#clock.now() - wholeMs;
    for (const [id, message] of this.#whole) {
      const isWanted = message.since > latest && this.#wholeBytes <= maxWholeBytes;
      if (isWanted || id === newest) break;
      if (message.holds === 0) this.#settle(id, message);
    }
  }

  #settle(id: string, message: WholeMessage<Beside>): void {
    this.#forgetWhole(id);
    if (this.#ends.isOver(id)) return this.#forgetUnheld(id);
    const { value, cutFrom } = shortened({ payload: message.payload, beside: message.beside });
    this.#remembered.set(id, { ...value, isCut: cutFrom !== undefined });
    // There may be no room for it.
    if (!this.#remembered.has(id)) this.#ends.delete(id);
  }

  /** Its time is over; as long as it is delivered it stays. */
  #forgetUnheld(id: string): void {
    if ((this.#whole.get(id)?.holds ?? 0) > 0) return;
    this.#forgetWhole(id);
    this.#remembered.delete(id);
    this.#ends.delete(id);
  }

  #forgetWhole(id: string): void {
    this.#wholeBytes -= this.#whole.get(id)?.bytes ?? 0;
    this.#whole.delete(id);
  }
}

function isOf({ talkerId, listenerId, roomId }: payloads.Message, userId: string): boolean {
  return talkerId === userId || (!roomId && listenerId === userId);
}

function forgotten(messageId: string): CallbackError {
  return new CallbackError('message-forgotten', {
    text: {
      en: `The message ${messageId} is not known, or not as a whole any more: only the last ones are (\`memory.messages\`), and none longer than its sender allows.`,
      zh: `未知或已不完整的消息 ${messageId}：仅保留最近的消息（\`memory.messages\`），且不超过发送者限定的时间。`,
    },
  });
}
