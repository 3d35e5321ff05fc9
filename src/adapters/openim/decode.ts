import { decodeAgreed, decodeRequest } from './decode/decode-friendship.js';
import {
  decodeCreated,
  decodeGroupInfo,
  decodeInviting,
  decodeJoined,
  decodeJoining,
  decodeLeft,
} from './decode/decode-group.js';
import { decodeMessage, decodeMessageQuestion } from './decode/decode-message.js';
import { decodeOther } from './decode/decode-other.js';
import { decodePush } from './decode/decode-push.js';
import { decodeRecall } from './decode/decode-recall.js';
import type { DecodeContext, Decoded } from './decode/decoded.js';
import type { DocumentFor, KnownDocument, OpenIMDocument } from './schema/index.js';

type Decoders = {
  readonly [Command in KnownDocument['command']]?: (
    document: DocumentFor<Command>,
    context: DecodeContext,
  ) => Decoded;
};

const decoders: Decoders = {
  callbackAfterSendSingleMsgCommand: decodeMessage,
  callbackAfterSendGroupMsgCommand: decodeMessage,
  callbackAfterMsgSaveDBCommand: decodeMessage,
  callbackBeforeSendSingleMsgCommand: decodeMessageQuestion,
  callbackBeforeSendGroupMsgCommand: decodeMessageQuestion,
  callbackBeforeMsgModifyCommand: decodeMessageQuestion,
  callbackBeforeOnlinePushCommand: decodePush,
  callbackBeforeOfflinePushCommand: decodePush,
  callbackBeforeGroupOnlinePushCommand: decodePush,
  callbackBeforeAfterMsgCommand: decodeRecall,
  callbackAfterCreateGroupCommand: decodeCreated,
  callbackBeforeMembersJoinGroupCommand: decodeJoining,
  callbackAfterJoinGroupCommand: decodeJoined,
  callbackBeforeInviteJoinGroupCommand: decodeInviting,
  callbackAfterQuitGroupCommand: decodeLeft,
  callbackAfterKickGroupCommand: decodeLeft,
  callbackAfterSetGroupInfoCommand: decodeGroupInfo,
  callbackAfterSetGroupInfoExCommand: decodeGroupInfo,
  callbackAfterAddFriendCommand: decodeRequest,
  callbackAfterAddFriendAgreeCommand: decodeAgreed,
};

/**
 * A callback in Wechaty's words. What has none is a `platform` event, or a `question` where the
 * server waits for permission. Pure, and throws for no document: whatever comes is acknowledged.
 */
export function decode(document: OpenIMDocument, context: DecodeContext): Decoded {
  if (document.command === 'other') return decodeOther(document, context);
  const decoder = decoders[document.command] as
    | ((document: OpenIMDocument, context: DecodeContext) => Decoded)
    | undefined;
  return (decoder ?? decodeOther)(document, context);
}
