import type { Clock } from '../../../core/clock.js';
import type { Pace } from '../../shared/client/shared-pace.js';

export type { Pace };

/** One message: when it will be sent, as far as is known; afterwards, when it was answered. */
export interface Slot {
  /** Milliseconds since 1970. */
  at: number;
}

/** The messages to one recipient, of the longest stretch that is counted and of the future. */
export interface Lane {
  readonly recipient: string;
  /** Settles when the last message is through. Never rejects. */
  last: Promise<void>;
  waiting: number;
  /** When its pace was last reported, in ms since 1970. */
  toldAt: number;
  readonly slots: Slot[];
}

/** What lanes are kept by. */
export interface LaneOptions {
  readonly clock: Clock;
  /** How long a message counts, in ms. */
  readonly longestMs: number;
  readonly maxRecipients: number;
}

/** The earliest time at which the message at `index` keeps the pace, in ms since 1970. */
export function freeAt({ slots }: Lane, index: number, paces: readonly Pace[]): number {
  return Math.max(
    ...paces.map(({ count, everyMs }) => (slots[index - count]?.at ?? -Infinity) + everyMs),
  );
}

/** The lanes of all recipients, the least lately used first; one that is waited in always stays. */
export function createLanes({ clock, longestMs, maxRecipients }: LaneOptions) {
  const lanes = new Map<string, Lane>();
  /** Not while lanes are taken: one that nobody waits in yet would be lost. */
  const dropOld = () => {
    for (const [recipient, { waiting, slots }] of lanes) {
      const isQuiet = (slots.at(-1)?.at ?? 0) + longestMs <= clock.now();
      if (waiting > 0 || (!isQuiet && lanes.size <= maxRecipients)) return;
      lanes.delete(recipient);
    }
  };
  return {
    dropOld,
    of: (recipient: string): Lane => {
      const lane = lanes.get(recipient) ?? {
        recipient,
        last: Promise.resolve(),
        waiting: 0,
        toldAt: -Infinity,
        slots: [],
      };
      lanes.delete(recipient);
      lanes.set(recipient, lane);
      const firstKept = lane.slots.findIndex(({ at }) => at + longestMs > clock.now());
      lane.slots.splice(0, firstKept === -1 ? lane.slots.length : firstKept);
      return lane;
    },
  };
}
