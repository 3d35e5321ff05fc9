import type { payloads } from 'wechaty-puppet';
import type { Need, Person } from '../core/event.js';
import type { EventLookUps } from './look-ups.js';
import type { Known } from './once-known.js';
import { mayBeOfficial, readPerson } from './read-person.js';

/** Who did something, and where, as far as Wechaty knows by itself. */
export interface WhoKnown {
  readonly id: string;
  readonly contact: payloads.Contact | undefined;
  /** Absent outside rooms. */
  readonly room?: { readonly id: string; readonly payload?: payloads.Room | undefined } | undefined;
  /** It need not be asked whether it is an official account. */
  readonly isNotOfficial: boolean;
}

/** Who did something, and where. */
export interface Who {
  readonly user: Person;
  /** `""` when unknown; absent outside rooms. */
  readonly topic?: string;
}

/**
 * Who did something, and where: at once when nothing must be asked. Wechaty keeps what it was first
 * answered about a room, so for roles the puppet is asked, which knows what has changed since. Does not
 * reject.
 *
 * @param needs what rules need; `undefined`: no rule looks at it, and nothing is asked
 */
export function readWho(
  lookUps: EventLookUps,
  known: WhoKnown,
  needs: ReadonlySet<Need> | undefined,
): Known<Who> {
  const { id, room } = known;
  const asks = asksOf(known, needs);
  if (!Object.values(asks).includes(true)) return whoOf(known, []);
  const ask = async (): Promise<Who> => {
    const [contact, payload, tags] = await Promise.all([
      asks.contact ? lookUps.talker(id) : undefined,
      asks.room && room ? lookUps.room(room.id) : undefined,
      asks.tags ? lookUps.tags(id) : [],
    ]);
    return whoOf(
      {
        ...known,
        contact: contact ?? known.contact,
        ...(room && { room: { id: room.id, payload: payload ?? room.payload } }),
      },
      tags,
    );
  };
  return ask();
}

function asksOf(known: WhoKnown, needs: ReadonlySet<Need> | undefined) {
  if (needs === undefined) return { contact: false, room: false, tags: false };
  const { room } = known;
  const isRoomOpen = needs.has('roles') || (needs.has('names') && !room?.payload?.topic);
  return {
    contact: asksForContact(known, needs),
    room: room !== undefined && isRoomOpen,
    tags: needs.has('tags'),
  };
}

function asksForContact(
  { id, contact, isNotOfficial }: WhoKnown,
  needs: ReadonlySet<Need>,
): boolean {
  if (needs.has('roles') || (needs.has('names') && !contact?.name)) return true;
  return !isNotOfficial && mayBeOfficial(id, contact);
}

function whoOf({ id, contact, room }: WhoKnown, tags: readonly string[]): Who {
  const user = readPerson({ id, contact, tags, room: room?.payload });
  return room === undefined ? { user } : { user, topic: room.payload?.topic ?? '' };
}
