import { z } from 'zod';
import type { Bilingual } from '../../../core/language.js';
import type { SeenMention } from '../../../core/seen.js';
import type { MaybeText } from './common.js';
import { change } from './rules.js';

/** `POST /try`: a message as it would come. */
export const trialBody = z.strictObject({
  text: z.string().max(20_000).default(''),
  /** The text of what it quotes; absent: what the text itself quotes, if anything. */
  quote: z.string().max(20_000).exactOptional(),
  /** Name, alias or id of the person; absent: somebody whom no rule knows. */
  user: z.string().max(500).exactOptional(),
  /** Topic or id of the room; absent: a private chat. */
  room: z.string().max(500).exactOptional(),
  /** The bot is @-mentioned. */
  mention: z.boolean().default(false),
  fromSelf: z.boolean().default(false),
  /** A name of `MessageType`. */
  type: z.string().max(50).default('Text'),
  event: z.string().max(200).default('message'),
  roles: z.array(z.string().max(50)).max(10).exactOptional(),
  tags: z.array(z.string().max(200)).max(100).default([]),
  /** In ms since 1970; absent: now. */
  at: z.number().exactOptional(),
  /** Rules as they would be after these changes, not saved. */
  draft: z.strictObject({ edition: z.string(), changes: z.array(change) }).exactOptional(),
});
/** `POST /try` */
export type TrialBody = z.input<typeof trialBody>;

/** What one rule says of an event. */
export interface RuleVerdict {
  readonly rule: string;
  readonly matched: boolean;
  /** The first condition that failed, as the configuration spells it, e.g. `trigger.mention`. */
  readonly condition?: string;
  /** What the rule wanted, and the value that was seen. */
  readonly text?: Bilingual;
  /** What the receiver gets, when it matches. */
  readonly question?: string;
  readonly groups?: Readonly<Record<string, string>>;
  /** Below 1: only this share of such events goes through. */
  readonly probability?: number;
  /** What depends on what happened before, and is not tested. */
  readonly untested: readonly ('cooldown' | 'limit')[];
}

/** What rules see of an event. */
export interface SeenParts {
  /** What is said now; absent for an event that is no message. */
  readonly words?: MaybeText;
  /** Absent: nothing is quoted. */
  readonly quoted?: MaybeText & {
    readonly id?: string;
    readonly userId?: string;
    /** As it stands in the quotation; left out where text is hidden. */
    readonly name?: string;
  };
  /** Names that only the text tells are left out where it is hidden. */
  readonly mentions: readonly SeenMention[];
  readonly roles: readonly string[];
}

/** `POST /try` */
export interface Trial {
  readonly seen: SeenParts;
  /** Every rule, in file order. */
  readonly rules: readonly RuleVerdict[];
  /** What rules look at and the question did not tell: ask for it. */
  readonly untold: readonly ('tags' | 'mention' | 'roles')[];
}

/** `POST /try/call`: really calls the receiver; nothing is said in any chat, nothing is kept. */
export const trialCallBody = trialBody.extend({
  /** The rule whose receiver is called; it must match. */
  rule: z.string().min(1),
});
/** `POST /try/call` */
export type TrialCallBody = z.input<typeof trialCallBody>;

/** A request as it was sent; secrets masked. */
export interface ShownRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body?: string;
  /** Only the beginning of the body is there. */
  readonly truncated?: boolean;
  /** The body is left out: `console.private`, or its retention is over. */
  readonly hidden?: boolean;
}

/** What came back. */
export interface ShownResponse {
  /** Absent: no response. */
  readonly status?: number;
  readonly contentType?: string;
  /** At most 16,000 characters; secrets of the rule masked. */
  readonly body?: string;
  readonly truncated?: boolean;
  readonly hidden?: boolean;
}

/** `POST /try/call` */
export interface TrialCall {
  readonly request?: ShownRequest;
  readonly response: ShownResponse;
  readonly durationMs: number;
  readonly outcome: 'answered' | 'refused' | 'retry' | 'dead';
  /** What it means, and what to do about it. */
  readonly text: Bilingual;
  /** What the bot would say, one platform message each; only the kind for what is no text. */
  readonly replies: readonly { readonly type: string; readonly text?: string }[];
}

/** `POST /chat`: speaks to the embedded bot as somebody; what it says comes over `GET /live`. */
export const chatBody = z.strictObject({
  /** An id out of `ChatPlaces.people`. */
  as: z.string().max(200),
  /** An id out of `ChatPlaces.rooms`; absent: a private chat. */
  room: z.string().max(200).exactOptional(),
  mention: z.boolean().default(false),
  text: z.string().min(1).max(20_000),
});
/** `POST /chat` */
export type ChatBody = z.input<typeof chatBody>;

/** `GET /chat`: with whom one can speak here. `409 unavailable` where there is no such bot. */
export interface ChatPlaces {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly rooms: readonly { readonly id: string; readonly topic: string }[];
  /** What was said lately, oldest first; at most 200. */
  readonly said: readonly ChatLine[];
}

/** One line in the chat pane; `GET /chat/:id` answers one with its text. */
export interface ChatLine extends MaybeText {
  readonly id: string;
  readonly at: number;
  readonly from: 'person' | 'bot';
  /** The person who speaks, or to whom the bot speaks. */
  readonly person: string;
  readonly room?: string;
}
