import type { TemplateCard } from '../card/template-card.js';
import { restOf } from './cut-content.js';

interface Keyed {
  /** What is said under one key replaces what was said under it before. */
  readonly key: string;
  /** How often something was said under this key: of two the later one holds. */
  turn?: number;
}

/** A text of an answer. */
export interface TextPart extends Keyed {
  readonly kind: 'text';
  text: string;
  /** It is still coming in. */
  isGrowing: boolean;
  /** How much of it was shown, in UTF-16 code units. */
  shown: number;
}

/** An image, for the last frame. */
export interface ImagePart extends Keyed {
  readonly kind: 'image';
  readonly base64: string;
  /** In hex. */
  readonly md5: string;
}

/** A card; goes out once. */
export interface CardPart extends Keyed {
  readonly kind: 'card';
  readonly card: TemplateCard;
  /** Present: it replaces the clicked one, for these people or for everybody. */
  readonly update?: { readonly userIds?: readonly string[] };
  isSent: boolean;
}

/** One thing that was said. */
export type Part = TextPart | ImagePart | CardPart;

/** The last frame of a stream, as it is answered from then on. */
export interface FinalFrame {
  readonly content: string;
  /** When the platform fetched it first, in ms since 1970; it acknowledges nothing. */
  fetchedAt?: number;
}

/** Which bubble of an answer is shown now, where a platform takes several. */
export interface Bubble {
  /** From 2 on. */
  readonly number: number;
  /** When it began, in ms since 1970. */
  readonly since: number;
  /** Where its text begins in that of the answer, in UTF-16 code units. */
  readonly from: number;
}

/** What is said to one question, and how far it has come. JSON: it is kept as it is. */
export interface Answer {
  /** Of the stream. */
  readonly id: string;
  /** The events that are answered: the callback's own id first, then those of files with it. */
  readonly eventIds: readonly [string, ...string[]];
  /** What is answered: it decides in which ways that can be done. */
  readonly to: 'message' | 'click' | 'welcome';
  readonly userId: string;
  readonly conversationId: string;
  readonly isGroup: boolean;
  /** When it was asked, in ms since 1970. */
  readonly askedAt: number;
  /** Takes one message, within an hour. */
  readonly responseUrl?: string;
  /** Of the card that was clicked. */
  readonly taskId?: string;
  readonly parts: Part[];
  /** Tasks that will say something; absent: nobody tells, and silence is the end. */
  tasks?: readonly string[];
  /** Tasks that have said all. */
  done?: readonly string[];
  isComplete: boolean;
  /** When something was said last, in ms since 1970; absent: never. */
  saidAt?: number;
  /** Another instance holds a request until then for what is said, in ms since 1970; 0: no more. */
  openUntil?: number;
  /** The platform polls a stream: from the first answer to the last frame. */
  isStreamed: boolean;
  /** When the stream was asked for last, in ms since 1970. */
  polledAt?: number;
  final?: FinalFrame;
  /** Absent: the first, or the only one. */
  bubble?: Bubble;
  /** The `response_url` was used, or may have been. */
  isUrlUsed: boolean;
  /** How many messages went out by themselves, or may have; absent: none. */
  lateCount?: number;
  /** Something could not be sent, and waits until it can. */
  isUnsent?: boolean;
}

/** The text of an answer so far. */
export function textOf({ parts }: Answer): string {
  return textParts(parts)
    .map(({ text }) => text)
    .join(separator);
}

/** What stands between two texts of one answer. */
const separator = '\n\n';

/** The texts among the parts; blank ones do not count. */
function textParts(parts: readonly Part[]): readonly TextPart[] {
  return parts.filter((part): part is TextPart => part.kind === 'text' && part.text.trim() !== '');
}

/** The first `length` code units of the answer's text are shown from now on, and no more. */
export function markShown({ parts }: Answer, length: number): void {
  let from = 0;
  for (const part of textParts(parts)) {
    part.shown = Math.min(part.text.length, Math.max(0, length - from));
    from += part.text.length + separator.length;
  }
}

/** How much of the answer's text is shown, in UTF-16 code units. */
export function shownLength({ parts }: Answer): number {
  let from = 0;
  for (const part of textParts(parts)) {
    if (part.shown < part.text.length) return from + part.shown;
    from += part.text.length + separator.length;
  }
  return Math.max(0, from - separator.length);
}

/** The next frame begins another bubble, with what was not shown yet. */
export function nextBubble(answer: Answer, now: number): void {
  const number = (answer.bubble?.number ?? 1) + 1;
  answer.bubble = { number, since: now, from: shownLength(answer) };
  delete answer.final;
}

/** The text that was not shown yet. */
export function unshownText({ parts }: Answer): string {
  return textParts(parts)
    .map(({ text, shown }) => restOf(text, shown))
    .filter((text) => text.trim() !== '')
    .join(separator);
}

/** Puts a part in the place of the one with its key, or behind all. */
export function putPart(answer: Answer, part: Part, now: number): void {
  const { parts } = answer;
  const at = parts.findIndex(({ key }) => key === part.key);
  const before = parts[at];
  if (part.kind === 'text' && before?.kind === 'text') {
    const seen = before.text.slice(0, before.shown);
    // What was shown stays shown only as long as it is still how the text begins.
    part.shown = part.text.startsWith(seen) ? before.shown : 0;
  }
  part.turn = (before?.turn ?? 0) + 1;
  if (before === undefined) parts.push(part);
  else if (!(before.kind === 'card' && before.isSent)) parts[at] = part;
  answer.saidAt = now;
}

/** These have said all, besides those that had before. The answer is complete when all have. */
export function markDone(answer: Answer, tasks: readonly string[] = []): void {
  answer.done = [...new Set([...(answer.done ?? []), ...tasks])];
  answer.isComplete ||= answer.tasks?.every((task) => answer.done?.includes(task)) ?? false;
}
