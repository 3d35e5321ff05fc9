import type { Clock } from '../../../core/clock.js';
import type { Logger } from '../../../core/logger.js';
import { maxContentBytes, responseUrlLifeMs } from '../capabilities.js';
import type { ResponseUrlClient } from '../client.js';
import { type Answer, type CardPart, markShown, type Part, textOf, unshownText } from './answer.js';
import type { AnswerTable } from './answer-table.js';
import { cutContent } from './cut-content.js';
import { type FrameOptions, isOver } from './frame.js';
import type { SharedAnswers } from './shared-answers.js';

/** What sending late words takes. */
export interface LateWordsOptions extends FrameOptions {
  readonly client: ResponseUrlClient;
  readonly clock: Pick<Clock, 'now'>;
  readonly name: string;
  readonly logger: Logger;
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
 * The use is kept before it is made, so no crash makes it twice. Never rejects.
 */
export async function sendLateWords(answer: Answer, options: LateWordsOptions): Promise<void> {
  const { client, keep } = options;
  const { shared } = options.table;
  if (!isDue(answer, options)) return;
  if (shared && !(await isMine(answer, shared, options))) return;
  const body = lateBody(answer, options);
  if (body === undefined) return;
  answer.isUrlUsed = client.takesOne;
  answer.lateCount = (answer.lateCount ?? 0) + 1;
  await keep(answer);
  const result = await client.respond(answer.responseUrl ?? '', body);
  const lost = result.kind === 'sent' ? leftBehind(answer, client) : result.code;
  if (lost !== undefined) tellLost(options, lost, answer);
}

/** What has no way left although the message went out. */
function leftBehind(answer: Answer, { takesOne }: ResponseUrlClient): string | undefined {
  const isCardLeft = answer.parts.some((part) => part.kind === 'card' && !part.isSent);
  return takesOne && isCardLeft ? 'card-left' : undefined;
}

function tellLost({ logger, name }: LateWordsOptions, code: string, answer: Answer): void {
  logger.warn(
    {
      en: `${name}: a part of an answer came too late, and could not go out any more.`,
      zh: `${name}：回答的一部分来得太晚，未能发出。`,
    },
    { code, event: answer.eventIds[0] },
  );
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

function lateBody(answer: Answer, { texts }: FrameOptions): object | undefined {
  const text = unshownText(answer);
  if (text.trim() !== '') {
    markShown(answer, textOf(answer).length);
    const { content } = cutContent(text, maxContentBytes, `\n\n${texts.cut}`);
    return { msgtype: 'markdown', markdown: { content } };
  }
  const card = cardLeft(answer);
  if (card === undefined) return undefined;
  card.isSent = true;
  return { msgtype: 'template_card', template_card: card.card };
}

/** The card that can still go out by itself. */
function cardLeft({ parts, isGroup }: Answer): CardPart | undefined {
  const card = parts.find((part): part is CardPart => part.kind === 'card' && !part.isSent);
  return card?.update === undefined && !isGroup ? card : undefined;
}
