import type { LiveItem } from '../api/contract.js';

/** One thing that happened. */
export interface FeedItem {
  /** Counts up from 1. */
  readonly id: number;
  readonly at: number;
  /** Whose it is, for who wants to be forgotten. */
  readonly userId?: string;
  readonly item: LiveItem;
}

/** What happens, as it happens; the newest is remembered for who comes back. */
export interface Feed {
  publish(item: LiveItem, userId?: string): void;
  /** The id of the newest. */
  readonly last: number;
  /** What came behind `id`, oldest first, and how many of it are forgotten. */
  after(id: number): { readonly items: readonly FeedItem[]; readonly missed: number };
  /** Tells what comes from now on; answers how to end it. */
  follow(told: (item: FeedItem) => void): () => void;
  forget(userId: string): void;
}

/** Remembered at most. */
const maxItems = 2000;

/** @param now ms since 1970 */
export function createFeed(now: () => number): Feed {
  const items = new Map<number, FeedItem>();
  const followers = new Set<(item: FeedItem) => void>();
  let last = 0;
  return {
    publish: (item, userId) => {
      last += 1;
      const made = { id: last, at: now(), item, ...(userId !== undefined && { userId }) };
      items.set(last, made);
      items.delete(last - maxItems);
      for (const told of followers) told(made);
    },
    get last() {
      return last;
    },
    after: (id) => {
      // An id from before a restart of the program: everything is new.
      const from = id > last ? 0 : id;
      const oldest = Math.max(1, last - maxItems + 1);
      const found: FeedItem[] = [];
      for (let next = Math.max(from + 1, oldest); next <= last; next += 1) {
        const item = items.get(next);
        if (item !== undefined) found.push(item);
      }
      return { items: found, missed: Math.max(0, oldest - from - 1) };
    },
    follow: (told) => {
      followers.add(told);
      return () => followers.delete(told);
    },
    forget: (userId) => {
      for (const [id, item] of items) if (item.userId === userId) items.delete(id);
    },
  };
}
