import type { Role } from './event.js';
import type { MessageType } from './message-type.js';

/** How a keyword is compared with a text. */
export type MatchMode = 'contains' | 'equals' | 'startsWith' | 'endsWith' | 'regex' | 'glob';

/** A difference between two texts that does not count. */
export type Fold = 'case' | 'width' | 'space' | 'script' | 'punctuation';

/** A text to compare a name with: the same text, or a regular expression. */
export type NamePattern =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string };

/** One entry of a list of people, tags or rooms. `topic` is for rooms, `alias` for contacts. */
export type Entry =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'name' | 'alias' | 'topic'; readonly pattern: NamePattern };

/** Kinds of people: listed kinds are alternatives, `roles` then narrows. */
export interface UserSet {
  readonly contacts?: readonly Entry[];
  readonly tags?: readonly Entry[];
  readonly rooms?: readonly Entry[];
  readonly roles?: readonly Role[];
}

/** Who may trigger a rule (用户类型); `except` wins. */
export interface Users extends UserSet {
  readonly except?: UserSet;
}

/** A weekday as `schedule` spells it. */
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** A daily window in minutes since midnight; `to` at or before `from` crosses midnight. */
export interface ScheduleWindow {
  /** The days on which the window begins. */
  readonly days: readonly Weekday[];
  readonly from: number;
  readonly to: number;
}

/** When a rule is awake. */
export interface Schedule {
  /** IANA name, e.g. `Asia/Shanghai`. */
  readonly timezone: string;
  readonly windows: readonly ScheduleWindow[];
}

/**
 * A part of a message where keywords are looked for. `text`: what is said now; `quote`: the text of the
 * message that it quotes.
 */
export type SearchPlace = 'text' | 'quote';

/** Whose events are counted together. */
export type Per = 'user' | 'conversation' | 'rule';

/** At most `count` events of each `per` in a period of `everyMs`. */
export interface Limit {
  readonly count: number;
  readonly everyMs: number;
  readonly per: Per;
  /** Said once per period when the limit is reached. */
  readonly notice?: string;
}

/** What sets a rule off. */
export interface Trigger {
  /** Names of events. */
  readonly on: readonly string[];
  readonly in: readonly ('private' | 'room')[];
  /** Absent: no condition. Only rooms are tested. */
  readonly mention?: 'me' | 'all' | readonly Entry[];
  readonly from: 'others' | 'self' | 'any';
  readonly types: readonly MessageType[] | 'any';
  readonly schedule?: Schedule;
  /** The first goes through, the rest of the period is silent. */
  readonly cooldown?: { readonly everyMs: number; readonly per: Per };
  readonly limit?: Limit;
  /** 0 to 1. */
  readonly probability: number;
}

/**
 * Whose tasks are run one after another: those of one talker in a chat that go to one receiver, all
 * of one talker there, all of a chat, or nobody's. Only `receiver` lets later tasks pass one that
 * waits.
 */
export type Order = 'receiver' | 'sender' | 'conversation' | 'none';

/** When and how often a callback is called again. */
export interface RetryOptions {
  /** Calls in all, the first included. */
  readonly attempts: number;
  /** The first pause, doubled each time, in ms; a random part of it is waited (full jitter). */
  readonly backoffMs: number;
  /** No pause is longer, in ms. */
  readonly maxDelayMs: number;
  /** Call again after a timeout; off, because the receiver may have acted. */
  readonly onTimeout: boolean;
  /** Call again after a stream that broke off before a word of it was shown. */
  readonly onBrokenStream: boolean;
}

/** A piece of the event that a rule may send along as a variable. */
export type ContextName =
  | 'userName'
  | 'userAlias'
  | 'roomTopic'
  | 'botId'
  | 'platform'
  | 'rule'
  | 'role'
  | 'event'
  /** All that the event tells of a person, by the platform's names. */
  | 'personal';

/** A part of the message that a rule may send along in the request's `message`. */
export type IncludeName = 'quoted';

/** Where and how to call. */
export interface CallbackOptions {
  /** http(s) URL; may hold `{{variable}}` in path and query. */
  readonly url: string;
  readonly apiKey?: string;
  /** `whsec_…` secrets, newest first; empty: unsigned. */
  readonly secrets: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly context: readonly ContextName[];
  /** Empty: the request has no `message`. */
  readonly include: readonly IncludeName[];
  /** The whole attempt, in ms. */
  readonly timeoutMs: number;
  readonly retry: RetryOptions;
  readonly fallbackUrl?: string;
}

/** How to answer in the chat. */
export interface ReplyOptions {
  /** False: call and say nothing (`reply: false`). */
  readonly speak: boolean;
  readonly mention: boolean;
  readonly quote: boolean;
  /** A language model's thinking: folded where the platform can (`show`), or never said. */
  readonly thinking: 'show' | 'hide';
  /** From the event's arrival, in ms; later answers are kept, not spoken. */
  readonly withinMs: number;
  readonly waiting?: { readonly afterMs: number; readonly text: string };
  readonly onFailure?: string;
  /** `kind: 'message'`: the receiver's own words. */
  readonly onRefusal?:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'message' };
  /** A random pause between several replies, in ms. */
  readonly pace: { readonly minMs: number; readonly maxMs: number };
  /** Hosts and CIDRs, besides public addresses, that files of a response may come from. */
  readonly fetchAllow: readonly string[];
}

/** A sentence that a rule must, or must not, match; checked whenever rules are loaded. */
export interface RuleExample {
  readonly text: string;
  readonly in: 'private' | 'room';
  readonly mention: boolean;
  /** Whether the rule is to match. */
  readonly expect: boolean;
}

/** For events that ask for a verdict. */
export interface DecideOptions {
  readonly deadlineMs: number;
  readonly onTimeout: 'allow' | 'refuse';
}

/** One configured callback event (回调事件), with every default filled in. */
export interface Rule {
  readonly name: string;
  readonly enabled: boolean;
  /** Empty: every text. */
  readonly keywords: readonly string[];
  readonly keywordMode: 'any' | 'all';
  /** Where keywords are looked for, at least one place. With several, each keyword may stand in any of them. */
  readonly searchIn: readonly SearchPlace[];
  readonly match: MatchMode;
  readonly fold: readonly Fold[];
  readonly unsafeRegex: boolean;
  readonly strip: readonly ('mention' | 'keyword')[];
  readonly users?: Users;
  readonly trigger: Trigger;
  readonly order: Order;
  readonly callback: CallbackOptions;
  readonly reply: ReplyOptions;
  readonly decide: DecideOptions;
  readonly stop: boolean;
  readonly examples: readonly RuleExample[];
}
