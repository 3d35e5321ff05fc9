import type { Clock } from '../../core/clock.js';
import type { ReceiverState } from '../../core/metrics.js';
import { type BreakerOptions, defaultBreaker } from './breaker.js';
import { type Admission, ReceiverDoor, type ReceiverLimits } from './receiver-door.js';

/** Told what the operator should know of receivers. */
export interface ReceiverLog {
  /** Its breaker opens, for so many ms at first. */
  receiverDown(origin: string, pauseMs: number): void;
  /** Its breaker closes again. */
  receiverUp(origin: string): void;
}

/** What the receivers' doors work with. */
export interface ReceiversOptions {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly log: ReceiverLog;
  /** The limits of an origin that are in force now. Default: none of its own. */
  readonly limits?: (origin: string) => ReceiverLimits | undefined;
  /** Default: five failures in a row, 5 s doubling to 60 s. */
  readonly breaker?: BreakerOptions;
}

/** All receivers by origin (scheme, host and port), each with its own breaker and limits. */
export interface Receivers {
  /** Asks to call a receiver. At once where possible; never rejects. */
  enter(origin: string): Admission | Promise<Admission>;
  /** All that are known: those that were called lately. */
  states(): readonly ReceiverState[];
}

/** Origins remembered at most; those of which there is nothing to remember go first. */
const maxOrigins = 1000;

/** Knows no receiver yet. */
export function createReceivers(options: ReceiversOptions): Receivers {
  const { clock, random, log, limits = () => undefined, breaker = defaultBreaker } = options;
  const doors = new Map<string, ReceiverDoor>();
  const open = (origin: string) => {
    if (doors.size >= maxOrigins) forgetIdle(doors);
    const door = new ReceiverDoor({
      breaker,
      limits: () => limits(origin),
      clock,
      random,
      onDown: (pauseMs) => log.receiverDown(origin, pauseMs),
      onUp: () => log.receiverUp(origin),
    });
    doors.set(origin, door);
    return door;
  };
  return {
    enter: (origin) => (doors.get(origin) ?? open(origin)).enter(),
    states: () =>
      [...doors].map(([origin, door]) => ({ origin, breaker: door.breaker, calls: door.calls })),
  };
}

function forgetIdle(doors: Map<string, ReceiverDoor>): void {
  for (const [origin, door] of doors) if (door.isIdle) doors.delete(origin);
}
