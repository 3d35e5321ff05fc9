import type { Clock } from '../../../core/clock.js';
import { maxContentBytes, responseUrlLifeMs } from '../capabilities.js';
import type { ResponseUrlClient } from '../client.js';
import { type Answer, type CardPart, markShown, type Part, textOf, unshownText } from './answer.js';
import type { AnswerTable } from './answer-table.js';
import { cutContent } from './cut-content.js';
import { type FrameOptions, isOver } from './frame.js';
import type { SharedAnswers } from './shared-answers.js';
import { isCardUnsent, isLeftUnshown } from './shown.js';
import { type TellOptions, tellUnshown } from './tell-unshown.js';

/** What sending late words takes. */
export interface LateWordsOptions extends FrameOptions, TellOptions {
  readonly client: ResponseUrlClient;
  readonly clock: Pick<Clock, 'now'>;
  /** The answers of which something is being sent now. */
  readonly sending: Set<Answer>;
  /** Resolves when an answer is kept as it is now. */
  readonly keep: (answer: Answer) => Promise<unknown>;
  /** What other instances know; absent: there are none. */
  readonly table: Pick<AnswerTable, 'shared'>;
}

/** Sent though not all is said, rather than never, in ms before the URL ends. */
const lastCallMs = 2 * 60_000;

/** True while an answer can still be given by its `response_url`. */
function hasUrl({ responseUrl, isUrlUsed, askedAt }: Answer, now: number): boolean {
  return responseUrl !== undefined && !isUrlUsed && now < askedAt + responseUrlLifeMs;
}

/** Of what kind something is that is to be said. */
export type Kind = Pick<Part, 'kind'> & Pick<Partial<CardPart>, 'update'>;

/** Whether something of this kind can be said when nothing else takes it any more. */
export function takesLate(answer: Answer, part: Kind, now: number): boolean {
  // A card that was clicked can be changed in the response to the click alone.
  if (part.kind === 'image' || part.update !== undefined) return false;
  return hasUrl(answer, now) && (part.kind === 'text' || !answer.isGroup);
}

/**
 * What a stream did not show, sent once by `response_url` when all is said: a text, else a card.
 * The use is kept before it is made, so no crash makes it twice. What surely was not sent is sent
 * later. Never rejects.
 */
export async function sendLateWords(answer: Answer, options: LateWordsOptions): Promise<void> {
  const { sending } = options;
  if (sending.has(answer) || !isDue(answer, options)) return;
  sending.add(answer);
  try {
    const { shared } = options.table;
    if (!shared || (await isMine(answer, shared, options))) await sendOnce(answer, options);
  } finally {
    sending.delete(answer);
  }
}

async function sendOnce(answer: Answer, options: LateWordsOptions): Promise<void> {
  const { client, keep } = options;
  const late = takeLate(answer, options);
  if (late === undefined) return;
  answer.isUrlUsed = client.takesOne;
  answer.lateCount = (answer.lateCount ?? 0) + 1;
  await keep(answer);
  const result = await client.respond(answer.responseUrl ?? '', late.body);
  const [event] = answer.eventIds;
  if (result.kind === 'sent') {
    const code = leftBehind(answer, client);
    if (code !== undefined) tellUnshown(options, { code, saying: 'rejected', event });
  } else if (result.saying === 'not-sent') {
    late.undo();
    Object.assign(answer, { isUrlUsed: false, isUnsent: true, lateCount: answer.lateCount + 1 });
    await keep(answer);
    if (!hasUrl(answer, options.clock.now())) tellUnsent(answer, options);
  } else {
    tellUnshown(options, { ...result, event });
  }
}

/** An answer may be forgotten while its last try is under way: both would tell. */
const told = new WeakSet<Answer>();

/** Warns once when something of an answer waited to be sent until the answer was forgotten. */
export function tellUnsent(answer: Answer, options: TellOptions): void {
  if (answer.isUnsent !== true || !isLeftUnshown(answer) || told.has(answer)) return;
  told.add(answer);
  tellUnshown(options, { code: 'unsent', saying: 'not-sent', event: answer.eventIds[0] });
}

/** What has no way left although the message went out. */
function leftBehind(answer: Answer, { takesOne }: ResponseUrlClient): string | undefined {
  return takesOne && isCardUnsent(answer) ? 'card-left' : undefined;
}

/** Whether something is left, and it is time for it. */
function isDue(answer: Answer, { clock, silence }: LateWordsOptions): boolean {
  const now = clock.now();
  if (!hasUrl(answer, now) || (answer.isStreamed && answer.final === undefined)) return false;
  const isLastCall = now >= answer.askedAt + responseUrlLifeMs - lastCallMs;
  if (!isOver(answer, now, silence) && !isLastCall) return false;
  return unshownText(answer).trim() !== '' || cardLeft(answer) !== undefined;
}

/** Whether this instance is to send it, after all that others said and showed. */
async function isMine(
  answer: Answer,
  shared: Pick<SharedAnswers, 'refresh' | 'claimLate'>,
  options: LateWordsOptions,
): Promise<boolean> {
  try {
    await shared.refresh(answer);
    return isDue(answer, options) && (await shared.claimLate(answer));
  } catch {
    // It is tried again.
    return false;
  }
}

interface Late {
  readonly body: object;
  /** It counts as not shown again. */
  undo(): void;
}

/** What is to be sent next; it counts as shown. */
function takeLate(answer: Answer, { texts }: FrameOptions): Late | undefined {
  const text = unshownText(answer);
  if (text.trim() !== '') {
    const undo = shownAs(answer);
    markShown(answer, textOf(answer).length);
    const { content } = cutContent(text, maxContentBytes, `\n\n${texts.cut}`);
    return { body: { msgtype: 'markdown', markdown: { content } }, undo };
  }
  const card = cardLeft(answer);
  if (card === undefined) return undefined;
  card.isSent = true;
  const undo = () => {
    card.isSent = false;
  };
  return { body: { msgtype: 'template_card', template_card: card.card }, undo };
}

/** Answers how to have no more count as shown than now, whatever is said meanwhile. */
function shownAs(answer: Answer): () => void {
  const before = new Map(answer.parts.map((part) => [part.key, shownIn(part)]));
  return () => {
    for (const part of answer.parts) {
      if (part.kind === 'text') part.shown = Math.min(part.shown, before.get(part.key) ?? 0);
    }
  };
}

function shownIn(part: Part): number {
  return part.kind === 'text' ? part.shown : 0;
}

/** The card that can still go out by itself. */
function cardLeft({ parts, isGroup }: Answer): CardPart | undefined {
  const card = parts.find((part): part is CardPart => part.kind === 'card' && !part.isSent);
  return card?.update === undefined && !isGroup ? card : undefined;
}
