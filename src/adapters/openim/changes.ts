import type { Changes } from '../shared/payload-puppet.js';
import type { Directory } from './client/directory.js';
import type { OpenIMDocument } from './schema/index.js';

/**
 * Forgets what a document tells to be otherwise than before: who owns and leads a group, who is a
 * friend of the bot, and profiles. Who comes and goes is a matter of the events that tell it.
 */
export function forgetChanges(
  document: OpenIMDocument,
  directory: Directory,
  botId: string,
): Partial<Changes> {
  const { rooms = [], people = [] } = changesIn(document, botId);
  for (const id of rooms) {
    for (const lookUp of [directory.groups, directory.members]) lookUp.forget(id);
  }
  for (const id of people) {
    for (const lookUp of [directory.users, directory.friends]) lookUp.forget(id);
  }
  return { rooms, people };
}

function changesIn(document: OpenIMDocument, botId: string): Partial<Changes> {
  switch (document.command) {
    case 'callbackAfterTransferGroupOwnerCommand':
    case 'callbackAfterSetGroupMemberInfoCommand':
    case 'callbackAfterDisMissGroupCommand':
      return { rooms: [document.groupID] };
    case 'callbackAfterAddFriendAgreeCommand':
      return { people: othersThan(botId, [document.fromUserID, document.toUserID]) };
    case 'callbackAfterDeleteFriendCommand':
    case 'callbackAfterSetFriendRemarkCommand':
      return { people: othersThan(botId, [document.ownerUserID, document.friendUserID]) };
    case 'callbackAfterImportFriendsCommand':
      return { people: othersThan(botId, [document.ownerUserID, ...document.friendUserIDs]) };
    case 'callbackAfterUpdateUserInfoCommand':
    case 'callbackAfterUpdateUserInfoExCommand':
      return { people: [document.userID] };
    case 'callbackAfterUserRegisterCommand':
      return { people: document.users.map(({ userID }) => userID) };
    default:
      return {};
  }
}

/** The others, if the bot is one of them. */
function othersThan(botId: string, ids: readonly string[]): readonly string[] {
  return ids.includes(botId) ? ids.filter((id) => id !== botId) : [];
}
