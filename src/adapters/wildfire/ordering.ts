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
  /** By arrival, and so by the time at which they are due. */
  const held = new Set<Held<T>>();
  const conversations = new Map<string, Set<Held<T>>>();
  const closing = new AbortController();
  let isWaiting = false;

  const letGo = (one: Held<T>) => {
    const siblings = conversations.get(one.conversation) ?? new Set([one]);
    const going = [...siblings]
      .filter((other) => compareIds(other.messageId, one.messageId) <= 0)
      .toSorted((left, right) => compareIds(left.messageId, right.messageId));
    for (const other of going) {
      held.delete(other);
      siblings.delete(other);
    }
    if (siblings.size === 0) conversations.delete(one.conversation);
    for (const { item } of going) release(item);
  };
  const first = () => held.values().next().value;
  const wait = async () => {
    isWaiting = true;
    try {
      for (let next = first(); next !== undefined; next = first()) {
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
  const hold = (one: Held<T>) => {
    held.add(one);
    const siblings = conversations.get(one.conversation);
    if (siblings) siblings.add(one);
    else conversations.set(one.conversation, new Set([one]));
  };
  return {
    add: (ordered) => {
      if (ordered.messageId === '' || windowMs === 0 || closing.signal.aborted) {
        release(ordered.item);
        return;
      }
      const oldest = held.size >= max ? first() : undefined;
      if (oldest) letGo(oldest);
      hold({ ...ordered, dueAt: clock.now() + windowMs });
      if (!isWaiting) void wait();
    },
    count: () => held.size,
    close: () => {
      closing.abort();
      for (let next = first(); next !== undefined; next = first()) letGo(next);
    },
  };
}

/** Decimal numbers as texts: the longer one is the greater. */
export function compareIds(left: string, right: string): number {
  if (left.length !== right.length) return left.length - right.length;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
