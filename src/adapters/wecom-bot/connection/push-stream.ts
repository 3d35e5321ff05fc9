import { setTimeout as delay } from 'node:timers/promises';
import {
  type Answer,
  type CardPart,
  markShown,
  nextBubble,
  shownLength,
  unshownText,
} from '../answer/answer.js';
import type { AnswerTable } from '../answer/answer-table.js';
import type { Answering } from '../answer/answering.js';
import { abandonStream, type FrameOptions, isOver } from '../answer/frame.js';
import { type TellOptions, tellUnshown } from '../answer/tell-unshown.js';
import { responseUrlLifeMs } from '../capabilities.js';
import { encodeCard } from '../encode.js';
import type { StreamFrame } from '../schema/reply.js';
import { type PushFrameOptions, pushFrame } from './push-frame.js';
import { sayingOfCode } from './saying-of-code.js';

/** What pushing takes. */
export interface PushOptions extends FrameOptions, TellOptions, PushFrameOptions {
  readonly answering: Answering;
  readonly table: AnswerTable;
  /** Whether to ask for thumbs. */
  readonly feedback: boolean;
  /** The answers that are being pushed now: nobody else sends what is left of them. */
  readonly pushing: Set<Answer>;
}

/** Between two frames of one stream, in ms: often enough to read along. */
const pushEveryMs = 300;

/**
 * Shows an answer over the connection while it grows: nobody polls there, so this does. A bubble
 * that is full, or as old as the platform allows, is ended and followed by another. What a frame
 * that was refused would have shown counts as not shown, and goes out as a message of its own. What
 * may have been shown, because the connection ended before the frame was answered, is never said
 * again: it could stand in the chat twice.
 */
export async function pushStream(
  answer: Answer,
  reqId: string,
  options: PushOptions,
): Promise<void> {
  const { pushing } = options;
  pushing.add(answer);
  try {
    while (await pushBubble(answer, reqId, options)) {
      if (!(await isContinued(answer, reqId, options))) return;
      nextBubble(answer, options.clock.now());
    }
  } finally {
    pushing.delete(answer);
  }
}

/** How long the end of answers is waited for when a bot stops, in ms, and how often it is looked for. */
const drainMs = 2000;
const drainEveryMs = 20;

/** Waits until what is complete is shown to its end; by the machine's clock, because people wait. */
export async function drained({
  pushing,
  clock,
  silence,
}: Pick<PushOptions, 'pushing' | 'clock' | 'silence'>): Promise<void> {
  const deadline = performance.now() + drainMs;
  const isEnding = () => [...pushing].some((answer) => isOver(answer, clock.now(), silence));
  while (isEnding() && performance.now() < deadline) await delay(drainEveryMs);
}

/** What a bubble shows, as far as it is known. */
interface Screen {
  content?: string;
  /** Present: nobody knows whether the last words of it are shown, and this code tells why. */
  unsure?: string | undefined;
}

/** Pushes one bubble to its end; answers whether it got there. */
async function pushBubble(answer: Answer, reqId: string, options: PushOptions): Promise<boolean> {
  const screen: Screen = {};
  const hasEnded = await pushFrames(answer, screen, reqId, options);
  const { unsure: code } = screen;
  const [event] = answer.eventIds;
  if (code !== undefined) tellUnshown(options, { code, saying: 'unknown', event });
  return hasEnded;
}

async function pushFrames(
  answer: Answer,
  screen: Screen,
  reqId: string,
  options: PushOptions,
): Promise<boolean> {
  const { answering, table, signal } = options;
  while (!signal.aborted) {
    await table.refresh(answer);
    const before = shownLength(answer);
    const frame = answering.frame(answer, true);
    if (frame === undefined) return false;
    const { stream, card } = frame;
    const isNew = stream.finish || stream.content !== screen.content;
    const news = { stream, before, screen, reqId };
    if (isNew && !(await showNews(answer, news, options))) return false;
    if (card) await pushCard(answer, card, reqId, options);
    if (stream.finish) return true;
    await pause(options);
  }
  return false;
}

interface News {
  readonly stream: StreamFrame;
  /** How much of the answer was shown before, in UTF-16 code units. */
  readonly before: number;
  readonly screen: Screen;
  readonly reqId: string;
}

/** Shows a frame; answers whether its bubble goes on. */
async function showNews(
  answer: Answer,
  { stream, before, screen, reqId }: News,
  options: PushOptions,
): Promise<boolean> {
  const isFirst = screen.content === undefined;
  const plain = plainFrame(answer, stream, isFirst && options.feedback);
  const became = await pushFrame(answer, { plain, isFirst, reqId }, options);
  if (became.kind === 'unshown') {
    giveUp(answer, before, options);
    return false;
  }
  const isNews = screen.unsure !== undefined || shownLength(answer) > before;
  screen.unsure = became.kind === 'unsure' && isNews ? became.code : undefined;
  screen.content = stream.content;
  return true;
}

/** Waits until there is more to say behind an ended bubble; answers whether there is. */
async function isContinued(answer: Answer, reqId: string, options: PushOptions): Promise<boolean> {
  const { answering, table, clock, silence, signal } = options;
  while (!signal.aborted && clock.now() < answer.askedAt + responseUrlLifeMs) {
    await table.refresh(answer);
    const card = answering.nextCard(answer);
    if (card) await pushCard(answer, card, reqId, options);
    if (unshownText(answer) !== '') return true;
    if (isOver(answer, clock.now(), silence)) return false;
    await pause(options);
  }
  return false;
}

/** Streams and cards do not go together here (D101463). A card that surely was not sent waits. */
async function pushCard(
  answer: Answer,
  card: CardPart,
  reqId: string,
  options: PushOptions,
): Promise<void> {
  const { connection, table } = options;
  const reply = encodeCard(card.card);
  const { conversationId, eventIds } = answer;
  const acknowledged = await connection.speak(conversationId, 'aibot_respond_msg', reply, reqId);
  if (acknowledged.kind === 'taken') return;
  const { code } = acknowledged;
  const { kind: saying } = sayingOfCode(code);
  if (saying !== 'not-sent') return tellUnshown(options, { code, saying, event: eventIds[0] });
  card.isSent = false;
  answer.isUnsent = true;
  await table.keep(answer);
}

async function pause({ clock, signal }: PushOptions): Promise<void> {
  await clock.sleep(pushEveryMs, signal, { ref: false }).catch(() => {});
}

/** A frame as the connection takes it: without images (D101463). */
function plainFrame(answer: Answer, stream: StreamFrame, asksFeedback: boolean): StreamFrame {
  const { msg_item: _images, ...rest } = stream;
  return { ...rest, ...(asksFeedback && { feedback: { id: answer.eventIds[0] } }) };
}

/** Whatever others know of the refused bubble counts no more: an empty one follows it. */
function giveUp(answer: Answer, shown: number, options: PushOptions): void {
  markShown(answer, shown);
  nextBubble(answer, options.clock.now());
  abandonStream(answer, options);
}
