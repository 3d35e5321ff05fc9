import type { payloads } from 'wechaty-puppet';
import type { Conversation } from '../../../core/event.js';

/** What is needed to fetch a message's file from WeCom; good for three days. */
export interface Media {
  readonly mediaId: string;
  /** Of a voice message: `amr` or `speex`. */
  readonly format?: string;
  /** The preview of a video, fetched in the same way. */
  readonly thumbMediaId?: string;
  /** Where an image can also be seen. */
  readonly pictureUrl?: string;
}

/** A message to the app. */
export interface DecodedMessage {
  readonly kind: 'message';
  /** Equal ids are one message sent twice. */
  readonly id: string;
  readonly payload: payloads.Message;
  readonly media?: Media;
  readonly location?: payloads.Location;
  readonly link?: payloads.UrlLink;
}

/** Codes that an API call takes, once. For the adapter alone: never logged, never sent on. */
export interface OneTimeCodes {
  /** Updates the clicked card. */
  readonly responseCode?: string;
  /** Sends a customer one welcome message. */
  readonly welcomeCode?: string;
  /** Fetches the news of customer service. */
  readonly token?: string;
  /** Says something in a chat of the acquisition assistant. */
  readonly chatKey?: string;
}

/** What everything but a message has. */
export interface DecodedNotice {
  /** Equal ids are one event sent twice. */
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** `wecom:<Event>` or `wecom:<Event>/<ChangeType>`. */
  readonly name: string;
  /** The scalar fields of the document, without secrets. */
  readonly variables: Readonly<Record<string, string>>;
  /** The whole document as JSON, without secrets. */
  readonly raw: string;
  readonly codes: OneTimeCodes;
}

/** A member has a new customer. */
export interface DecodedFriendship extends DecodedNotice {
  readonly kind: 'friendship';
  readonly payload: payloads.FriendshipConfirm;
  /** The member. */
  readonly userId: string;
}

/** People came into a customer group. WeCom does not tell who brought them. */
export interface DecodedRoomJoin extends DecodedNotice {
  readonly kind: 'room-join';
  readonly roomId: string;
  readonly memberIds: readonly string[];
  /** How; absent when WeCom does not say. */
  readonly scene?: 'invited' | 'qr-code';
}

/** People left a customer group. WeCom does not tell who removed them. */
export interface DecodedRoomLeave extends DecodedNotice {
  readonly kind: 'room-leave';
  readonly roomId: string;
  readonly memberIds: readonly string[];
  /** How; absent when WeCom does not say. */
  readonly scene?: 'left' | 'removed';
}

/** A customer group has another name. WeCom tells neither name: the new one must be fetched. */
export interface DecodedRoomTopic extends DecodedNotice {
  readonly kind: 'room-topic';
  readonly roomId: string;
}

/** Everything that Wechaty has no word for. */
export interface DecodedPlatform extends DecodedNotice {
  readonly kind: 'platform';
  /** Who did it, or whom it happened to; absent when it names nobody. */
  readonly userId?: string;
  /** Absent for what belongs to no chat: nobody can be answered there. */
  readonly conversation?: Conversation;
}

/** One document of WeCom's in Wechaty's words. */
export type Decoded =
  | DecodedMessage
  | DecodedFriendship
  | DecodedRoomJoin
  | DecodedRoomLeave
  | DecodedRoomTopic
  | DecodedPlatform;

/** What decoding needs beside the document. */
export interface DecodeContext {
  /** The app's own id as a contact: whom its messages are for. */
  readonly botId: string;
  /** The decrypted document, byte for byte: what has no MsgId gets its id from it. */
  readonly plaintext: string;
  /** For documents without CreateTime; ms since 1970. */
  readonly receivedAt: number;
}
