import type { BotEvent, EventHead, Need } from './event.js';
import type { Silencer } from './metrics.js';

/** What became of an event. */
export type EventFate =
  /** At least one task was kept. */
  | 'matched'
  /** No rule matched. */
  | 'unmatched'
  /** Rules matched, but a cooldown, a limit, a pause or `loopLimit` silenced them all. */
  | 'silenced'
  /** Older than `maxAge` when it arrived. */
  | 'too-old'
  /** The bot's own words, reported back by the platform. */
  | 'echo'
  /** It could not be kept. */
  | 'failed';

/** What the rules said of an event, and what came of that. */
export interface EventOutcome {
  readonly fate: EventFate;
  /** The rules that matched, in file order. */
  readonly rules: readonly string[];
  /** Those of them that were held back. */
  readonly silenced: readonly {
    readonly rule: string;
    readonly by: Silencer;
  }[];
  /** The ids of the tasks that were kept. */
  readonly tasks: readonly string[];
}

/** An event that no rule could want, so that it was not read. */
export interface PassedBy {
  readonly head: EventHead;
  /** Reads it; without needs the platform is not asked anything. */
  read(needs: ReadonlySet<Need> | undefined): BotEvent | Promise<BotEvent>;
}

/** Who looks on while events are decided. No call throws, waits, or changes anything. */
export interface Witness {
  passedBy(unread: PassedBy): void;
  /** `read`: what was asked of the platform for it. */
  decided(event: BotEvent, read: ReadonlySet<Need>, outcome: EventOutcome): void;
}

/** Nobody looks on. */
export const noWitness: Witness = { passedBy: () => {}, decided: () => {} };
