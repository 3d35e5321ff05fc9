import type { Answer } from './answer.js';

/** What is waited for: the first text, or all there is. A card may turn out to be all. */
export type Awaited = 'word' | 'end';

/** Requests that wait for what is said, because it goes back in their response. */
export interface Holds {
  /** Waits for it, at most `ms`. */
  hold(answer: Answer, awaited: Awaited, ms: number): Promise<void>;
  /** True while a request waits. */
  has(answer: Answer): boolean;
  /** Something was said, or all was. */
  wake(answer: Answer): void;
  /** Lets all go. */
  close(): void;
}

interface Held {
  readonly awaited: Awaited;
  readonly release: () => void;
}

/** Of whose end nobody tells: silent for so long after a word, in ms. */
const breathMs = 300;

/** Holds nothing yet. */
export function createHolds(): Holds {
  const held = new Map<Answer, Held>();
  const timers = new Map<Answer, NodeJS.Timeout>();
  const wake = (answer: Answer) => {
    const one = held.get(answer);
    if (one === undefined) return;
    const isWord = one.awaited === 'word' && answer.parts.some(({ kind }) => kind === 'text');
    if (answer.isComplete || isWord) one.release();
    else if (answer.tasks === undefined && answer.parts.length > 0) {
      clearTimeout(timers.get(answer));
      timers.set(answer, setTimeout(one.release, breathMs));
    }
  };
  return {
    hold: async (answer, awaited, ms) => {
      if (ms <= 0) return;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((release) => {
        timer = setTimeout(release, ms);
        held.set(answer, { awaited, release });
        wake(answer);
      });
      clearTimeout(timer);
      clearTimeout(timers.get(answer));
      timers.delete(answer);
      held.delete(answer);
    },
    has: (answer) => held.has(answer),
    wake,
    close: () => {
      for (const { release } of held.values()) release();
    },
  };
}
