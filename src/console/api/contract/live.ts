import { z } from 'zod';
import type { Bilingual } from '../../../core/language.js';
import { type MaybeText, pageQuery, switchQuery } from './common.js';
import type { TaskRow } from './tasks.js';
import type { ChatLine, RuleVerdict, SeenParts } from './trial.js';

/** What became of an event. */
export type EventFate =
  /** At least one task was kept. */
  | 'matched'
  /** No rule matched. */
  | 'unmatched'
  /** Rules matched, but a cooldown, a limit, a pause or `loopLimit` silenced them all. */
  | 'silenced'
  /** Older than `maxAge` when it arrived. */
  | 'too-old'
  /** The bot's own words, reported back. */
  | 'echo'
  /** It could not be read or kept; the log says why. */
  | 'failed';

/** An event in the list and in the stream. */
export interface EventRow extends MaybeText {
  /** The text of what is quoted, where that is no part of `text`; absent where text is hidden. */
  readonly quote?: string;
  readonly id: string;
  readonly at: number;
  readonly name: string;
  readonly botId: string;
  readonly userId: string;
  readonly userName: string;
  readonly conversation?: { readonly kind: 'contact' | 'room'; readonly id: string };
  readonly topic?: string;
  /** A name of `MessageType`, or its number. */
  readonly type?: string;
  readonly isSelf: boolean;
  readonly mentionsBot: boolean;
  readonly fate: EventFate;
  /** The rules that matched. */
  readonly rules: readonly string[];
  /** Of those, the ones that were silenced, and by what. */
  readonly silenced: readonly {
    readonly rule: string;
    readonly by: 'cooldown' | 'limit' | 'pause' | 'loop';
  }[];
  /** The tasks that were kept. */
  readonly tasks: readonly string[];
}

/** `GET /events`: newest first. `409 unavailable` without history. */
export const eventListQuery = z.object({
  ...pageQuery,
  fate: z.enum(['matched', 'unmatched', 'silenced', 'too-old', 'echo', 'failed']).exactOptional(),
  rule: z.string().exactOptional(),
  /** A user's or a conversation's id. */
  who: z.string().exactOptional(),
  /** In the text (not with `console.private`), names and topics. */
  search: z.string().max(200).exactOptional(),
});
/** `GET /events` */
export type EventListQuery = z.input<typeof eventListQuery>;

/** `GET /events/:id` */
export const eventQuery = z.object({ text: switchQuery });

/** `GET /events/:id`: "why did it not answer?" */
export interface EventDetail {
  readonly event: EventRow;
  readonly seen: SeenParts;
  /** Every rule in force now, in file order; wordings leave the text out where it is hidden. */
  readonly rules: readonly RuleVerdict[];
  /** What was not read then and rules look at now: an answer may differ. */
  readonly unread: readonly ('tags' | 'mention' | 'roles' | 'names')[];
}

/** `GET /live`: server-sent events; the `event:` field is `kind`, `data:` is the rest as JSON. */
export const liveQuery = z.object({
  /** Comma separated kinds; absent: all. */
  kinds: z.string().exactOptional(),
  /** Resume behind this id, as the header `Last-Event-ID` does; `0`: all that is remembered. */
  after: z.string().regex(/^\d+$/u).exactOptional(),
});

/**
 * What happens, as it happens. The `id:` field counts up. A `: ping` comment comes every 15 s.
 * Sessions end a stream when they end.
 */
export type LiveItem =
  | { readonly kind: 'event'; readonly event: EventRow }
  /** A task was kept, or its state changed. */
  | { readonly kind: 'task'; readonly task: TaskRow }
  /** An HTTP call has ended. */
  | {
      readonly kind: 'attempt';
      readonly task: string;
      readonly rule: string;
      readonly at: number;
      readonly durationMs: number;
      readonly status?: number;
      readonly reason?: string;
      readonly text?: Bilingual;
    }
  /** Parts of a reply were said. */
  | {
      readonly kind: 'said';
      readonly task: string;
      readonly rule: string;
      readonly at: number;
      readonly parts: number;
    }
  /** Tasks were repeated or discarded by hand; load lists again. */
  | { readonly kind: 'tasks'; readonly at: number }
  /** The rules in force were replaced; load lists again. */
  | { readonly kind: 'rules'; readonly at: number }
  /** A bot came or went, or a receiver's breaker changed; load `GET /health` again. */
  | { readonly kind: 'health'; readonly at: number }
  | { readonly kind: 'chat'; readonly line: ChatLine }
  /** Some were missed, because the page was away too long or too slow: load lists again. */
  | { readonly kind: 'gap'; readonly missed: number };

/** The kinds of the stream. */
export type LiveKind = LiveItem['kind'];
