import { describe, expect, test } from 'vitest';
import type { EventRow, TaskRow } from '../../../../src/console/api/contract.js';
import {
  emptyFeed,
  withItem,
  withPage,
} from '../../../../src/console/web/pages/live/feed-state.js';

function event(id: number): EventRow {
  return {
    id: String(id),
    at: id,
    name: 'message',
    botId: 'bot',
    userId: 'alice',
    userName: 'Alice',
    isSelf: false,
    mentionsBot: false,
    fate: 'matched',
    rules: [],
    silenced: [],
    tasks: [],
  };
}

function task(id: string, state: TaskRow['state']): TaskRow {
  return {
    id,
    state,
    rule: 'echo',
    event: 'message',
    botId: 'bot',
    userId: 'alice',
    arrivedAt: 1,
    attempts: 0,
  };
}

describe('the feed of the live page', () => {
  test('has the newest event first, and each once', () => {
    let feed = withPage(emptyFeed, [event(2), event(1)]);
    feed = withItem(feed, { kind: 'event', event: event(3) });
    feed = withItem(feed, { kind: 'event', event: event(3) });
    feed = withPage(feed, [event(3), event(2)]);
    expect(feed.events.map(({ id }) => id)).toEqual(['3', '2', '1']);
  });

  test('sorts ids as numbers', () => {
    const feed = withPage(emptyFeed, [event(9), event(10)]);
    expect(feed.events.map(({ id }) => id)).toEqual(['10', '9']);
  });

  test('knows how each task is getting on', () => {
    let feed = withItem(emptyFeed, { kind: 'task', task: task('t', 'waiting') });
    feed = withItem(feed, {
      kind: 'attempt',
      task: 't',
      rule: 'echo',
      at: 1,
      durationMs: 5,
      status: 200,
    });
    feed = withItem(feed, { kind: 'said', task: 't', rule: 'echo', at: 2, parts: 2 });
    feed = withItem(feed, { kind: 'said', task: 't', rule: 'echo', at: 3, parts: 1 });
    feed = withItem(feed, { kind: 'task', task: task('t', 'answered') });
    expect(feed.tasks.get('t')).toMatchObject({
      row: { state: 'answered' },
      attempt: { status: 200 },
      said: 3,
    });
  });

  test('stays bounded however long the page is open', () => {
    let feed = emptyFeed;
    for (let n = 1; n <= 1200; n += 1) {
      feed = withItem(feed, { kind: 'event', event: event(n) });
      feed = withItem(feed, { kind: 'task', task: task(`t${n}`, 'waiting') });
    }
    expect(feed.events).toHaveLength(500);
    expect(feed.tasks.size).toBe(1000);
    expect(feed.tasks.has('t1200')).toBe(true);
  });
});
