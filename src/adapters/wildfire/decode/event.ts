import type { payloads } from 'wechaty-puppet';
import type { MessageType } from '../../../core/message-type.js';
import type { PlatformEvent } from '../../../core/platform-event.js';
import type { WildfireConversation } from '../schema/message.js';
import type { WildfirePayload } from '../schema/payload.js';

/** A file that a message names; it is fetched when somebody wants it. */
export interface MediaContent {
  readonly url: string;
  readonly name: string;
  readonly bytes?: number;
  readonly seconds?: number;
  /** A small JPEG, in base64. */
  readonly thumbnail?: string;
}

/** The message that a text quotes. */
export interface Quote {
  /** Decimal, 64 bits. */
  readonly messageId: string;
  readonly userId: string;
  readonly name: string;
  readonly text: string;
}

/** A message within a composite one. */
export interface HistoryItem {
  /** Decimal, 64 bits. */
  readonly messageId: string;
  readonly userId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly payloadType: number;
  readonly text: string;
}

/** What a message says. */
export interface MessageContent {
  readonly type: MessageType;
  readonly text: string;
  readonly media?: MediaContent;
  readonly location?: Readonly<payloads.Location>;
  readonly link?: Readonly<payloads.UrlLink>;
  readonly contact?: {
    readonly id: string;
    readonly kind: 'user' | 'group' | 'channel';
    readonly name: string;
    readonly portrait: string;
  };
  readonly quote?: Quote;
  readonly history?: readonly HistoryItem[];
}

/** Where an answer goes, and how. */
export interface AnswerRoute {
  readonly conversation: WildfireConversation;
  /** The message that mentions the robot: a reply to it reaches chats that the robot is not in. */
  readonly mentionedBy?: string;
  /** Nothing but such a reply reaches this chat. */
  readonly replyOnly: boolean;
  /** Only these members of the group get it (定向消息). Absent: all. */
  readonly toUsers?: readonly string[] | undefined;
}

/** Present: the message was directed at some members of its group, and answers go to these alone. */
type AnswerTo = readonly string[];

/** A message for the bot. */
export interface MessageEvent {
  readonly kind: 'message';
  readonly id: string;
  readonly payload: payloads.Message;
  readonly content: MessageContent;
  readonly route: AnswerRoute;
  readonly answerTo?: AnswerTo;
  /** The server's own id, decimal, `''` when it gave none. */
  readonly messageId: string;
  /** As it came. */
  readonly wire: WildfirePayload;
}

/** The event that a bot makes of a message on its own road, which another road told of. */
export interface OwnEvent {
  readonly id: string;
  /** The server's own id of the message, decimal. */
  readonly messageId: string;
  /**
   * When the server gives the message to the bot as well.
   *
   * - `surely`: it was said to the bot, or mentions it
   * - `member`: if the bot is a member of the group `groupId`
   * - `unlikely`: nothing shows that it will
   */
  readonly comes: 'surely' | 'member' | 'unlikely';
  /** `''`: it was not said in a group. */
  readonly groupId: string;
}

interface RoomEvent {
  readonly id: string;
  /** What happened, the same on every road that tells it. */
  readonly what: string;
}

/** Something that Wechaty has no word for. */
export interface PlatformOccurrence {
  readonly kind: 'platform';
  readonly id: string;
  readonly event: PlatformEvent;
  readonly answerTo?: AnswerTo;
  /** Present: the bot may hear the same message on its own road, and then as this. */
  readonly own?: OwnEvent;
}

/** What a callback comes to. */
export type WildfireEvent =
  | MessageEvent
  | (RoomEvent & { readonly kind: 'room-join'; readonly payload: payloads.EventRoomJoin })
  | (RoomEvent & { readonly kind: 'room-leave'; readonly payload: payloads.EventRoomLeave })
  | (RoomEvent & { readonly kind: 'room-topic'; readonly payload: payloads.EventRoomTopic })
  | {
      readonly kind: 'friendship';
      readonly id: string;
      readonly payload: payloads.FriendshipConfirm;
    }
  | PlatformOccurrence
  | { readonly kind: 'ignored'; readonly why: IgnoredBecause }
  /** `fields` are names of fields that are wrong. */
  | { readonly kind: 'unreadable'; readonly fields: readonly string[] };

/**
 * Why a callback is no event.
 *
 * - `own`: the bot said it itself
 * - `robot`: another robot said it, and robots are not listened to
 * - `not-for-bot`: it is for another robot: two robots have one URL
 * - `passing`: a state that passes, e.g. somebody types
 */
export type IgnoredBecause = 'own' | 'robot' | 'not-for-bot' | 'passing';
