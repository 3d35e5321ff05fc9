import type { Clock } from '../../../core/clock.js';
import { CallbackError, textOf } from '../../../core/errors.js';
import { sayingFailureOf } from '../../../core/saying-failure.js';
import { isWildfireError } from '../client/api-error.js';
import type { SentMessage } from '../client/results.js';
import { growingTextPayload } from '../encode.js';
import type { WildfirePayload } from '../schema/payload.js';

/** What showing a growing text takes. */
export interface GrowingTextParts {
  readonly send: (payload: WildfirePayload) => Promise<SentMessage>;
  /** Keeps the text before it is shown. Never rejects. Default: nothing is kept. */
  readonly keep?: () => Promise<void>;
  readonly clock: Clock;
  /** Unique in its conversation. */
  readonly streamId: string;
  /** An earlier process has shown something of it. Default: false. */
  readonly isSeen?: boolean;
  /** The least time between two showings, in ms. Default: 300. */
  readonly gapMs?: number;
}

/** A text that is shown while it grows (流式消息). */
export interface GrowingText {
  /** Something of it may be on a screen. */
  readonly isSeen: boolean;
  /** The chat does not take it: nothing more is shown, only said for good. */
  readonly isRefused: boolean;
  /**
   * Shows the whole text so far, soon; of several only the latest. A showing that fails is left
   * out, because the next one says all that it said.
   */
  show(text: string): void;
  /** Shows nothing more; resolves when nothing is under way. */
  rest(): Promise<void>;
  /**
   * Shows the whole text for good. Throws what sending throws; where nobody knows whether it is shown,
   * it can be shown again: clients know it by its id.
   */
  finish(text: string): Promise<SentMessage>;
}

/** Begins a growing text; nothing is sent before the first `show`. */
export function createGrowingText(parts: GrowingTextParts): GrowingText {
  return new ShownText(parts);
}

class ShownText implements GrowingText {
  isSeen: boolean;
  isRefused = false;
  readonly #parts: GrowingTextParts;
  #latest: string | undefined;
  #running: Promise<void> | undefined;
  readonly #resting = new AbortController();

  constructor(parts: GrowingTextParts) {
    this.#parts = parts;
    this.isSeen = parts.isSeen ?? false;
  }

  show(text: string): void {
    if (this.isRefused || this.#resting.signal.aborted) return;
    this.#latest = text;
    this.#running ??= this.#run();
  }

  async rest(): Promise<void> {
    this.#latest = undefined;
    this.#resting.abort();
    await this.#running;
  }

  async finish(text: string): Promise<SentMessage> {
    // A showing under way must not arrive after the last word.
    await this.rest();
    const { send, streamId } = this.#parts;
    try {
      return await send(growingTextPayload(text, streamId, true));
    } catch (error) {
      throw sayingFailureOf(error).kind === 'unknown' ? perhapsFinished(error) : error;
    }
  }

  async #run(): Promise<void> {
    const { clock, keep, gapMs = 300 } = this.#parts;
    while (this.#latest !== undefined) {
      const text = this.#latest;
      this.#latest = undefined;
      await keep?.();
      await this.#showOnce(text);
      await clock.sleep(gapMs, this.#resting.signal).catch(() => {});
    }
    this.#running = undefined;
  }

  async #showOnce(text: string): Promise<void> {
    const { send, streamId } = this.#parts;
    try {
      await send(growingTextPayload(text, streamId, false));
      this.isSeen = true;
    } catch (error) {
      // Of what may have come through all the same, nobody can say that it did not.
      const isSure = isWildfireError(error) && !error.isAmbiguous;
      if (!isSure) this.isSeen = true;
      else this.isRefused = !error.isRetryable;
      if (this.isRefused) this.#latest = undefined;
    }
  }
}

function perhapsFinished(cause: unknown): CallbackError {
  return new CallbackError('wildfire-perhaps-shown', {
    text: textOf(cause),
    cause,
    saying: { kind: 'unknown', isRepeatable: true },
  });
}
