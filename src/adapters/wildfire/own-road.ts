import type { Clock } from '../../core/clock.js';
import type { OwnEvent } from './decode/event.js';

/** How long a forwarded message is held for a bot that has been heard of on its own road, in ms. */
const holdMs = 10_000;
/** The same before anything came on that road: a bot may have but the forwarding. */
const firstHoldMs = 1000;
/** More are not held. */
const maxHeld = 10_000;

/** What the own road of a bot needs to know. */
export interface OwnRoadParts {
  readonly clock: Clock;
  /** True when the event with this id was kept. Must not reject. */
  readonly isKept: (id: string) => Promise<boolean>;
  /** True when the bot is known to be a member of a group. Must not reject. */
  readonly isMember: (groupId: string) => Promise<boolean>;
  /** The bot said the message with this id. */
  readonly isOwnMessage: (messageId: string) => boolean;
}

/** The callback of a robot or a channel, beside the forwarding of all messages. */
export interface OwnRoad {
  /** An event was kept that came on it. */
  told(id: string): void;
  /** True when a forwarded message is worth waiting for: it should come on this road as well. */
  isAwaited(own: OwnEvent): Promise<boolean>;
  /** Waits until this road tells of it; false when it does not. Never rejects. */
  tells(own: OwnEvent): Promise<boolean>;
  /** Holds from now on; at first it does. */
  open(): void;
  /** Lets all go that is held, and holds no more. */
  close(): void;
}

/**
 * The server forwards a message (`message.forward.url`) before it delivers it, and both pushes carry
 * the same id. Which of them arrives first is open, and neither waits for the other: a push that was
 * not answered would take one of the five connections that the other needs. So the forwarded one is
 * acknowledged and held until the own road has told the same message, which is then heard once. A
 * message that the server keeps back in between (a censored one) never comes, and is an event after
 * a while. The server sends neither push again, so what is held is on the disk before it is
 * acknowledged (`HeldCallbacks`), and held anew after a restart.
 */
export function createOwnRoad(parts: OwnRoadParts): OwnRoad {
  const { clock, isKept, isMember, isOwnMessage } = parts;
  const held = new Map<string, AbortController>();
  let [isUsed, isOpen] = [false, true];

  /** True when it was told meanwhile. */
  const wait = async (id: string): Promise<boolean> => {
    const waiting = held.get(id) ?? new AbortController();
    held.set(id, waiting);
    const { signal } = waiting;
    const ms = isUsed ? holdMs : firstHoldMs;
    await clock.sleep(ms, signal, { ref: false }).catch(() => {});
    if (held.get(id) === waiting) held.delete(id);
    return signal.reason === 'told';
  };
  return {
    told: (id) => {
      isUsed = true;
      held.get(id)?.abort('told');
    },
    isAwaited: async ({ comes, groupId }) => {
      if (!isOpen || held.size >= maxHeld) return false;
      return comes === 'surely' || (comes === 'member' && (await isMember(groupId)));
    },
    tells: async ({ id, messageId }) => {
      if ((await isKept(id)) || (isOpen && (await wait(id)))) return true;
      return isOwnMessage(messageId) || (await isKept(id));
    },
    open: () => {
      isOpen = true;
    },
    close: () => {
      isOpen = false;
      for (const waiting of held.values()) waiting.abort('closed');
    },
  };
}
