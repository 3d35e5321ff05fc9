import type { Clock } from '../../../core/clock.js';
import type { Answer } from '../answer/answer.js';
import { encodeStream } from '../encode.js';
import type { StreamFrame } from '../schema/reply.js';
import type { BotConnection } from './connection.js';
import { sayingOfCode } from './saying-of-code.js';

/** What pushing a frame takes. */
export interface PushFrameOptions {
  readonly connection: Pick<BotConnection, 'send' | 'speak'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Two updates at once, or a platform that is busy: the frame is sent again (D101463). So it is when
 * nothing was answered: a frame of the same bubble takes the place of what the bubble shows.
 */
const passing: ReadonlySet<string> = new Set(['6000', '846601', '846602', 'timeout']);
const maxTries = 4;
/** Before a frame is sent again, in ms. */
const againMs = 1000;

/** A frame that is to be shown. */
export interface Pushed {
  /** As the connection takes it. */
  readonly plain: StreamFrame;
  /** Of its bubble. */
  readonly isFirst: boolean;
  /** Of the callback that is answered. */
  readonly reqId: string;
}

/** What became of a frame. `unsure`: nobody knows, and `code` tells why. */
export type Became =
  | { readonly kind: 'shown' | 'unshown' }
  | { readonly kind: 'unsure'; readonly code: string };

/** Sends one frame, again if need be: it is the whole text. */
export async function pushFrame(
  { conversationId }: Pick<Answer, 'conversationId'>,
  { plain, isFirst, reqId }: Pushed,
  { connection, clock, signal }: PushFrameOptions,
): Promise<Became> {
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
    await clock.sleep(againMs, signal, { ref: false }).catch(() => {});
  }
}
