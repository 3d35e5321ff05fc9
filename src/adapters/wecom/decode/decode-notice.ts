import type { Conversation } from '../../../core/event.js';
import type { InfoDocument, WeComDocument } from '../schema/index.js';
import type { DecodeContext, DecodedNotice, DecodedPlatform, OneTimeCodes } from './decoded.js';
import { plaintextId, timestampOf } from './event-id.js';
import { rawJson, variablesOf } from './secret-fields.js';
import { userKey } from './user-id.js';

/** What every notice tells. */
export function noticeOf(document: WeComDocument, context: DecodeContext): DecodedNotice {
  return {
    id: plaintextId(context.plaintext),
    timestamp: timestampOf(document.CreateTime, context.receivedAt),
    name: nameOf(document),
    variables: variablesOf(document.raw),
    raw: rawJson(document.raw),
    codes: codesOf(document),
  };
}

/** An event that Wechaty has no word for, or a message that cannot be one. */
export function decodePlatform(document: WeComDocument, context: DecodeContext): DecodedPlatform {
  const talker = userKey(document.FromUserName);
  const userId = talker || userKey(fieldOf(document, 'UserID'));
  const conversation = conversationOf(talker, fieldOf(document, 'ChatId'));
  return {
    kind: 'platform',
    ...noticeOf(document, context),
    ...(userId === '' ? {} : { userId }),
    ...(conversation === undefined ? {} : { conversation }),
  };
}

/** Who is merely talked about by the system is not in a chat with the app. */
function conversationOf(talker: string, chatId: string): Conversation | undefined {
  if (chatId !== '') return { kind: 'room', id: chatId };
  return talker === '' ? undefined : { kind: 'contact', id: talker };
}

/** `wecom:<Event>` or `wecom:<Event>/<ChangeType>`; for messages their MsgType. */
function nameOf(document: WeComDocument): string {
  if (document.MsgType === 'info') return infoNameOf(document);
  const event = 'Event' in document ? document.Event : '';
  if (event === '') {
    const type = document.MsgType === 'other' ? document.originalMsgType : document.MsgType;
    return `wecom:${type || 'unknown'}`;
  }
  const changeType = 'ChangeType' in document ? document.ChangeType : '';
  return `wecom:${event}${changeType && `/${changeType}`}`;
}

function infoNameOf({ InfoType, ChangeType }: InfoDocument): string {
  return `wecom:${InfoType}${ChangeType && `/${ChangeType}`}`;
}

function codesOf(document: WeComDocument): OneTimeCodes {
  const codes = {
    responseCode: fieldOf(document, 'ResponseCode'),
    welcomeCode: fieldOf(document, 'WelcomeCode'),
    token: fieldOf(document, 'Token'),
    chatKey: fieldOf(document, 'ChatKey'),
  };
  return Object.fromEntries(Object.entries(codes).filter(([, code]) => code !== ''));
}

/** A field as it came, also of a document whose kind is not known. */
function fieldOf({ raw }: WeComDocument, name: string): string {
  const value = raw[name];
  return typeof value === 'string' ? value.trim() : '';
}
