import type { Changes } from '../shared/payload-puppet.js';
import type { Directory } from './client/directory.js';
import type { DocumentFor, KnownDocument, OpenIMDocument } from './schema/index.js';

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

type Readers = {
  readonly [Command in KnownDocument['command']]?: (
    document: DocumentFor<Command>,
    botId: string,
  ) => Partial<Changes>;
};

const group = ({ groupID }: { readonly groupID: string }) => ({ rooms: [groupID] });
const profile = ({ userID }: { readonly userID: string }) => ({ people: [userID] });
const friend = (
  { ownerUserID, friendUserID }: { readonly ownerUserID: string; readonly friendUserID: string },
  botId: string,
) => ({ people: othersThan(botId, [ownerUserID, friendUserID]) });

const readers: Readers = {
  callbackAfterTransferGroupOwnerCommand: group,
  callbackAfterSetGroupMemberInfoCommand: group,
  callbackAfterDisMissGroupCommand: group,
  callbackAfterAddFriendAgreeCommand: ({ fromUserID, toUserID }, botId) => ({
    people: othersThan(botId, [fromUserID, toUserID]),
  }),
  callbackAfterDeleteFriendCommand: friend,
  callbackAfterSetFriendRemarkCommand: friend,
  callbackAfterImportFriendsCommand: ({ ownerUserID, friendUserIDs }, botId) => ({
    people: othersThan(botId, [ownerUserID, ...friendUserIDs]),
  }),
  callbackAfterUpdateUserInfoCommand: profile,
  callbackAfterUpdateUserInfoExCommand: profile,
  callbackAfterUserRegisterCommand: ({ users }) => ({ people: users.map(({ userID }) => userID) }),
};

function changesIn(document: OpenIMDocument, botId: string): Partial<Changes> {
  if (document.command === 'other') return {};
  const reader = readers[document.command] as
    | ((document: OpenIMDocument, botId: string) => Partial<Changes>)
    | undefined;
  return reader?.(document, botId) ?? {};
}

/** The others, if the bot is one of them. */
function othersThan(botId: string, ids: readonly string[]): readonly string[] {
  return ids.includes(botId) ? ids.filter((id) => id !== botId) : [];
}
