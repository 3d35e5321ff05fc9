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
  /** Nobody asks whether it may be an official account. */
  readonly isSurelyNone: boolean;
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

function asksOf({ id, contact, room, isSurelyNone }: WhoKnown, needs?: ReadonlySet<Need>) {
  if (needs === undefined) return { contact: false, room: false, tags: false };
  const isNaming = needs.has('names');
  const hasRoles = needs.has('roles');
  return {
    contact:
      hasRoles || (isNaming && !contact?.name) || (!isSurelyNone && mayBeOfficial(id, contact)),
    room: room !== undefined && (hasRoles || (isNaming && !room.payload?.topic)),
    tags: needs.has('tags'),
  };
}

function whoOf({ id, contact, room }: WhoKnown, tags: readonly string[]): Who {
  const user = readPerson({ id, contact, tags, room: room?.payload });
  return room === undefined ? { user } : { user, topic: room.payload?.topic ?? '' };
}
