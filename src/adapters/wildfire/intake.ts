import type { Acceptance } from '../../core/acceptance.js';
import type { Clock } from '../../core/clock.js';
import { createDuplicates, type DuplicateOptions } from '../shared/duplicates.js';
import type { OwnEvent, WildfireEvent } from './decode/event.js';
import { createEventTwins } from './event-twins.js';
import type { HeldCallbacks, KeptCallback } from './held-callbacks.js';
import type { Ordering } from './ordering.js';
import { createOwnRoad, type OwnRoadParts } from './own-road.js';
import { isOwnRoad } from './roads-seen.js';

/** An event that is to be emitted. */
export type HeardEvent = Exclude<WildfireEvent, { kind: 'ignored' | 'unreadable' }>;

/** What taking in needs. */
export interface IntakeParts extends Pick<OwnRoadParts, 'isMember' | 'isOwnMessage'> {
  readonly clock: Clock;
  readonly ordering: Ordering;
  /** Must not reject. */
  readonly emit: (event: HeardEvent) => Promise<Acceptance>;
  /** Keeps what is held. */
  readonly heldCallbacks: HeldCallbacks;
  /** What other instances know of. */
  readonly shared?: DuplicateOptions<true>['shared'];
}

/** The way of events from the webhook to the bot: each once, and messages in order. */
export interface Intake {
  /** Takes an event; false when it could not be kept. */
  take(event: HeardEvent, toldBy: KeptCallback): Promise<boolean>;
  /** Takes everything in; at first it does. */
  open(): void;
  /** Emits what is held, and holds nothing from then on. */
  close(): Promise<void>;
}

/** An intake. */
export function createIntake(parts: IntakeParts): Intake {
  const { clock, ordering, emit, heldCallbacks, shared, isMember, isOwnMessage } = parts;
  const duplicates = createDuplicates<true>(shared ? { shared } : {});
  const twins = createEventTwins(clock);
  const isKept = (id: string) => duplicates.isDone(id);
  const ownRoad = createOwnRoad({ clock, isKept, isMember, isOwnMessage });
  const held = new Set<Promise<unknown>>();

  const keep = async (event: HeardEvent, road: string): Promise<true | undefined> => {
    if ('what' in event && twins.isTold(event.what, road)) return true;
    if (event.kind === 'message') await ordering.turnOf(placeOf(event));
    return (await emit(event)).kind === 'failed' ? undefined : true;
  };
  const keepOnce = async (event: HeardEvent, road: string): Promise<boolean> => {
    const isDone = (await duplicates.once(event.id, () => keep(event, road))) === true;
    if (isDone && isOwnRoad(road)) ownRoad.told(event.id);
    return isDone;
  };
  const hold = (event: HeardEvent, road: string, own: OwnEvent): void => {
    const keepIfUntold = async () => {
      const isDone = (await ownRoad.tells(own)) || !heldCallbacks.has(event.id);
      return isDone ? true : await keep(event, road);
    };
    const settle = async () => {
      const isDone = (await duplicates.once(event.id, keepIfUntold)) === true;
      if (isDone) await heldCallbacks.forget(event.id);
    };
    const settled = settle().finally(() => held.delete(settled));
    held.add(settled);
  };
  return {
    take: async (event, toldBy) => {
      const { kind: road } = toldBy;
      const own = 'own' in event ? event.own : undefined;
      if (own === undefined) return await keepOnce(event, road);
      // Acknowledged once it is on the disk, or kept as any other.
      if ((await ownRoad.isAwaited(own)) && (await heldCallbacks.keep(event.id, toldBy))) {
        hold(event, road, own);
        return true;
      }
      return (await isKept(own.id)) || (await keepOnce(event, road));
    },
    open: () => ownRoad.open(),
    close: async () => {
      ownRoad.close();
      await Promise.all(held);
    },
  };
}

function placeOf({ payload, messageId }: Extract<HeardEvent, { kind: 'message' }>) {
  return { conversation: payload.roomId ?? payload.talkerId, messageId };
}
