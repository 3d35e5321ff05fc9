import type { Clock } from '../../../core/clock.js';
import { responseUrlLifeMs, streamLifeMs } from '../capabilities.js';
import type { Answer } from './answer.js';
import type { AnswerTable } from './answer-table.js';
import { abandonStream, type FrameOptions, isOver } from './frame.js';
import { isLeftUnshown } from './shown.js';

/** What looking after answers takes. */
export interface LookOptions extends FrameOptions {
  readonly clock: Clock;
  readonly table: AnswerTable;
  /** Sends what is left. Never rejects. */
  readonly sendLate: (answer: Answer) => Promise<void>;
  /** An answer is forgotten: tells what of it was never sent. */
  readonly tellUnsent: (answer: Answer) => void;
}

/** Not polled for so long: nobody will any more, in ms. */
const abandonedMs = 20_000;
/** Polls may come a little late, in ms. */
const lateMs = 5000;
/** Images are given again for so long after they were fetched first, in ms: nobody says it has them. */
const imagesAgainMs = 120_000;
/** Answers that are complete are known for so long after the question, in ms. */
const rememberedMs = 16 * 60_000;

/**
 * Looks after one answer: ends a stream that is polled no more, sends what is left.
 *
 * @param since when this process began to answer polls, in ms since 1970
 * @returns whether it is still needed
 */
export function look(answer: Answer, since: number, options: LookOptions): 'keep' | 'forget' {
  const { clock, silence, table, sendLate, tellUnsent } = options;
  const now = clock.now();
  const age = now - answer.askedAt;
  const seenAt = Math.max(answer.polledAt ?? answer.askedAt, since);
  const isLeft = isOver(answer, now, silence) && now - seenAt > abandonedMs;
  const isOpen = answer.isStreamed && answer.final === undefined;
  if (isOpen && (isLeft || age > streamLifeMs + lateMs)) {
    abandonStream(answer, options);
    void table.keep(answer);
  }
  // Looked at before what is sent now counts as shown.
  const life = lifeOf(answer);
  void sendLate(answer);
  dropImages(answer, now);
  if (age <= life) return 'keep';
  tellUnsent(answer);
  return 'forget';
}

/** How long after the question it is known, in ms: as long as something of it may still be sent. */
function lifeOf(answer: Answer): number {
  const isWaiting = answer.isUnsent === true || isLeftUnshown(answer);
  return answer.isComplete && !isWaiting ? rememberedMs : responseUrlLifeMs;
}

/** Images are by far the largest of what is kept in memory: what was shown is forgotten. */
function dropImages({ parts, final }: Answer, now: number): void {
  if (now - (final?.fetchedAt ?? now) <= imagesAgainMs) return;
  for (let at = parts.length - 1; at >= 0; at -= 1) {
    if (parts[at]?.kind === 'image') parts.splice(at, 1);
  }
}
