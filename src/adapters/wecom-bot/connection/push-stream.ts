import type { Clock } from '../../../core/clock.js';
import { type Answer, markShown } from '../answer/answer.js';
import type { AnswerTable } from '../answer/answer-table.js';
import type { Answering } from '../answer/answering.js';
import { abandonStream, type FrameOptions } from '../answer/frame.js';
import { encodeCard, encodeStream } from '../encode.js';
import type { StreamFrame } from '../schema/reply.js';
import type { BotConnection } from './connection.js';

/** What pushing takes. */
export interface PushOptions extends FrameOptions {
  readonly connection: Pick<BotConnection, 'send'>;
  readonly answering: Answering;
  readonly table: AnswerTable;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether to ask for thumbs. */
  readonly feedback: boolean;
}

/** Between two frames of one stream, in ms: often enough to read along. */
const pushEveryMs = 300;

/**
 * Shows an answer over the connection while it grows: nobody polls there, so this does. What a frame
 * that was refused would have shown counts as not shown, and goes out as a message of its own.
 */
export async function pushStream(
  answer: Answer,
  reqId: string,
  options: PushOptions,
): Promise<void> {
  const { connection, answering, table, clock, signal } = options;
  let shown: string | undefined;
  while (!signal.aborted) {
    await table.refresh(answer);
    const frame = answering.frame(answer, true);
    if (frame === undefined) return;
    const { stream, card } = frame;
    if (stream.finish || stream.content !== shown) {
      const reply = encodeStream(plain(answer, stream, shown === undefined && options.feedback));
      const { kind } = await connection.send('aibot_respond_msg', reply, reqId);
      if (kind === 'refused') return giveUp(answer, shown ?? '', options);
      shown = stream.content;
    }
    // Streams and cards do not go together here (D101463).
    if (card) await connection.send('aibot_respond_msg', encodeCard(card.card), reqId);
    if (stream.finish) return;
    await clock.sleep(pushEveryMs, signal, { ref: false }).catch(() => {});
  }
}

/** A frame as the connection takes it: without images (D101463). */
function plain(answer: Answer, stream: StreamFrame, asksFeedback: boolean): StreamFrame {
  const { msg_item: _images, ...rest } = stream;
  return { ...rest, ...(asksFeedback && { feedback: { id: answer.eventIds[0] } }) };
}

function giveUp(answer: Answer, shown: string, options: PushOptions): void {
  delete answer.final;
  const isText = shown !== options.texts.placeholder;
  markShown(answer, isText ? shown.length : 0);
  abandonStream(answer, options);
}
