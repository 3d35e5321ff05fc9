import type { DocumentFor } from '../schema/index.js';
import type {
  DecodeContext,
  DecodedPlatform,
  DecodedQuestion,
  DecodedRoomJoin,
  DecodedRoomLeave,
  DecodedRoomTopic,
} from './decoded.js';
import { callId, hashOf, noticeOf, platformOf, roomOf } from './notice.js';

/** A group was made: for the bot, if it is in it, all have joined. */
export function decodeCreated(
  document: DocumentFor<'callbackAfterCreateGroupCommand'>,
  context: DecodeContext,
): DecodedRoomJoin | DecodedPlatform {
  const { groupID, creatorUserID, ownerUserID, initMemberList } = document;
  const creator = creatorUserID || ownerUserID;
  const about = { userId: creator, conversation: roomOf(groupID) };
  // The list names everybody twice: with the rank, then as a member.
  const members = new Set(initMemberList.map(({ userID }) => userID).filter((id) => id !== ''));
  if (groupID === '' || !members.has(context.botId)) return platformOf(document, context, about);
  const memberIds = [...members];
  return {
    kind: 'room-join',
    ...noticeOf(document, context, { ...about, id: joinId(groupID, memberIds, context) }),
    roomId: groupID,
    memberIds,
    ...(creator !== '' && { inviterId: creator }),
  };
}

/** A user joined a group that needs no approval. */
export function decodeJoined(
  document: DocumentFor<'callbackAfterJoinGroupCommand'>,
  context: DecodeContext,
): DecodedRoomJoin | DecodedPlatform {
  const { groupID, inviterUserID: userId } = document;
  const about = { userId, conversation: roomOf(groupID) };
  if (groupID === '' || userId === '' || !isMine([userId], context)) {
    return platformOf(document, context, about);
  }
  return {
    kind: 'room-join',
    ...noticeOf(document, context, { ...about, id: joinId(groupID, [userId], context) }),
    roomId: groupID,
    memberIds: [userId],
    inviterId: userId,
  };
}

/** Members are about to join. No other command tells of those who are invited or approved. */
export function decodeJoining(
  document: DocumentFor<'callbackBeforeMembersJoinGroupCommand'>,
  context: DecodeContext,
): DecodedQuestion {
  const { groupID, memberList, userID } = document;
  const memberIds = [userID, ...memberList.map((member) => member.userID)].filter(Boolean);
  const about = { userId: memberIds[0], conversation: roomOf(groupID) };
  const question = { kind: 'question', ...noticeOf(document, context, about) } as const;
  if (groupID === '' || memberIds.length === 0) return question;
  const notice = noticeOf(document, context, {
    ...about,
    id: joinId(groupID, memberIds, context),
  });
  return { ...question, whenAllowed: { kind: 'room-join', ...notice, roomId: groupID, memberIds } };
}

/** Somebody is about to be invited: for the bot, if it is that, an invitation. */
export function decodeInviting(
  document: DocumentFor<'callbackBeforeInviteJoinGroupCommand'>,
  context: DecodeContext,
): DecodedQuestion {
  const { groupID, invitedUserIDs, reason } = document;
  const about = { userId: invitedUserIDs[0], conversation: roomOf(groupID) };
  const question = { kind: 'question', ...noticeOf(document, context, about) } as const;
  if (groupID === '' || !invitedUserIDs.includes(context.botId)) return question;
  const id = hashOf('room-invite', groupID, callId(context));
  const notice = noticeOf(document, context, { ...about, id });
  return {
    ...question,
    whenAllowed: { kind: 'room-invite', ...notice, roomId: groupID, hello: reason },
  };
}

/** Members left or were removed. */
export function decodeLeft(
  document: DocumentFor<'callbackAfterQuitGroupCommand' | 'callbackAfterKickGroupCommand'>,
  context: DecodeContext,
): DecodedRoomLeave | DecodedPlatform {
  const { groupID } = document;
  const hasQuit = document.command === 'callbackAfterQuitGroupCommand';
  const memberIds = (hasQuit ? [document.userID] : document.kickedUserIDs).filter(Boolean);
  const notice = { userId: memberIds[0], conversation: roomOf(groupID) };
  if (groupID === '' || memberIds.length === 0 || !isMine(memberIds, context)) {
    return platformOf(document, context, notice);
  }
  const scene = hasQuit ? 'left' : 'removed';
  const told = noticeOf(document, context, notice);
  return { kind: 'room-leave', ...told, roomId: groupID, memberIds, scene };
}

/** A group was changed: of interest to Wechaty when its name was. */
export function decodeGroupInfo(
  document: DocumentFor<'callbackAfterSetGroupInfoCommand' | 'callbackAfterSetGroupInfoExCommand'>,
  context: DecodeContext,
): DecodedRoomTopic | DecodedPlatform {
  const { groupID, groupName } = document;
  const about = { conversation: roomOf(groupID) };
  // The old command sends the empty name for "stays as it is".
  if (groupID === '' || !groupName || !isMine([], context)) {
    return platformOf(document, context, about);
  }
  const notice = noticeOf(document, context, about);
  return { kind: 'room-topic', ...notice, roomId: groupID, topic: groupName };
}

/** Does it happen in a group of the bot's, or to the bot? */
function isMine(memberIds: readonly string[], { botId, isInGroup = true }: DecodeContext): boolean {
  return isInGroup || memberIds.includes(botId);
}

/** One call of a user may be told by two commands; the join is one. */
function joinId(groupId: string, memberIds: readonly string[], context: DecodeContext): string {
  return hashOf('room-join', groupId, callId(context), ...memberIds.toSorted());
}
