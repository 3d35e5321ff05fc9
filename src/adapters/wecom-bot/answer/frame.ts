import { maxContentBytes, streamLifeMs, streamMarginMs } from '../capabilities.js';
import type { BotTexts } from '../options.js';
import type { StreamFrame, StreamImage } from '../schema/reply.js';
import { type Answer, type FinalFrame, type ImagePart, markShown, textOf } from './answer.js';
import { closed, cutContent, restOf, withoutThoughts } from './cut-content.js';

/** How long a silence ends an answer of which nobody tells the end, in ms. */
export interface Silence {
  /** After the last word. */
  readonly afterWordMs: number;
  /** Without any word. */
  readonly wordlessMs: number;
}

/** Whether all has been said. */
export function isOver(answer: Answer, now: number, silence: Silence): boolean {
  if (answer.isComplete) return true;
  if (answer.tasks !== undefined) return false;
  const { saidAt, askedAt } = answer;
  return saidAt === undefined
    ? now - askedAt >= silence.wordlessMs
    : now - saidAt >= silence.afterWordMs;
}

/** Whether a stream has to be ended now, whatever is still to come. */
function isOutOfTime({ askedAt, bubble }: Answer, now: number): boolean {
  return now >= (bubble?.since ?? askedAt) + streamLifeMs - streamMarginMs;
}

/** What belongs into the bubble that is shown now. */
function bubbleText(answer: Answer): string {
  const { from = 0 } = answer.bubble ?? {};
  return restOf(textOf(answer), from);
}

/** All but the last `left` code units of an answer's text are shown. */
function markShownBut(answer: Answer, left: number): void {
  markShown(answer, textOf(answer).length - left);
}

/** What makes the frames of an answer. */
export interface FrameOptions {
  readonly texts: BotTexts;
  readonly silence: Silence;
}

/**
 * What the stream of an answer shows now. The last frame is made once, and is the same from then on:
 * the platform may ask for it again. What is in a frame counts as shown.
 */
export function frameOf(answer: Answer, now: number, options: FrameOptions): StreamFrame {
  const { bubble } = answer;
  const id = bubble === undefined ? answer.id : `${answer.id}-${bubble.number}`;
  answer.polledAt = now;
  const { final = nextFinal(answer, now, options) } = answer;
  if (final !== undefined) {
    answer.final = final;
    final.fetchedAt ??= now;
    const images = imagesOf(answer);
    return {
      id,
      finish: true,
      content: final.content,
      ...(images.length > 0 && { msg_item: images }),
    };
  }
  const text = bubbleText(answer);
  markShownBut(answer, 0);
  return { id, finish: false, content: text === '' ? options.texts.placeholder : text };
}

/** The last frame, if it is time for it. */
function nextFinal(
  answer: Answer,
  now: number,
  { texts, silence }: FrameOptions,
): FinalFrame | undefined {
  const text = bubbleText(answer);
  const isDone = isOver(answer, now, silence);
  const isTooLong = Buffer.byteLength(text) > maxContentBytes;
  if (!isDone && !isTooLong && !isOutOfTime(answer, now)) return undefined;
  const behind = `\n\n${texts.continued}`;
  if (isDone || isTooLong) {
    const { content, length } = cutContent(text, maxContentBytes, behind);
    markShownBut(answer, text.length - length);
    return { content: visible(content) ? content : content + wordless(answer, texts) };
  }
  // It ends before its end: room is needed for the notice in any case.
  const room = maxContentBytes - Buffer.byteLength(behind);
  const { content, length } = cutContent(text, room, '');
  markShownBut(answer, text.length - length);
  return { content: visible(content) ? `${content}${behind}` : texts.continued };
}

/** Ends a stream that is not asked for any more, with what was shown last. */
export function abandonStream(answer: Answer, { texts }: Pick<FrameOptions, 'texts'>): void {
  const seen = answer.parts.flatMap((part) =>
    part.kind === 'text' && part.shown > 0 ? [part.text.slice(0, part.shown)] : [],
  );
  const content = closed(seen.join('\n\n'));
  answer.final = { content: visible(content) ? content : texts.continued };
}

/** Thoughts alone are shown folded: that is nothing to see. */
function visible(content: string): boolean {
  return withoutThoughts(content).trim() !== '';
}

/** A last frame may not be blank: the animation would go on. */
function wordless({ parts }: Answer, texts: BotTexts): string {
  if (parts.some(({ kind }) => kind === 'image')) return texts.image;
  return parts.some(({ kind }) => kind === 'card') ? texts.card : texts.silent;
}

/** Images belong to the last frame alone (D101031). */
function imagesOf({ parts }: Answer): readonly StreamImage[] {
  return parts
    .filter((part): part is ImagePart => part.kind === 'image')
    .map(({ base64, md5 }) => ({ msgtype: 'image', image: { base64, md5 } }));
}
