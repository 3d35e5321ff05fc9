import type { MessagePayload } from '../../../core/message-payload.js';
import { isNotice } from '../schema/elements.js';
import type { DocumentFor } from '../schema/index.js';
import type { DecodeContext, Decoded } from './decoded.js';
import { messageBody } from './message-body.js';
import { hashOf, noticeOf, roomOf } from './notice.js';
import { saidOf } from './said.js';

/** A command that asks before something is pushed to devices. */
export type PushDocument = DocumentFor<
  | 'callbackBeforeOnlinePushCommand'
  | 'callbackBeforeOfflinePushCommand'
  | 'callbackBeforeGroupOnlinePushCommand'
>;

/** A push. Notices of the system are told, and never held up: clients would fall behind. */
export function decodePush(document: PushDocument, context: DecodeContext): Decoded {
  const { sendID, groupID, clientMsgID, contentType } = document;
  const about = noticeOf(document, context, {
    userId: sendID,
    conversation: groupID === '' ? undefined : roomOf(groupID),
  });
  if (isNotice(contentType)) return { kind: 'platform', ...about };
  if (sendID === context.botId) return { kind: 'ignored', reason: 'self' };
  const id = clientMsgID || hashOf(sendID, context.body, String(context.receivedAt));
  const body = messageBody(contentType, document.content, id);
  const { type, text, filename } = body;
  const said = saidOf(body);
  const payload: MessagePayload = {
    type,
    id,
    talkerId: sendID,
    roomId: groupID,
    timestamp: about.timestamp,
    ...(text !== undefined && { text }),
    ...(filename !== undefined && { filename }),
    ...(groupID !== '' && document.atUserIDList.length > 0
      ? { mentionIdList: document.atUserIDList }
      : {}),
  };
  return { kind: 'question', ...about, payload, ...(said && { said }) };
}
