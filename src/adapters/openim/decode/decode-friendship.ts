import { types } from 'wechaty-puppet';
import type { DocumentFor } from '../schema/index.js';
import type { DecodeContext, DecodedFriendship, DecodedPlatform } from './decoded.js';
import { noticeOf, platformOf } from './notice.js';

/** Somebody asks to be a friend of the bot. */
export function decodeRequest(
  document: DocumentFor<'callbackAfterAddFriendCommand'>,
  context: DecodeContext,
): DecodedFriendship | DecodedPlatform {
  const { fromUserID: userId, toUserID, reqMsg } = document;
  const about = { userId, conversation: toBot(toUserID, userId, context) };
  if (userId === '' || toUserID !== context.botId) return platformOf(document, context, about);
  const notice = noticeOf(document, context, about);
  return {
    kind: 'friendship',
    ...notice,
    userId,
    payload: {
      id: notice.id,
      contactId: userId,
      hello: reqMsg,
      timestamp: notice.timestamp,
      // OpenIM names a request by its two users.
      ticket: userId,
      type: types.Friendship.Receive,
    },
  };
}

/** A request was accepted: by the bot, or one of the bot's. */
export function decodeAgreed(
  document: DocumentFor<'callbackAfterAddFriendAgreeCommand'>,
  context: DecodeContext,
): DecodedFriendship | DecodedPlatform {
  const { fromUserID, toUserID } = document;
  const { botId } = context;
  const userId = fromUserID === botId ? toUserID : fromUserID;
  const isMine = (fromUserID === botId || toUserID === botId) && userId !== '';
  if (!isMine) return platformOf(document, context, { userId: toUserID });
  const about = { userId, conversation: { kind: 'contact', id: userId } } as const;
  const notice = noticeOf(document, context, about);
  return {
    kind: 'friendship',
    ...notice,
    userId,
    payload: {
      id: notice.id,
      contactId: userId,
      timestamp: notice.timestamp,
      type: types.Friendship.Confirm,
    },
  };
}

function toBot(toUserId: string, fromUserId: string, { botId }: DecodeContext) {
  return toUserId === botId ? ({ kind: 'contact', id: fromUserId } as const) : undefined;
}
