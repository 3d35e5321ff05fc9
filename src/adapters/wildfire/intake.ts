import type { Acceptance } from '../../core/acceptance.js';
import type { Clock } from '../../core/clock.js';
import { createDuplicates } from '../shared/duplicates.js';
import type { WildfireEvent } from './decode/event.js';
import { createEventTwins } from './event-twins.js';
import { createOrdering, type Ordering } from './ordering.js';

/** An event that is to be emitted. */
export type HeardEvent = Exclude<WildfireEvent, { kind: 'ignored' | 'unreadable' }>;

/** What taking in needs. */
export interface IntakeParts {
  readonly clock: Clock;
  /** How long messages are held for those sent before them, in ms; 0: not at all. */
  readonly windowMs: number;
  /** Must not reject. */
  readonly emit: (event: HeardEvent) => Promise<Acceptance>;
}

/** The way of events from the webhook to the bot: each once, and messages in order. */
export interface Intake {
  /** Holds messages from now on. */
  open(): void;
  /**
   * Takes an event; false when it could not be kept. A message that is held for its order is taken
   * at once: see `createOrdering`.
   *
   * @param road the kind of callback that told it
   */
  take(event: HeardEvent, road: string): Promise<boolean>;
  /** Emits what is held; resolves when all of it is kept, or failed. */
  close(): Promise<void>;
}

/** An intake; closed at first, when nothing is held. */
export function createIntake({ clock, windowMs, emit }: IntakeParts): Intake {
  const duplicates = createDuplicates<true>();
  const twins = createEventTwins(clock);
  const underWay = new Set<Promise<unknown>>();
  let ordering: Ordering<() => void> | undefined;

  const keep = (event: HeardEvent): Promise<true | undefined> =>
    duplicates.once(event.id, async () => {
      await turnOf(event);
      return (await emit(event)).kind === 'failed' ? undefined : true;
    });
  const turnOf = (event: HeardEvent): Promise<void> =>
    new Promise((resolve) => {
      if (event.kind !== 'message' || !ordering) return resolve();
      const { conversationId, messageId } = placeOf(event);
      return ordering.add({ conversation: conversationId, messageId, item: resolve });
    });
  return {
    open: () => {
      ordering = windowMs > 0 ? createOrdering({ windowMs, clock, release }) : undefined;
    },
    take: async (event, road) => {
      if ('what' in event && twins.isTold(event.what, road)) return true;
      const kept = keep(event);
      underWay.add(kept);
      void kept.then(() => underWay.delete(kept));
      return event.kind === 'message' && ordering ? true : (await kept) === true;
    },
    close: async () => {
      ordering?.close();
      ordering = undefined;
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

function release(go: () => void): void {
  go();
}

function placeOf({ payload, messageId }: Extract<HeardEvent, { kind: 'message' }>) {
  return { conversationId: payload.roomId ?? payload.talkerId, messageId };
}
