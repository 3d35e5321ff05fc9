import { acquisitionEvents } from './acquisition-events.js';
import { appEvents } from './app-events.js';
import { approvalEvents } from './approval-events.js';
import { calendarEvents } from './calendar-events.js';
import { cardEvents } from './card-events.js';
import { chainEvents } from './chain-events.js';
import { contactEvents } from './contact-events.js';
import { customerEvents } from './customer-events.js';
import type { EventDefinition } from './definition.js';
import { docEvents } from './doc-events.js';
import { driveEvents } from './drive-events.js';
import { kfEvents } from './kf-events.js';
import { mailEvents } from './mail-events.js';
import { meetingEvents } from './meeting-events.js';
import { menuEvents } from './menu-events.js';
import { noticeEvents } from './notice-events.js';
import { schoolEvents } from './school-events.js';

const definitions = [
  ...appEvents,
  ...menuEvents,
  ...cardEvents,
  ...contactEvents,
  ...customerEvents,
  ...acquisitionEvents,
  ...approvalEvents,
  ...kfEvents,
  ...meetingEvents,
  ...calendarEvents,
  ...docEvents,
  ...driveEvents,
  ...mailEvents,
  ...chainEvents,
  ...schoolEvents,
  ...noticeEvents,
] as const;

/** Every kind of event that this version knows, as a type. */
export type KnownEventDefinition = (typeof definitions)[number];

/**
 * The table of all events that a self-built app can get: what they are called, what they mean in
 * English and Chinese, and what may be answered in the response itself.
 */
export const knownEvents: readonly EventDefinition[] = definitions;

const byName = new Map(
  knownEvents.flatMap((definition) =>
    [definition.changeType, ...definition.aliases].map(
      (changeType) => [keyOf(definition.event, changeType), definition] as const,
    ),
  ),
);

/**
 * The definition of an event. The same ChangeType means different things under different events, so
 * both decide. Letter case does not matter here; the definition has it right.
 */
export function findEvent(event: string, changeType: string): EventDefinition | undefined {
  return byName.get(keyOf(event, changeType));
}

function keyOf(event: string, changeType: string): string {
  return `${event}/${changeType}`.toLowerCase();
}
