import type { BotEvent } from '../core/event.js';
import { onceKnown } from '../events/once-known.js';
import type { UnreadEvent } from '../events/unread-event.js';

/** An account of this program, as others of its platform see it. */
export interface OwnBot {
  /** The puppet's name and, where ids are unique on one server alone, that server's host. */
  readonly realm: string;
  /** `""` before the first login; the last one while it is logged out. */
  readonly id: string;
}

/** The bots that are attached to this program. */
export interface OwnBots {
  /**
   * Adds a bot, asked for its account whenever an event is read.
   *
   * @returns takes it out again
   */
  add(self: () => OwnBot): () => void;
  /** The same event of a bot; once read it says whether another bot of its realm did it. */
  marking(unread: UnreadEvent, self: OwnBot): UnreadEvent;
}

/** Knows no bot yet. */
export function createOwnBots(): OwnBots {
  const all = new Set<() => OwnBot>();
  return {
    add: (self) => {
      all.add(self);
      return () => void all.delete(self);
    },
    marking: (unread, self) => ({
      ...unread,
      read: (needs) =>
        onceKnown(unread.read(needs), undefined, (event): BotEvent => {
          const { id } = event.user;
          if (id === '' || id === self.id) return event;
          const isOther = [...all].map((of) => of()).some((one) => isSame(one, { ...self, id }));
          return isOther ? { ...event, byOtherBot: true } : event;
        }),
    }),
  };
}

function isSame(one: OwnBot, other: OwnBot): boolean {
  return one.id === other.id && one.realm === other.realm;
}
