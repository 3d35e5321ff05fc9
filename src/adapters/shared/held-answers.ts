import { type Clock, systemClock } from '../../core/clock.js';

/** One request that waits for something to be said. */
interface Held<T> {
  readonly settle: (answer: T | undefined) => void;
}

/** How long a request waits. */
export interface HoldOptions {
  /** Milliseconds since 1970. */
  readonly until: number;
  /** Aborted when the sender is gone: what is said must not go there then. */
  readonly signal: AbortSignal;
}

/** Requests that are held, so that what is said next in their conversation can be their answer. */
export interface HeldAnswers<T> {
  /** Resolves with what is said, `undefined` when nothing was said in time. Never rejects. */
  hold(conversationId: string, options: HoldOptions): Promise<T | undefined>;
  /** Gives an answer to the oldest request of a conversation; false when there is none. */
  give(conversationId: string, answer: T): boolean;
  /** Holds from now on; at first it does. */
  open(): void;
  /** Lets all go without an answer and holds no more. */
  close(): void;
}

/** Holds nothing yet. */
export function createHeldAnswers<T>(clock: Pick<Clock, 'now'> = systemClock): HeldAnswers<T> {
  const held = new Map<string, Set<Held<T>>>();
  let isOpen = true;

  const hold = (conversationId: string, { until, signal }: HoldOptions) =>
    new Promise<T | undefined>((resolve) => {
      const queue = held.get(conversationId) ?? new Set();
      const settle = (answer: T | undefined) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', letGo);
        queue.delete(mine);
        if (queue.size === 0 && held.get(conversationId) === queue) held.delete(conversationId);
        resolve(answer);
      };
      const letGo = () => settle(undefined);
      const mine: Held<T> = { settle };
      const timer = setTimeout(letGo, until - clock.now());
      signal.addEventListener('abort', letGo);
      held.set(conversationId, queue.add(mine));
    });
  return {
    hold: (conversationId, options) =>
      isOpen && !options.signal.aborted && options.until > clock.now()
        ? hold(conversationId, options)
        : Promise.resolve(undefined),
    give: (conversationId, answer) => {
      const [oldest] = held.get(conversationId) ?? [];
      oldest?.settle(answer);
      return oldest !== undefined;
    },
    open: () => {
      isOpen = true;
    },
    close: () => {
      isOpen = false;
      for (const queue of held.values()) for (const { settle } of queue) settle(undefined);
    },
  };
}
