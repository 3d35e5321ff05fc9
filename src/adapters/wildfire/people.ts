import { type payloads, types } from 'wechaty-puppet';
import { unknownContact, unknownRoom } from '../shared/unknown-payloads.js';
import type { Directory } from './client/directory.js';
import { conversationOfRoom, isOutsideRoom } from './conversation-id.js';
import { conversationTypes } from './schema/message.js';
import type { WildfireUser } from './schema/user.js';

const manager = 1;
const removed = 4;

/** Who somebody is; of whom the server does not know, the id alone. Rejects when the server cannot be asked. */
export async function lookUpPerson(directory: Directory, id: string): Promise<payloads.Contact> {
  const [user, relation] = await Promise.all([
    directory.users.get(id),
    // Servers of old do not tell, and who somebody is is worth knowing all the same.
    directory.relations.get(id).catch(() => undefined),
  ]);
  const contact = user === undefined ? unknownContact(id) : contactOf(user);
  if (relation === undefined) return contact;
  const { isFriend: friend, alias } = relation;
  return { ...contact, friend, ...(alias && { alias }) };
}

function contactOf(user: WildfireUser): payloads.Contact {
  const { userId, name, displayName, portrait, gender, mobile, company, address } = user;
  return {
    ...unknownContact(userId),
    name: displayName || name,
    avatar: portrait,
    gender: genders.get(gender) ?? types.ContactGender.Unknown,
    phone: mobile === '' ? [] : [mobile],
    ...(name && { handle: name }),
    ...(company && { corporation: company }),
    ...(address && { address }),
  };
}

/** What group this is; of one that the server does not know, the id alone. Rejects when the server cannot be asked. */
export async function lookUpRoom(directory: Directory, roomId: string): Promise<payloads.Room> {
  const { type, target } = conversationOfRoom(roomId);
  if (isOutsideRoom(roomId) || type !== conversationTypes.group) return unknownRoom(roomId);
  const [group, everybody = []] = await Promise.all([
    directory.groups.get(target),
    directory.members.get(target),
  ]);
  if (group === undefined) return unknownRoom(roomId);
  const members = everybody.filter((member) => member.type !== removed);
  return {
    ...unknownRoom(roomId),
    topic: group.name,
    memberIdList: members.map(({ userId }) => userId),
    adminIdList: members.filter((member) => member.type === manager).map(({ userId }) => userId),
    ...(group.portrait && { avatar: group.portrait }),
    ...(group.owner && { ownerId: group.owner }),
  };
}

const genders = new Map([
  [1, types.ContactGender.Male],
  [2, types.ContactGender.Female],
]);
