import { useCallback, useState } from 'react';
import type { EventListQuery, EventRow, Failure, Page } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { useLive } from '../../api/use-live.js';
import { useLoaded } from '../../api/use-loaded.js';
import { useSession } from '../../frame/session.js';
import { useThrottled } from '../../parts/use-throttled.js';
import { emptyFeed, type FeedState, withItem, withPage } from './feed-state.js';

/** What the page asks for. */
export type Choice = Pick<EventListQuery, 'fate' | 'search'>;

/** The feed, followed. */
export interface Feed extends FeedState {
  readonly isOpen: boolean;
  readonly failure: Failure['error'] | undefined;
  /** Absent: there are no older ones. */
  readonly loadOlder: (() => void) | undefined;
}

interface Held {
  readonly key: string;
  readonly feed: FeedState;
  readonly next: string | undefined;
}

/** What was remembered, and on top of it what happens now. */
export function useFeed(choice: Choice, isPaused: boolean): Feed {
  const { history } = useSession().session;
  const key = JSON.stringify(choice);
  const [held, setHeld] = useState<Held>({ key, feed: emptyFeed, next: undefined });
  const older = useAction();
  const load = useCallback(
    async (cursor: string | undefined, signal?: AbortSignal): Promise<Page<EventRow>> =>
      history
        ? await call('GET /events', { query: { ...choice, ...(cursor && { cursor }) } }, signal)
        : { items: [] },
    [history, choice],
  );
  const loaded = useLoaded(`events ${key}`, async (signal) => {
    const page = await load(undefined, signal);
    setHeld((current) => {
      const feed = current.key === key ? current.feed : { ...current.feed, events: [] };
      return { key, feed: withPage(feed, page.items), next: page.next };
    });
  });
  const reload = useThrottled(loaded.reload, 1000);
  const isChosen = choice.fate !== undefined || (choice.search ?? '') !== '';
  const isOpen = useLive(['event', 'task', 'attempt', 'said'], (item) => {
    if (isPaused) return;
    // Which events fit is the server's to say.
    if (item.kind === 'gap' || (item.kind === 'event' && isChosen)) reload();
    else setHeld((current) => ({ ...current, feed: withItem(current.feed, item) }));
  });
  const { next } = held;
  const loadOlder = () => {
    void older.run(async () => {
      const page = await load(next);
      setHeld((current) => ({
        ...current,
        feed: withPage(current.feed, page.items),
        next: page.next,
      }));
    });
  };
  return {
    ...held.feed,
    isOpen,
    failure: loaded.failure ?? older.failure,
    loadOlder: next === undefined ? undefined : loadOlder,
  };
}
