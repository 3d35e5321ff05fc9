import type { ContactInterface, RoomInterface, WechatyInterface } from 'wechaty/impls';
import { types } from 'wechaty-puppet';
import type { Person, Role } from '../core/event.js';
import { askPlatform } from './ask-platform.js';
import { systemAccounts } from './system-accounts.js';

/** A person as known without asking; the roles in `room` where there is one. */
export function readPerson(
  contact: ContactInterface,
  tags: readonly string[],
  room?: RoomInterface,
): Person {
  const { name = '', alias = '' } = contact.payload ?? {};
  return {
    id: contact.id,
    name,
    alias,
    tags,
    roles: [...contactRoles(contact), ...roomRoles(contact.id, room)],
  };
}

/** Somebody of whom only an id, or only a name, is known. */
export function barePerson(id: string, name: string): Person {
  return { id, name, alias: '', tags: [], roles: [] };
}

/** Asks for the tags of a person; none where the platform has none. Does not reject. */
export async function readTags(
  bot: WechatyInterface,
  contactId: string,
): Promise<readonly string[]> {
  // Not `contact.tags()`: it reports an `error` event on every puppet that has no tags.
  return await askPlatform(() => bot.puppet.tagContactList(contactId), []);
}

function contactRoles(contact: ContactInterface): Role[] {
  if (systemAccounts.has(contact.id)) return ['system'];
  const { type, friend } = contact.payload ?? {};
  if (type === types.Contact.Official) return ['official'];
  if (friend === undefined) return [];
  return [friend ? 'friend' : 'stranger'];
}

function roomRoles(contactId: string, room: RoomInterface | undefined): Role[] {
  const payload = room?.payload;
  if (payload === undefined) return [];
  const roles: Role[] = ['member'];
  if (payload.ownerId === contactId) roles.push('owner');
  // Absent on some puppets, whatever the type says.
  if ((payload.adminIdList as string[] | undefined)?.includes(contactId)) roles.push('admin');
  return roles;
}
