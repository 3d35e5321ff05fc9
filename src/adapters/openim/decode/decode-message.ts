import type { payloads } from 'wechaty-puppet';
import type { MessagePayload } from '../../../core/message-payload.js';
import { ContentType, isNotice } from '../schema/elements.js';
import type { DocumentFor } from '../schema/index.js';
import type {
  DecodeContext,
  Decoded,
  DecodedMessage,
  DecodedPlatform,
  MessageBody,
} from './decoded.js';
import { messageBody } from './message-body.js';
import { hashOf, noticeOf, roomOf } from './notice.js';
import { everybodyTag } from './rich-text-body.js';
import { saidOf } from './said.js';

/** A command that brings a whole message. */
export type MessageDocument = DocumentFor<
  | 'callbackBeforeSendSingleMsgCommand'
  | 'callbackAfterSendSingleMsgCommand'
  | 'callbackBeforeSendGroupMsgCommand'
  | 'callbackAfterSendGroupMsgCommand'
  | 'callbackBeforeMsgModifyCommand'
  | 'callbackAfterMsgSaveDBCommand'
>;

/** A message that was sent. */
export function decodeMessage(document: MessageDocument, context: DecodeContext): Decoded {
  const reason = ignoredReason(document.contentType);
  if (reason !== undefined) return { kind: 'ignored', reason };
  const { body, wechaty, payload } = readMessage(document, context);
  if (!concernsBot(document, context)) return overheard(document, context, { payload, body });
  return {
    kind: 'message',
    id: `${document.sendID}/${payload.id}`,
    payload: wechaty,
    isSelf: document.sendID === context.botId,
    conversationId: conversationIdOf(document),
    ...besides(body),
  };
}

/** A message that waits for permission. */
export function decodeMessageQuestion(document: MessageDocument, context: DecodeContext): Decoded {
  const reason =
    ignoredReason(document.contentType) ?? (document.sendID === context.botId ? 'self' : undefined);
  if (reason !== undefined) return { kind: 'ignored', reason };
  const read = readMessage(document, context);
  return { kind: 'question', ...aboutMessage(document, context, read.payload), ...shownOf(read) };
}

/** What must never be held up or shown; a notice of the system has no content here anyway. */
function ignoredReason(contentType: number | undefined): 'notice' | 'typing' | undefined {
  if (isNotice(contentType)) return 'notice';
  return contentType === ContentType.Typing ? 'typing' : undefined;
}

/**
 * A server tells of all messages, also of those between two people. They are for rules that ask for
 * the command; a reply there would be one to the sender.
 */
function overheard(
  document: MessageDocument,
  context: DecodeContext,
  read: Pick<ReadMessage, 'payload' | 'body'>,
): DecodedPlatform {
  return { kind: 'platform', ...aboutMessage(document, context, read.payload), ...shownOf(read) };
}

function shownOf({ payload, body }: Pick<ReadMessage, 'payload' | 'body'>) {
  const said = saidOf(body);
  return { payload, ...(said && { said }) };
}

function aboutMessage(document: MessageDocument, context: DecodeContext, payload: MessagePayload) {
  const { sendID, groupID, recvID } = document;
  const isInChat = groupID === '' ? recvID === context.botId : context.isInGroup !== false;
  const chat = groupID === '' ? ({ kind: 'contact', id: sendID } as const) : roomOf(groupID);
  return noticeOf(document, context, {
    // The commands about one message are several events: each may be asked for.
    id: hashOf(document.command, sendID, payload.id),
    userId: sendID,
    conversation: isInChat ? chat : undefined,
  });
}

/** Nobody is no talker. */
function concernsBot({ groupID, recvID, sendID }: MessageDocument, context: DecodeContext) {
  const { botId, isInGroup = true } = context;
  if (sendID === '') return false;
  return groupID === '' ? recvID === botId || sendID === botId : isInGroup;
}

/** What was read of a message, in the words of both sides. */
interface ReadMessage {
  readonly body: MessageBody;
  /** For Wechaty: a payload of a private chat has no `roomId`. */
  readonly wechaty: payloads.Message;
  /** For rules and receivers. */
  readonly payload: MessagePayload;
}

function readMessage(document: MessageDocument, context: DecodeContext): ReadMessage {
  const { clientMsgID, serverMsgID, sendID, groupID, recvID, contentType } = document;
  const id = clientMsgID || serverMsgID || hashOf(sendID, context.body, String(context.receivedAt));
  const body = messageBody(contentType, document.content, id);
  const ms = document.sendTime || document.createTime || context.receivedAt;
  const common = {
    id,
    type: body.type,
    talkerId: sendID,
    timestamp: Math.floor(ms / 1000),
    ...(body.text !== undefined && { text: body.text }),
    ...(body.filename !== undefined && { filename: body.filename }),
  };
  if (groupID === '') {
    const listener = recvID === '' ? {} : { listenerId: recvID };
    const wechaty = { ...common, listenerId: recvID };
    return { body, wechaty, payload: { ...common, roomId: '', ...listener } };
  }
  const ids = mentionsOf(document.atUserList, body);
  const whole = { ...common, roomId: groupID, ...(ids.length > 0 && { mentionIdList: ids }) };
  return { body, wechaty: whole, payload: whole };
}

/** Releases leave the outer list empty for what comes over REST: both lists count. */
function mentionsOf(atUserList: readonly string[], { mentionIds = [] }: MessageBody) {
  const all = new Set([...atUserList, ...mentionIds]);
  return [...all].map((id) => (id === everybodyTag ? '@all' : id));
}

function besides({ media, location, contactId, quoted, names }: MessageBody) {
  return {
    ...(media && { media }),
    ...(location && { location }),
    ...(contactId !== undefined && { contactId }),
    ...(quoted && { quoted }),
    ...(names && { names }),
  } satisfies Partial<DecodedMessage>;
}

/** As the server names conversations. */
function conversationIdOf({ sendID, recvID, groupID }: MessageDocument): string {
  if (groupID !== '') return `sg_${groupID}`;
  return `si_${[sendID, recvID].toSorted().join('_')}`;
}
