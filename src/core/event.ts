import type { MessagePayload } from './message-payload.js';
import type { Span } from './text/spans.js';

/** What a person is to the bot or in the room where the event happened. */
export type Role = 'friend' | 'stranger' | 'owner' | 'admin' | 'member' | 'official' | 'system';

/** Somebody, as far as the rules in force need to know. */
export interface Person {
  readonly id: string;
  /** The name the person chose, `""` when unknown. */
  readonly name: string;
  /** The bot's own name for the person (备注), `""` when there is none. */
  readonly alias: string;
  /** Ids or names of the tags that the bot gave the person. */
  readonly tags: readonly string[];
  readonly roles: readonly Role[];
}

/** A chat: with one contact, or a room. It is where a reply goes. */
export interface Conversation {
  readonly kind: 'contact' | 'room';
  readonly id: string;
}

/** Who is @-mentioned in a message. */
export interface Mention {
  /** The bot itself, by id or, where a platform tells no ids, by `@name` in the text. */
  readonly me: boolean;
  /** Everybody (@所有人). */
  readonly all: boolean;
  readonly people: readonly Person[];
  /** The mentions as they stand in the words, `@` included: what `strip: [mention]` removes. */
  readonly texts: readonly string[];
  /** Where these stand in the words, in order. Absent: `texts` are looked for. */
  readonly spans?: readonly Span[];
  /** How the bot was found: the platform told its id, or its name stands in the words. Absent: it was not. */
  readonly foundBy?: 'id' | 'name';
}

/** An earlier message that a message quotes (引用). What is not known is absent. */
export interface Quotation {
  readonly id?: string;
  /** The id of who said it. */
  readonly userId?: string;
  /** The name of who said it, as it stands in the quotation. */
  readonly name?: string;
  readonly text?: string;
}

/** The part of an event that only messages have. */
export interface EventMessage {
  readonly payload: MessagePayload;
  readonly mention: Mention;
  /** What is said now: the text without what it quotes, `""` when there is no text. */
  readonly words: string;
  readonly quoted?: Quotation;
}

/**
 * A thing that happened in a bot, read once and plain from there on.
 * Nothing after the reading touches Wechaty until a reply is said.
 */
export interface BotEvent {
  /** The platform's own id, else a hash of the content; equal ids are duplicates. */
  readonly id: string;
  /** `message`, `room-join`, …, or a platform event such as `wecom:enter_agent`. */
  readonly name: string;
  readonly botId: string;
  /** The puppet's name, e.g. `wechaty-puppet-service`. */
  readonly platform: string;
  /** When it reached the bot, in ms since 1970. */
  readonly at: number;
  /** Who triggered it: the talker of a message, the one who joined, … */
  readonly user: Person;
  /** The bot's own doing. */
  readonly isSelf: boolean;
  /** The doing of another bot of this program. Absent: it is not, or that cannot be known. */
  readonly byOtherBot?: true;
  /** Where the reply goes; absent for events that belong to no chat. */
  readonly conversation?: Conversation;
  /** The topic of the room, `""` when unknown; absent outside rooms. */
  readonly topic?: string;
  readonly message?: EventMessage;
  /** For how long what was said may be kept, in ms since `at`. Absent: its sender sets no limit. */
  readonly keepMs?: number;
  /** What the event itself adds to the task's `variables`. */
  readonly variables: Readonly<Record<string, string>>;
  /** What it tells of a person besides: only `callback.context: [personal]` sends it. */
  readonly personal?: Readonly<Record<string, string>>;
}

/** The little of an event that can be read at no cost, enough to see that no rule can match it. */
export interface EventHead {
  readonly name: string;
  readonly isSelf: boolean;
  readonly inRoom: boolean;
  /** The kind of message; absent for events that are none. */
  readonly type?: number;
  /** Of a message: its words, without what it quotes. */
  readonly text?: string;
  /** The text of what is quoted, `""` when there is none. Absent: the head does not tell. */
  readonly quoted?: string;
}

/**
 * What a rule looks at beyond the head. The person's tags and who is @-mentioned cost a question to
 * the platform, so they are read only when a rule asks, and read as empty otherwise. Names and roles
 * are mostly known; where they are not, or may have changed, only a rule that looks at them waits. That
 * an account is an official one is needed by every rule, and is no need of its own.
 */
export type Need = 'tags' | 'mention' | 'roles' | 'names';
