import type { Clock } from '../../../core/clock.js';
import { growingTextPayload } from '../encode.js';
import type { WildfirePayload } from '../schema/payload.js';

/** What showing a growing text takes. */
export interface GrowingTextParts {
  readonly send: (payload: WildfirePayload) => Promise<unknown>;
  readonly clock: Clock;
  /** Unique in its conversation. */
  readonly streamId: string;
  /** The least time between two showings, in ms. Default: 300. */
  readonly gapMs?: number;
  readonly signal?: AbortSignal;
}

/** A text that is shown while it grows (流式消息). */
export interface GrowingText {
  /**
   * Shows the whole text so far, soon; of several only the latest. A showing that fails is left
   * out, because the next one says all that it said.
   */
  show(text: string): void;
  /** Shows the whole text for good. Throws what sending throws. */
  finish(text: string): Promise<void>;
}

/** Begins a growing text; nothing is sent before the first `show`. */
export function createGrowingText(parts: GrowingTextParts): GrowingText {
  const { send, clock, streamId, gapMs = 300, signal } = parts;
  let latest: string | undefined;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (latest !== undefined) {
      const text = latest;
      latest = undefined;
      await send(growingTextPayload(text, streamId, false)).catch(() => {});
      await clock.sleep(gapMs, signal).catch(() => {
        latest = undefined;
      });
    }
    running = undefined;
  };
  return {
    show: (text) => {
      latest = text;
      running ??= run();
    },
    finish: async (text) => {
      latest = undefined;
      // A showing under way must not arrive after the last word.
      await running;
      await send(growingTextPayload(text, streamId, true));
    },
  };
}
