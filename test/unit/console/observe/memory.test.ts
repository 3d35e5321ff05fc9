import { expect, test } from 'vitest';
import { eventRow } from '../../../../src/console/observe/event-row.js';
import { createObserver } from '../../../../src/console/observe/observer.js';
import type { Need } from '../../../../src/core/event.js';
import { bytesOf, maxRememberedText } from '../../../../src/core/remembered.js';
import { manualClock } from '../../../support/manual-clock.js';
import { sampleMessage } from '../../../support/sample-event.js';

const outcome = { fate: 'matched', rules: [], silenced: [], tasks: [] } as const;
const nothing: ReadonlySet<Need> = new Set();
const minute = 60_000;

function observing(bytes: number) {
  const clock = manualClock();
  const observer = createObserver({
    clock,
    limits: () => ({ events: 10_000, ageMs: minute, textMs: minute, unmatched: true }),
    bytes: () => bytes,
    isPrivate: () => false,
    reasonText: (reason) => ({ en: reason, zh: reason }),
  });
  const hear = (text: string) =>
    observer.witness.decided(sampleMessage({ at: clock.now(), text }), nothing, outcome);
  const history = () => [...(observer.history?.newest() ?? [])];
  return { observer, hear, history };
}

test('500 events of 3.5 MB take no more than the console may', () => {
  const { hear, history, observer } = observing(1_000_000);
  const text = '周'.repeat(3_500_000);
  for (let n = 0; n < 500; n += 1) hear(`${n}${text}`);
  expect(bytesOf(history().map(({ event }) => event))).toBeLessThan(510_000);
  expect(bytesOf(observer.feed.after(0).items)).toBeLessThan(260_000);
  expect(history()[0]?.event.message?.payload.text?.startsWith('499')).toBe(true);
  expect(observer.feed.after(observer.feed.last - 2).items).toHaveLength(2);
  expect(observer.feed.after(0).missed).toBeGreaterThan(400);
});

test('a text that was cut says how long it was, in the history and in the feed', () => {
  const { hear, history, observer } = observing(1_000_000);
  hear('周'.repeat(5000));
  hear('short');
  const [short, long] = history();
  expect(long?.cutFrom).toBe(5000);
  const row = long && eventRow(long, true);
  expect(row).toMatchObject({ text: '周'.repeat(maxRememberedText), cutFrom: 5000 });
  expect(observer.feed.after(0).items[0]?.item).toMatchObject({ event: { cutFrom: 5000 } });
  expect(short && eventRow(short, true)).not.toHaveProperty('cutFrom');
});

test('calls take their part of the memory, the newest stay', () => {
  const { observer } = observing(400_000);
  for (let n = 0; n < 500; n += 1) {
    observer.called({
      task: `${n}`,
      origin: 'http://a',
      at: n,
      durationMs: 1,
      request: { method: 'POST', url: 'http://a/', headers: {}, body: 'x'.repeat(10_000) },
      response: { status: 200 },
    });
  }
  const kept = Array.from({ length: 500 }, (_, n) => observer.calls.of(`${n}`)).flat();
  expect(bytesOf(kept)).toBeLessThan(110_000);
  expect(kept.length).toBeGreaterThan(5);
  expect(kept.at(-1)?.task).toBe('499');
});

test('with no memory at all nothing is remembered, and all goes on', () => {
  const { hear, history, observer } = observing(0);
  const told: number[] = [];
  const { last } = observer.feed;
  observer.feed.follow(({ id }) => told.push(id - last));
  hear('hello');
  hear('hello again');
  expect(history()).toEqual([]);
  expect(observer.feed.after(0)).toEqual({ items: [], missed: 2 });
  expect(told).toEqual([1, 2]);
});
