import { type payloads, types } from 'wechaty-puppet';
import { unknownContact, unknownRoom } from '../shared/unknown-payloads.js';
import type { Directory } from './client/directory.js';
import type { Member } from './client/members.js';

/** Accounts from this level on are of the system: notification accounts, robots, admins. */
const systemLevel = 2;
const roles = { owner: 100, admin: 60 } as const;

/** Somebody of whom it is not known yet whether it is a person. */
export function unknownPerson(id: string): payloads.Contact {
  return { ...unknownContact(id), type: types.Contact.Unknown };
}

/** Who somebody is. Rejects only when the server cannot be asked. */
export async function lookUpPerson(directory: Directory, id: string): Promise<payloads.Contact> {
  const [user, friend] = await Promise.all([directory.users.get(id), directory.friends.get(id)]);
  if (user === undefined) return unknownContact(id);
  const isOfficial = (user.appMangerLevel ?? 0) >= systemLevel;
  return {
    ...unknownContact(id),
    name: user.nickname,
    avatar: user.faceURL,
    friend: friend !== undefined,
    type: isOfficial ? types.Contact.Official : types.Contact.Individual,
    ...(friend?.remark && { alias: friend.remark }),
  };
}

/** What group this is, and who is in it. Rejects likewise. */
export async function lookUpGroup(directory: Directory, id: string): Promise<payloads.Room> {
  const [group, members = []] = await Promise.all([
    directory.groups.get(id),
    directory.members.get(id),
  ]);
  if (group === undefined) return unknownRoom(id);
  const admins = members.filter(({ roleLevel }) => roleLevel === roles.admin);
  const ownerId =
    members.find(({ roleLevel }) => roleLevel === roles.owner)?.userID ?? group.ownerUserID;
  return {
    id,
    topic: group.groupName,
    avatar: group.faceURL,
    memberIdList: members.map(({ userID }) => userID),
    adminIdList: admins.map(({ userID }) => userID),
    ...(ownerId !== '' && { ownerId }),
  };
}

/** A member of a group, under the name used there. */
export function memberOf({
  userID,
  nickname,
  faceURL,
  inviterUserID,
}: Member): payloads.RoomMember {
  return {
    id: userID,
    name: nickname,
    roomAlias: nickname,
    avatar: faceURL,
    ...(inviterUserID !== '' && { inviterId: inviterUserID }),
  };
}
