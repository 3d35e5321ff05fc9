import type { payloads, types } from 'wechaty-puppet';
import type { Conversation } from '../../../core/event.js';
import type { MessagePayload } from '../../../core/message-payload.js';
import type { ToldParts } from '../../../core/text/read-words.js';

/** Where the file of a message is. Anybody who knows the address may fetch it. */
export interface Media {
  /** May be an address that only clients can reach; `""` when the sender gave none. */
  readonly url: string;
  /** In bytes; absent when unknown. */
  readonly size?: number;
  /** A media type, e.g. `image/png`; absent when unknown. */
  readonly mediaType?: string;
  /** Of voice and video, in seconds. */
  readonly seconds?: number;
  /** A smaller picture of a picture or a video. */
  readonly thumbnailUrl?: string;
}

/** What a message answers. */
export interface Quoted {
  readonly messageId: string;
  readonly senderId: string;
  /** `""` when it is not told. */
  readonly senderName: string;
  /** `""` when it was no text. */
  readonly text: string;
}

/** A message, also one of the bot's own. */
export interface DecodedMessage {
  readonly kind: 'message';
  /** Equal ids are one message told twice: by several commands, or sent again by the client. */
  readonly id: string;
  readonly payload: payloads.Message;
  /** Said by the bot's account, by whatever device or program. */
  readonly isSelf: boolean;
  /** As OpenIM names it, e.g. `si_alice_bot` or `sg_42`. */
  readonly conversationId: string;
  readonly media?: Media;
  readonly location?: payloads.Location;
  /** Whose card it is. */
  readonly contactId?: string;
  readonly quoted?: Quoted;
  /** How those who are mentioned are called in it, by id. */
  readonly names?: Readonly<Record<string, string>>;
}

/** What one kind of message adds to the fields that all have. */
export interface MessageBody
  extends Pick<DecodedMessage, 'media' | 'location' | 'contactId' | 'quoted' | 'names'> {
  readonly type: types.Message;
  readonly text?: string;
  readonly filename?: string;
  readonly mentionIds?: readonly string[];
}

/** What everything but a message has. */
export interface DecodedNotice {
  /** Equal ids are one event told twice. */
  readonly id: string;
  /** When it arrived, in seconds since 1970: OpenIM does not tell when it happened. */
  readonly timestamp: number;
  /** `openim:<command>`, with today's name of the command. */
  readonly name: string;
  /** Who did it, or whom it happened to; absent when it names nobody. */
  readonly userId?: string;
  /** Absent for what belongs to no chat of the bot's. */
  readonly conversation?: Conversation;
  /** The scalar fields of the document. */
  readonly variables: Readonly<Record<string, string>>;
  /** The whole document as JSON. */
  readonly raw: string;
}

/** A message was revoked. Which one is told by its place in the conversation alone. */
export interface DecodedRecall extends DecodedNotice {
  readonly kind: 'recall';
  readonly conversationId: string;
  readonly seq: string;
  /** Who revoked it. */
  readonly userId: string;
  readonly conversation: Conversation;
}

/** People came into a group. */
export interface DecodedRoomJoin extends DecodedNotice {
  readonly kind: 'room-join';
  readonly roomId: string;
  readonly memberIds: readonly string[];
  /** Absent when OpenIM does not tell; who came by himself is his own. */
  readonly inviterId?: string;
}

/** People left a group. OpenIM does not tell who removed them. */
export interface DecodedRoomLeave extends DecodedNotice {
  readonly kind: 'room-leave';
  readonly roomId: string;
  readonly memberIds: readonly string[];
  readonly scene: 'left' | 'removed';
}

/** A group has another name. OpenIM tells neither who gave it nor the one of before. */
export interface DecodedRoomTopic extends DecodedNotice {
  readonly kind: 'room-topic';
  readonly roomId: string;
  readonly topic: string;
}

/** The bot is invited to a group. OpenIM does not tell by whom. */
export interface DecodedRoomInvite extends DecodedNotice {
  readonly kind: 'room-invite';
  readonly roomId: string;
  /** What was said to it, `""` for nothing. */
  readonly hello: string;
}

/** Somebody wants to be, or now is, a friend of the bot. */
export interface DecodedFriendship extends DecodedNotice {
  readonly kind: 'friendship';
  readonly payload: payloads.FriendshipConfirm | payloads.FriendshipReceive;
  readonly userId: string;
}

/** Everything that Wechaty has no word for. */
export interface DecodedPlatform extends DecodedNotice {
  readonly kind: 'platform';
  /** The message it is about; absent when it is about none. */
  readonly payload?: MessagePayload;
  /** What that message says and quotes; absent when it quotes nothing. */
  readonly said?: ToldParts;
}

/** Something the server does only if it is allowed. It waits for the answer. */
export interface DecodedQuestion extends DecodedNotice {
  readonly kind: 'question';
  /** The message it is about; absent when it is about none. */
  readonly payload?: MessagePayload;
  /** What that message says and quotes; absent when it quotes nothing. */
  readonly said?: ToldParts;
  /** What it comes to once allowed, where no other command tells of it. */
  readonly whenAllowed?: DecodedRoomJoin | DecodedRoomInvite;
}

/** What concerns nobody, and is acknowledged alone. */
export interface DecodedIgnored {
  readonly kind: 'ignored';
  /**
   * `notice`: told to clients by the system, leaked by releases up to v3.8.3 ·
   * `typing` · `self`: a question about what the bot itself does
   */
  readonly reason: 'notice' | 'typing' | 'self';
}

/** Everything that has an id and takes part in the life of a bot. */
export type DecodedEvent =
  | DecodedMessage
  | DecodedRecall
  | DecodedRoomJoin
  | DecodedRoomLeave
  | DecodedRoomTopic
  | DecodedRoomInvite
  | DecodedFriendship
  | DecodedPlatform
  | DecodedQuestion;

/** One callback in Wechaty's words. */
export type Decoded = DecodedEvent | DecodedIgnored;

/** What decoding needs beside the document. */
export interface DecodeContext {
  /** The user id of the bot. */
  readonly botId: string;
  /** False when the document is about a group that the bot is not in. Default: true. */
  readonly isInGroup?: boolean;
  /** The body as it came, the source of `raw`. */
  readonly body: string;
  /** The id of the user's call that caused this, from header or body; `""` when there is none. */
  readonly operationId: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}
