import type { Acceptance } from '../../core/acceptance.js';
import type { Clock } from '../../core/clock.js';
import { createDuplicates, type DuplicateOptions } from '../shared/duplicates.js';
import type { WildfireEvent } from './decode/event.js';
import { createEventTwins } from './event-twins.js';
import type { Ordering } from './ordering.js';

/** An event that is to be emitted. */
export type HeardEvent = Exclude<WildfireEvent, { kind: 'ignored' | 'unreadable' }>;

/** What taking in needs. */
export interface IntakeParts {
  readonly clock: Clock;
  readonly ordering: Ordering;
  /** Must not reject. */
  readonly emit: (event: HeardEvent) => Promise<Acceptance>;
  /** What other instances know of. */
  readonly shared?: DuplicateOptions<true>['shared'];
}

/** The way of events from the webhook to the bot: each once, and messages in order. */
export interface Intake {
  /**
   * Takes an event; false when it could not be kept.
   *
   * @param road the kind of callback that told it
   */
  take(event: HeardEvent, road: string): Promise<boolean>;
}

/** An intake. */
export function createIntake({ clock, ordering, emit, shared }: IntakeParts): Intake {
  const duplicates = createDuplicates<true>(shared ? { shared } : {});
  const twins = createEventTwins(clock);
  const keep = async (event: HeardEvent): Promise<true | undefined> => {
    if (event.kind === 'message') await ordering.turnOf(placeOf(event));
    return (await emit(event)).kind === 'failed' ? undefined : true;
  };
  return {
    take: async (event, road) => {
      if ('what' in event && twins.isTold(event.what, road)) return true;
      return (await duplicates.once(event.id, () => keep(event))) === true;
    },
  };
}

function placeOf({ payload, messageId }: Extract<HeardEvent, { kind: 'message' }>) {
  return { conversation: payload.roomId ?? payload.talkerId, messageId };
}
