import { type Clock, systemClock } from '../../core/clock.js';

/** What is put in order. */
export interface Ordered<T> {
  /** Within one conversation things are ordered. */
  readonly conversation: string;
  /** A decimal number of 64 bits that grows; `''`: has no place, and passes at once. */
  readonly messageId: string;
  readonly item: T;
}

/** How things are put in order. */
export interface OrderingOptions<T> {
  /** How long each is held, in ms; 0 holds nothing. Default: 50. */
  readonly windowMs?: number;
  /** How many are held in all; one more lets the longest held go. Default: 1,000. */
  readonly max?: number;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Takes them, in order. Must not throw. */
  readonly release: (item: T) => void;
}

/** Restores the order in which messages were sent. */
export interface Ordering<T> {
  add(ordered: Ordered<T>): void;
  /** How many are held. */
  count(): number;
  /** Lets all go, in order; what comes afterwards passes at once. */
  close(): void;
}

interface Held<T> extends Ordered<T> {
  readonly dueAt: number;
}

const defaultWindowMs = 50;
const defaultMax = 1000;

/**
 * A server pushes on five connections at once and in no order, so that a short message overtakes a
 * long one. Each message is held for a moment and goes with those of its conversation that were sent
 * before it. One that comes still later goes after them: nothing waits without end.
 *
 * It belongs between the acknowledgement and the emitting. Not before the acknowledgement: a push
 * that waits for its answer holds one of the five connections, so the message waited for could not
 * come, and the whole server would be slowed. Nothing is lost by answering first: this server sends
 * nothing twice, whatever it is answered. Not after the emitting: tasks are kept in the order of
 * the events.
 */
export function createOrdering<T>(options: OrderingOptions<T>): Ordering<T> {
  const { windowMs = defaultWindowMs, max = defaultMax, clock = systemClock, release } = options;
  const held = new HeldItems<T>();
  const closing = new AbortController();
  let isWaiting = false;

  const letGo = (one: Held<T>) => {
    for (const { item } of held.takeUpTo(one)) release(item);
  };
  const wait = async () => {
    isWaiting = true;
    try {
      for (let next = held.first(); next !== undefined; next = held.first()) {
        const pause = next.dueAt - clock.now();
        // Another may have let it go meanwhile.
        if (pause > 0) await clock.sleep(pause, closing.signal);
        else letGo(next);
      }
    } catch {
      // Closed: all have gone.
    } finally {
      isWaiting = false;
    }
  };
  return {
    add: (ordered) => {
      if (ordered.messageId === '' || windowMs === 0 || closing.signal.aborted) {
        release(ordered.item);
        return;
      }
      const oldest = held.size >= max ? held.first() : undefined;
      if (oldest) letGo(oldest);
      held.add({ ...ordered, dueAt: clock.now() + windowMs });
      if (!isWaiting) void wait();
    },
    count: () => held.size,
    close: () => {
      closing.abort();
      for (let next = held.first(); next !== undefined; next = held.first()) letGo(next);
    },
  };
}

class HeldItems<T> {
  /** By arrival, and so by the time at which they are due. */
  readonly #all = new Set<Held<T>>();
  readonly #byConversation = new Map<string, Set<Held<T>>>();

  get size(): number {
    return this.#all.size;
  }

  first(): Held<T> | undefined {
    return this.#all.values().next().value;
  }

  add(one: Held<T>): void {
    this.#all.add(one);
    const siblings = this.#byConversation.get(one.conversation);
    if (siblings) siblings.add(one);
    else this.#byConversation.set(one.conversation, new Set([one]));
  }

  /** Takes out one and what was said before it in its conversation, in order. */
  takeUpTo({ conversation, messageId }: Held<T>): readonly Held<T>[] {
    const siblings = this.#byConversation.get(conversation) ?? new Set();
    const taken = [...siblings]
      .filter((other) => compareIds(other.messageId, messageId) <= 0)
      .toSorted((left, right) => compareIds(left.messageId, right.messageId));
    for (const each of taken) {
      this.#all.delete(each);
      siblings.delete(each);
    }
    if (siblings.size === 0) this.#byConversation.delete(conversation);
    return taken;
  }
}

/** Decimal numbers as texts: the longer one is the greater. */
export function compareIds(left: string, right: string): number {
  if (left.length !== right.length) return left.length - right.length;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
