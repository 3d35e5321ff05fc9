import type { payloads } from 'wechaty-puppet';
import { types } from 'wechaty-puppet';
import type { Person, Role } from '../core/event.js';
import { systemAccounts } from './system-accounts.js';

/** What is known of a person. */
export interface PersonParts {
  readonly id: string;
  readonly contact: payloads.Contact | undefined;
  readonly tags: readonly string[];
  /** The room where it happened; absent outside rooms, and of a room that is not known. */
  readonly room?: payloads.Room | undefined;
}

/** A person as far as known; the roles in `room` where there is one. */
export function readPerson({ id, contact, tags, room }: PersonParts): Person {
  const { name = '', alias = '' } = contact ?? {};
  return { id, name, alias, tags, roles: [...contactRoles(id, contact), ...roomRoles(id, room)] };
}

/** Somebody of whom only an id, or only a name, is known. */
export function barePerson(id: string, name: string): Person {
  return { id, name, alias: '', tags: [], roles: [] };
}

/**
 * True as long as it is not known whether an account is a person's: rules ignore official accounts
 * unless they list them.
 */
export function mayBeOfficial(id: string, contact: payloads.Contact | undefined): boolean {
  if (systemAccounts.has(id)) return false;
  return contact === undefined || contact.type === types.Contact.Unknown;
}

function contactRoles(id: string, contact: payloads.Contact | undefined): Role[] {
  if (systemAccounts.has(id)) return ['system'];
  if (contact?.type === types.Contact.Official) return ['official'];
  if (contact?.friend === undefined) return [];
  return [contact.friend ? 'friend' : 'stranger'];
}

function roomRoles(contactId: string, room: payloads.Room | undefined): Role[] {
  if (room === undefined) return [];
  const roles: Role[] = ['member'];
  if (room.ownerId === contactId) roles.push('owner');
  // Absent on some puppets, whatever the type says.
  if ((room.adminIdList as string[] | undefined)?.includes(contactId)) roles.push('admin');
  return roles;
}
