import type { Conversation } from '../../../core/event.js';
import type { OpenIMDocument } from '../schema/index.js';
import { chatOf } from './decode-recall.js';
import type { DecodeContext, DecodedPlatform, DecodedQuestion } from './decoded.js';
import { noticeOf, roomOf } from './notice.js';

/** The fields that name who did it or whom it happened to, the best first. */
const userFields = [
  'userID',
  'sendID',
  'fromUserID',
  'applyID',
  'ownerUserID',
  'newOwnerUserID',
  'ownerID',
  'ownerUserId',
  'userId',
] as const;

/** A command that Wechaty has no word for, known or not. Friend agreements are named by who agrees. */
export function decodeOther(
  document: OpenIMDocument,
  context: DecodeContext,
): DecodedPlatform | DecodedQuestion {
  const about = noticeOf(document, context, {
    userId: userOf(document),
    conversation: conversationOf(document, context.botId),
  });
  return document.moment === 'before'
    ? { kind: 'question', ...about }
    : { kind: 'platform', ...about };
}

function userOf(document: OpenIMDocument): string {
  if (document.command === 'callbackBeforeAddFriendAgreeCommand') return document.toUserID;
  return userFields.map((name) => fieldOf(document, name)).find((id) => id !== '') ?? '';
}

function conversationOf(document: OpenIMDocument, botId: string): Conversation | undefined {
  const groupId = fieldOf(document, 'groupID') || fieldOf(document, 'groupId');
  if (groupId !== '') return roomOf(groupId);
  const named = fieldOf(document, 'conversationID') || fieldOf(document, 'conversationId');
  return chatOf(named, botId);
}

/** A field as it came, also of a document whose command is not known. */
function fieldOf({ raw }: OpenIMDocument, name: string): string {
  const value = raw[name];
  return typeof value === 'string' ? value : '';
}
