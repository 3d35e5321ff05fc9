import { expect, test } from 'vitest';
import { eventRow } from '../../../../src/console/observe/event-row.js';
import { createFeed } from '../../../../src/console/observe/feed.js';
import { isOfPerson } from '../../../../src/console/observe/history.js';
import { blanked, type SeenEvent } from '../../../../src/console/observe/seen-event.js';
import { sampleMessage } from '../../../support/sample-event.js';

const seen: SeenEvent = {
  seq: 1,
  event: sampleMessage({
    text: '「老王：昨天 订阅」\n- - - - - -\n好的',
    words: '好的',
    quoted: { id: 'message-0', userId: 'wang', name: '老王', text: '昨天 订阅' },
    mention: { me: true, texts: ['@bot'], spans: [{ start: 0, end: 4 }], foundBy: 'name' },
  }),
  unread: new Set(),
  outcome: { fate: 'unmatched', rules: [], silenced: [], tasks: [] },
  isBlank: false,
};

test('what is remembered belongs to who is quoted, too', () => {
  expect(isOfPerson(seen, 'wang')).toBe(true);
  expect(isOfPerson(seen, 'bob')).toBe(false);
});

test('an event without its text has no word of the quotation', () => {
  const { event } = blanked(seen);
  expect(event.message?.quoted).toEqual({ id: 'message-0', userId: 'wang' });
  expect(JSON.stringify(event)).not.toMatch(/好的|订阅|老王|@bot/u);
  expect(event.message?.mention).not.toHaveProperty('spans');
});

test('a row has the quotation where the text does not hold it, and text may be shown', () => {
  const told = { text: '好的', quoted: { text: '昨天 订阅' } };
  const apart = { ...seen, event: sampleMessage(told) };
  expect(eventRow(apart, true)).toMatchObject({ text: '好的', quote: '昨天 订阅' });
  expect(eventRow(apart, false)).not.toHaveProperty('quote');
  expect(eventRow(seen, true)).not.toHaveProperty('quote');
});

test('the feed forgets what quotes a person', () => {
  const feed = createFeed(
    () => 0,
    () => Infinity,
  );
  feed.publish({ kind: 'rules', at: 0 }, 'alice', 'wang');
  feed.publish({ kind: 'rules', at: 0 }, 'alice');
  feed.forget('wang');
  expect(feed.after(0).items.map(({ id }) => id)).toEqual([2]);
});
