import type { payloads } from 'wechaty-puppet';
import type { Conversation } from '../../core/event.js';
import type { PlatformEvent } from '../../core/platform-event.js';
import type { ToldParts } from '../../core/text/read-words.js';
import type { Callback } from './schema/callback.js';

/** Where a file is, encrypted, for five minutes (D100719). */
export interface Media {
  readonly url: string;
  /** base64; absent: the key of the callback. */
  readonly aesKey?: string;
}

/** One message as Wechaty has it. */
export interface DecodedMessage {
  readonly payload: payloads.Message;
  readonly media?: Media;
  /** Present: it quotes a message. */
  readonly said?: ToldParts;
}

/** Who asked what, and how the answer can go back. */
export interface Question {
  /** Of the callback. */
  readonly id: string;
  readonly userId: string;
  readonly conversation: Conversation;
  /** Where one more message can go: an address, or the conversation over the long connection. */
  readonly responseUrl?: string;
}

/** A callback in Wechaty's words. */
export type Decoded =
  /** The platform asks for what a stream shows by now. */
  | { readonly kind: 'refresh'; readonly streamId: string }
  /** One message of a person; several Wechaty messages when there are files with it. */
  | {
      readonly kind: 'messages';
      readonly question: Question;
      readonly messages: readonly DecodedMessage[];
    }
  /** Somebody came into the chat with the bot, for the first time that day. */
  | { readonly kind: 'welcome'; readonly question: Question; readonly event: PlatformEvent }
  /** Somebody used a card. */
  | {
      readonly kind: 'click';
      readonly question: Question;
      readonly event: PlatformEvent;
      readonly click: NonNullable<NonNullable<Callback['event']>['template_card_event']>;
    }
  /** Anything that can be answered with nothing. */
  | { readonly kind: 'event'; readonly id: string; readonly event: PlatformEvent }
  | { readonly kind: 'unknown' };

/** What decoding needs beside the callback. */
export interface DecodeContext {
  /** The bot's own id as a contact. */
  readonly botId: string;
  /** As WeCom shows the bot; absent: mentions stay in the text. */
  readonly botName?: string | undefined;
  /** The decrypted document: what has no id gets one from it. */
  readonly plaintext: string;
  /** It came over the long connection: what comes late goes to the conversation. Default: false. */
  readonly isConnected?: boolean;
  /** For callbacks without a time; ms since 1970. */
  readonly receivedAt: number;
}
