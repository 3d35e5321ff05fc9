import { type payloads, types } from 'wechaty-puppet';
import { unknownContact, unknownRoom } from '../shared/unknown-payloads.js';
import type { AppChat } from './client/app-chat.js';
import type { Customer, CustomerGroup, Directory, Member } from './client/directory.js';
import { isCustomerId, userKey } from './decode/user-id.js';

/** A person of whom only the id is known. Both kinds are friends: the app may write to them. */
export function unknownPerson(id: string): payloads.Contact {
  return { ...unknownContact(id), friend: true, coworker: !isCustomerId(id) };
}

/** Who somebody is, as far as the app may see. Rejects only when WeCom cannot be asked. */
export async function lookUpPerson(directory: Directory, id: string): Promise<payloads.Contact> {
  if (isCustomerId(id)) {
    const customer = await directory.customers.get(id);
    return customer ? customerOf(id, customer) : unknownPerson(id);
  }
  const member = isGroupId(id) ? undefined : await directory.members.get(id);
  return member ? memberOf(id, member) : unknownPerson(id);
}

/**
 * What group this is: one with customers, or a chat that the app made; as far as the app may see.
 * Rejects likewise.
 */
export async function lookUpGroup(directory: Directory, id: string): Promise<payloads.Room> {
  // An app may be allowed one kind and not the other.
  const [group, chat] = await Promise.allSettled([
    directory.customerGroups.get(id),
    directory.appChats.get(id),
  ]);
  if (group.status === 'fulfilled' && group.value) return groupOf(id, group.value);
  if (chat.status === 'fulfilled' && chat.value) return chatOf(chat.value);
  if (group.status === 'rejected') throw group.reason;
  if (chat.status === 'rejected') throw chat.reason;
  return unknownRoom(id);
}

/** Wechaty asks for a contact under the id of a room whose members changed. */
function isGroupId(id: string): boolean {
  return /^wr[\w-]{8,}$/u.test(id);
}

function memberOf(id: string, { name, alias, avatar, gender, position }: Member): payloads.Contact {
  return {
    ...unknownPerson(id),
    name,
    avatar,
    gender: genders.get(gender) ?? types.ContactGender.Unknown,
    ...(alias && { alias }),
    ...(position && { title: position }),
  };
}

function customerOf(id: string, customer: Customer): payloads.Contact {
  const { name, avatar, gender, corp_name: corporation } = customer.external_contact;
  const alias = customer.follow_user.find(({ remark }) => remark !== '')?.remark;
  return {
    ...unknownPerson(id),
    name,
    avatar,
    gender: genders.get(String(gender)) ?? types.ContactGender.Unknown,
    ...(alias && { alias }),
    ...(corporation && { corporation }),
  };
}

function groupOf(id: string, { name, owner, member_list: members }: CustomerGroup): payloads.Room {
  return {
    id,
    topic: name,
    memberIdList: members.map(({ userid }) => userKey(userid)),
    adminIdList: [],
    ...(owner && { ownerId: userKey(owner) }),
    external: true,
  };
}

function chatOf({ chatId, name, owner, members }: AppChat): payloads.Room {
  return {
    id: chatId,
    topic: name,
    memberIdList: members.map(userKey),
    adminIdList: [],
    ...(owner && { ownerId: userKey(owner) }),
  };
}

const genders = new Map([
  ['1', types.ContactGender.Male],
  ['2', types.ContactGender.Female],
]);
