import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../../core/clock.js';
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
import { encodeCard, encodeStream } from '../encode.js';
import type { StreamFrame } from '../schema/reply.js';
import type { BotConnection } from './connection.js';
import { sayingOfCode } from './saying-of-code.js';

/** What pushing takes. */
export interface PushOptions extends FrameOptions, TellOptions {
  readonly connection: Pick<BotConnection, 'send' | 'speak'>;
  readonly answering: Answering;
  readonly table: AnswerTable;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether to ask for thumbs. */
  readonly feedback: boolean;
  /** The answers that are being pushed now: nobody else sends what is left of them. */
  readonly pushing: Set<Answer>;
}

/** Between two frames of one stream, in ms: often enough to read along. */
const pushEveryMs = 300;
/**
 * Two updates at once, or a platform that is busy: the frame is sent again (D101463). So it is when
 * nothing was answered: a frame of the same bubble takes the place of what the bubble shows.
 */
const passing: ReadonlySet<string> = new Set(['6000', '846601', '846602', 'timeout']);
const maxTries = 4;

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

/** Pushes one bubble to its end; answers whether it got there. */
async function pushBubble(answer: Answer, reqId: string, options: PushOptions): Promise<boolean> {
  const { answering, table, signal, feedback } = options;
  let shown: string | undefined;
  let unsure: string | undefined;
  const tell = () => {
    const [event] = answer.eventIds;
    if (unsure !== undefined) tellUnshown(options, { code: unsure, saying: 'unknown', event });
  };
  while (!signal.aborted) {
    await table.refresh(answer);
    const before = shownLength(answer);
    const frame = answering.frame(answer, true);
    if (frame === undefined) return false;
    const { stream, card } = frame;
    if (stream.finish || stream.content !== shown) {
      const isFirst = shown === undefined;
      const plain = plainFrame(answer, stream, isFirst && feedback);
      const became = await pushFrame(answer, { plain, isFirst, reqId }, options);
      if (became.kind === 'unshown') {
        giveUp(answer, before, options);
        tell();
        return false;
      }
      const isNews = unsure !== undefined || shownLength(answer) > before;
      unsure = became.kind === 'unsure' && isNews ? became.code : undefined;
      shown = stream.content;
    }
    if (card) await pushCard(answer, card, reqId, options);
    if (stream.finish) break;
    await pause(options);
  }
  tell();
  return !signal.aborted;
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

interface Pushed {
  readonly plain: StreamFrame;
  readonly isFirst: boolean;
  readonly reqId: string;
}

/** What became of a frame. `unsure`: nobody knows, and `code` tells why. */
type Became =
  | { readonly kind: 'shown' | 'unshown' }
  | { readonly kind: 'unsure'; readonly code: string };

/** Sends one frame, again if need be: it is the whole text. */
async function pushFrame(
  { conversationId }: Answer,
  { plain, isFirst, reqId }: Pushed,
  options: PushOptions,
): Promise<Became> {
  const { connection } = options;
  const command = 'aibot_respond_msg';
  const reply = encodeStream(plain);
  let unsure: Became | undefined;
  for (let tries = 1; ; tries += 1) {
    // A bubble counts as one message, however often it changes.
    const acknowledged =
      isFirst && tries === 1
        ? await connection.speak(conversationId, command, reply, reqId)
        : await connection.send(command, reply, reqId);
    if (acknowledged.kind === 'taken') return { kind: 'shown' };
    const { code } = acknowledged;
    if (sayingOfCode(code).kind === 'unknown') unsure = { kind: 'unsure', code };
    if (!passing.has(code) || tries === maxTries) return unsure ?? { kind: 'unshown' };
    await pause(options, 1000);
  }
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

async function pause({ clock, signal }: PushOptions, ms: number = pushEveryMs): Promise<void> {
  await clock.sleep(ms, signal, { ref: false }).catch(() => {});
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
