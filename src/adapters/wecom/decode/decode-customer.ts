import { types } from 'wechaty-puppet';
import type { EventDocument } from '../schema/index.js';
import { noticeOf } from './decode-notice.js';
import type {
  DecodeContext,
  DecodedFriendship,
  DecodedRoomJoin,
  DecodedRoomLeave,
  DecodedRoomTopic,
} from './decoded.js';
import { userKey } from './user-id.js';

type ContactChange = Extract<EventDocument, { readonly Event: 'change_external_contact' }>;
type NewCustomer = Extract<
  ContactChange,
  { readonly ChangeType: 'add_external_contact' | 'add_half_external_contact' }
>;
type ChatUpdate = Extract<
  EventDocument,
  { readonly Event: 'change_external_chat'; readonly ChangeType: 'update' }
>;

/** Is it a customer that the member did not have before? */
export function isNewCustomer(document: ContactChange): document is NewCustomer {
  const { ChangeType } = document;
  return ChangeType === 'add_external_contact' || ChangeType === 'add_half_external_contact';
}

/** A new customer. The friendship holds already: nobody is asked to accept it. */
export function decodeNewCustomer(
  document: NewCustomer,
  context: DecodeContext,
): DecodedFriendship {
  const notice = noticeOf(document, context);
  return {
    kind: 'friendship',
    ...notice,
    userId: userKey(document.UserID),
    payload: {
      id: notice.id,
      contactId: document.ExternalUserID,
      timestamp: notice.timestamp,
      type: types.Friendship.Confirm,
    },
  };
}

/** What changed in a customer group, if Wechaty has a word for it and WeCom says enough. */
export function decodeChatUpdate(
  document: ChatUpdate,
  context: DecodeContext,
): DecodedRoomJoin | DecodedRoomLeave | DecodedRoomTopic | undefined {
  const { ChatId: roomId, UpdateDetail, MemChangeList } = document;
  const memberIds = MemChangeList.map(userKey).filter((id) => id !== '');
  if (UpdateDetail === 'change_name') {
    return { kind: 'room-topic', ...noticeOf(document, context), roomId };
  }
  // Older callbacks count the members without naming them.
  if (memberIds.length === 0) return undefined;
  if (UpdateDetail === 'add_member') {
    const scene = joinScenes.get(document.JoinScene);
    const notice = noticeOf(document, context);
    return { kind: 'room-join', ...notice, roomId, memberIds, ...(scene && { scene }) };
  }
  if (UpdateDetail === 'del_member') {
    const scene = quitScenes.get(document.QuitScene);
    const notice = noticeOf(document, context);
    return { kind: 'room-leave', ...notice, roomId, memberIds, ...(scene && { scene }) };
  }
  return undefined;
}

const joinScenes = new Map<number | undefined, 'invited' | 'qr-code'>([
  [0, 'invited'],
  [3, 'qr-code'],
]);

const quitScenes = new Map<number | undefined, 'left' | 'removed'>([
  [0, 'left'],
  [1, 'removed'],
]);
