import type { Conversation } from '../../../core/event.js';
import type { DocumentFor, OpenIMDocument } from '../schema/index.js';
import type { DecodeContext, DecodedPlatform, DecodedRecall } from './decoded.js';
import { hashOf, noticeOf, platformOf, roomOf } from './notice.js';

/** A revoked message. */
export function decodeRecall(
  document: DocumentFor<'callbackBeforeAfterMsgCommand'>,
  context: DecodeContext,
): DecodedRecall | DecodedPlatform {
  const { conversationID: conversationId, seq, userID: userId } = document;
  const { botId, isInGroup = true } = context;
  const conversation = chatOf(conversationId, botId);
  const isOthers = conversation === undefined || (conversation.kind === 'room' && !isInGroup);
  if (isOthers || userId === '' || seq === '') {
    return platformOf(document, context, { userId });
  }
  const id = hashOf(document.command, conversationId, seq);
  const notice = noticeOf(document, context, { id });
  return { kind: 'recall', ...notice, userId, conversation, conversationId, seq };
}

/**
 * The chat of the bot that OpenIM names so; none for one of others. The ids of both sides stand in
 * the name of a private conversation, joined by what ids may contain too.
 */
export function chatOf(conversationId: string, botId: string): Conversation | undefined {
  if (/^sg_./u.test(conversationId)) return roomOf(conversationId.slice('sg_'.length));
  if (!conversationId.startsWith('si_')) return undefined;
  const both = conversationId.slice('si_'.length);
  if (both.startsWith(`${botId}_`)) return contactOf(both.slice(botId.length + 1));
  if (both.endsWith(`_${botId}`)) return contactOf(both.slice(0, -botId.length - 1));
  return undefined;
}

/** The group that a document is about; `""` for none. */
export function groupIdOf(document: OpenIMDocument): string {
  if ('groupID' in document) return document.groupID;
  const conversationId = 'conversationID' in document ? document.conversationID : '';
  return /^sg_(.+)$/u.exec(conversationId)?.[1] ?? '';
}

function contactOf(id: string): Conversation | undefined {
  return id === '' ? undefined : { kind: 'contact', id };
}
