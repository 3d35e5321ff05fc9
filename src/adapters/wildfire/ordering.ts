import { setImmediate as afterThisTurn } from 'node:timers/promises';
import { type Clock, systemClock } from '../../core/clock.js';

/** Where something stands in the order of its conversation. */
export interface Place {
  readonly conversation: string;
  /** A decimal number of 64 bits that grows; `''`: has no place, and waits for nothing. */
  readonly messageId: string;
}

/** How order is restored. */
export interface OrderingOptions {
  /** The longest that a message waits for others, in ms; 0: not at all. Default: 50. */
  readonly windowMs?: number;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/** Restores the order of messages that overtook one another on their way. */
export interface Ordering {
  /**
   * A push begins to come in.
   *
   * @param push what it is known by; calling this twice counts once
   */
  begin(push: object): void;
  /** A push is all here. What waits for it goes on after the turn in which this is called. */
  end(push: object): void;
  /**
   * Resolves when a message may be told: in the order of their ids within a conversation. To be
   * asked for in the turn in which its push ended. Never rejects.
   */
  turnOf(place: Place): Promise<void>;
}

const defaultWindowMs = 50;

/**
 * A server pushes on up to five connections at once, so that a short message overtakes a long one.
 * A message that is all here waits for the pushes that began to come in before, and goes with those
 * of its conversation that were sent earlier.
 *
 * It waits before it is kept, and so before it is acknowledged: what is acknowledged is on the disk,
 * and a crash loses nothing that this server (which sends nothing twice) believes delivered. A fixed
 * pause would be no choice there: 50 ms on each of five connections would hold the whole server to a
 * hundred messages a second. Waiting only for what is seen to be on its way costs nothing when
 * nothing is, and ends at once for what is; a push that breaks off is waited for no longer than
 * the window. What has not even begun to come in cannot be seen: it goes after those before it.
 */
export function createOrdering(options: OrderingOptions = {}): Ordering {
  const { windowMs = defaultWindowMs, clock = systemClock } = options;
  const arriving = new Map<object, Arriving>();
  const waiting = new WaitingMessages();

  const lastOfThoseArriving = async () => {
    // Pushes that lie in their sockets already are read in the same turn as this one.
    await afterThisTurn();
    forgetBroken(arriving, clock.now() - windowMs);
    if (arriving.size === 0) return;
    const all = Promise.all([...arriving.values()].map(({ ended }) => ended));
    const giveUp = new AbortController();
    const window = clock.sleep(windowMs, giveUp.signal).catch(() => {});
    await Promise.race([all, window]);
    giveUp.abort();
  };
  return {
    begin: (push) => {
      if (windowMs > 0 && !arriving.has(push)) arriving.set(push, newArriving(clock.now()));
    },
    end: (push) => {
      arriving.get(push)?.end();
      arriving.delete(push);
    },
    turnOf: async (place) => {
      if (place.messageId === '' || windowMs === 0) return;
      const mine = waiting.add(place);
      void lastOfThoseArriving().then(() => waiting.letGo(place));
      await mine;
    },
  };
}

interface Arriving {
  readonly since: number;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

function newArriving(since: number): Arriving {
  const resolvers: (() => void)[] = [];
  const ended = new Promise<void>((resolve) => {
    resolvers.push(resolve);
  });
  return { since, ended, end: () => resolvers[0]?.() };
}

/** The oldest come first. Nobody says of a push that it broke off. */
function forgetBroken(arriving: Map<object, Arriving>, before: number): void {
  for (const [push, { since, end }] of arriving) {
    if (since > before) return;
    end();
    arriving.delete(push);
  }
}

class WaitingMessages {
  readonly #byConversation = new Map<string, Map<string, () => void>>();

  /** Resolves when it is let go. */
  add({ conversation, messageId }: Place): Promise<void> {
    const siblings = this.#byConversation.get(conversation) ?? new Map<string, () => void>();
    this.#byConversation.set(conversation, siblings);
    return new Promise((resolve) => {
      const before = siblings.get(messageId);
      siblings.set(messageId, before ? () => void [before(), resolve()] : resolve);
    });
  }

  /** Lets one go, after those that were said before it in its conversation. */
  letGo({ conversation, messageId }: Place): void {
    const siblings = this.#byConversation.get(conversation) ?? new Map<string, () => void>();
    const going = [...siblings.keys()]
      .filter((id) => compareIds(id, messageId) <= 0)
      .toSorted(compareIds);
    for (const id of going) {
      siblings.get(id)?.();
      siblings.delete(id);
    }
    if (siblings.size === 0) this.#byConversation.delete(conversation);
  }
}

/** Decimal numbers as texts: the longer one is the greater. */
export function compareIds(left: string, right: string): number {
  if (left.length !== right.length) return left.length - right.length;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
