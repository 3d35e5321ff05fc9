import type { Acceptance } from '../../core/acceptance.js';
import { type Clock, systemClock } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';

/** Emits an event once more. */
export type EmitAgain = () => Promise<Acceptance>;

/** What holding takes. */
export interface UnkeptOptions {
  /** The adapter's, for the log. */
  readonly name: string;
  readonly logger: Logger;
  /** How many events at most. Default: 1,000. */
  readonly max?: number;
  /** Whether what they hold takes too much memory for one more. Default: never. */
  readonly isFull?: () => boolean;
  /** The first pause in ms; it doubles up to `maxPauseMs`. Default: 500. */
  readonly pauseMs?: number;
  /** Default: 30,000. */
  readonly maxPauseMs?: number;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/** Events that could not be kept, of a platform that never sends them again. */
export interface UnkeptEvents {
  /**
   * Takes one; it is tried again until it is kept. Those before it are tried at once: whatever comes
   * in may be the first sign that the journal works. Answers false when there is no more room.
   */
  add(emit: EmitAgain): boolean;
  /** How many there are. */
  count(): number;
  /** Tries all once more and gives up what fails; the log says how many. */
  close(): Promise<void>;
}

/**
 * Holds such events in memory, in their order, and tries the first of them again and again: when it
 * is kept, the journal works, and the others follow at once.
 */
export function createUnkeptEvents(options: UnkeptOptions): UnkeptEvents {
  const { max = 1000, pauseMs = 500, maxPauseMs = 30_000, clock = systemClock } = options;
  const log = unkeptLog(options);
  const held: EmitAgain[] = [];
  let closing = new AbortController();
  let running: Promise<void> | undefined;
  let nudged = new AbortController();

  const keepFirst = async (): Promise<boolean> => {
    const [first] = held;
    if (first === undefined || (await first()).kind === 'failed') return false;
    held.shift();
    return true;
  };
  const pause = async (failures: number, signal: AbortSignal) => {
    nudged = new AbortController();
    const ends = AbortSignal.any([signal, nudged.signal]);
    await clock.sleep(Math.min(pauseMs * 2 ** failures, maxPauseMs), ends, { ref: false });
  };
  const run = async (signal: AbortSignal) => {
    let failures = 0;
    while (held.length > 0 && !signal.aborted) {
      // The pause comes first: an event gets here because keeping has just failed.
      if (failures >= 0) await pause(failures, signal).catch(() => {});
      if (!signal.aborted) failures = (await keepFirst()) ? -1 : failures + 1;
    }
    if (held.length === 0) log.kept();
  };
  return {
    add: (emit) => {
      nudged.abort();
      if (held.length >= max || options.isFull?.()) {
        log.full();
        return false;
      }
      held.push(emit);
      if (held.length === 1) log.begun();
      running ??= run(closing.signal).finally(() => {
        running = undefined;
      });
      return true;
    },
    count: () => held.length,
    close: async () => {
      closing.abort();
      closing = new AbortController();
      await running;
      while (await keepFirst());
      if (held.length > 0) log.lost(held.splice(0).length);
    },
  };
}

function unkeptLog({ name, logger }: UnkeptOptions) {
  let hasToldFull = false;
  return {
    begun: () => {
      logger.error({
        en: `${name}: an event could not be kept. It is held in memory and tried again, because this platform sends nothing twice.`,
        zh: `${name}：有事件未能保存。该平台不会重发，故暂存内存并不断重试。`,
      });
    },
    kept: () => {
      hasToldFull = false;
      logger.info({
        en: `${name}: all events are kept again.`,
        zh: `${name}：所有事件均已保存。`,
      });
    },
    full: () => {
      if (hasToldFull) return;
      hasToldFull = true;
      logger.error({
        en: `${name}: too many events could not be kept; from now on new ones are lost.`,
        zh: `${name}：未能保存的事件过多，此后的新事件将丢失。`,
      });
    },
    lost: (count: number) => {
      logger.error(
        { en: `${name}: events are lost at the stop.`, zh: `${name}：停止时有事件丢失。` },
        { count },
      );
    },
  };
}
