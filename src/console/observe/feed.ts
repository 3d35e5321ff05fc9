import { bytesOf } from '../../core/remembered.js';
import type { LiveItem } from '../api/contract.js';
import { SizedMap } from './sized-map.js';

/** One thing that happened. */
export interface FeedItem {
  /** Counts up. */
  readonly id: number;
  readonly at: number;
  /** Whose it is and whom it quotes, for who wants to be forgotten. */
  readonly people: readonly string[];
  readonly item: LiveItem;
}

/** What happens, as it happens; the newest is remembered for who comes back. */
export interface Feed {
  publish(item: LiveItem, ...people: string[]): void;
  /** The id of the newest. */
  readonly last: number;
  /**
   * What came behind `id`, oldest first, and how many of it are forgotten. Behind 0: all that is
   * remembered. Behind an id of an earlier run of the program: the same, and at least one is missed.
   */
  after(id: number): { readonly items: readonly FeedItem[]; readonly missed: number };
  /** Tells what comes from now on; answers how to end it. */
  follow(told: (item: FeedItem) => void): () => void;
  forget(userId: string): void;
}

/** Remembered at most. */
const maxItems = 2000;

/**
 * @param now ms since 1970
 * @param maxBytes how much memory the remembered items may take
 * @param first the ids count up from here; beyond those of earlier runs, so that these are known
 */
export function createFeed(now: () => number, maxBytes: () => number, first = 0): Feed {
  const items = new SizedMap<FeedItem>(bytesOf);
  const followers = new Set<(item: FeedItem) => void>();
  let last = first;
  /** Of those that are not pruned; what somebody wanted forgotten lies between. */
  let oldest = first + 1;
  return {
    publish: (item, ...people) => {
      last += 1;
      const made = { id: last, at: now(), item, people };
      items.set(last, made);
      for (; last - oldest >= maxItems || items.bytes > maxBytes(); oldest += 1)
        items.delete(oldest);
      for (const told of followers) told(made);
    },
    get last() {
      return last;
    },
    after: (id) => {
      const isForeign = id !== 0 && (id < first || id > last);
      const from = isForeign ? first : Math.max(id, first);
      const found: FeedItem[] = [];
      for (let next = Math.max(from + 1, oldest); next <= last; next += 1) {
        const item = items.get(next);
        if (item !== undefined) found.push(item);
      }
      return { items: found, missed: Math.max(isForeign ? 1 : 0, oldest - from - 1) };
    },
    follow: (told) => {
      followers.add(told);
      return () => followers.delete(told);
    },
    forget: (userId) => {
      for (const [id, item] of items.entries()) if (item.people.includes(userId)) items.delete(id);
    },
  };
}
