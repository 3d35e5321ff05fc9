import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareIds, createOrdering } from '../../../../src/adapters/wildfire/ordering.js';
import { manualClock } from '../../../support/manual-clock.js';

function ordering(options: { readonly windowMs?: number; readonly max?: number } = {}) {
  const clock = manualClock();
  const released: string[] = [];
  const made = createOrdering<string>({
    ...options,
    clock,
    release: (item) => released.push(item),
  });
  const add = (conversation: string, messageId: string) =>
    made.add({ conversation, messageId, item: `${conversation}:${messageId}` });
  return { made, clock, released, add };
}

test('messages that overtook one another go in the order in which they were sent', async () => {
  const { clock, released, add } = ordering();
  for (const id of ['12', '9', '11', '10']) add('a', id);
  expect(released).toEqual([]);
  await clock.advance(50);
  expect(released).toEqual(['a:9', 'a:10', 'a:11', 'a:12']);
});

test('a message is held no longer than the window, whatever comes after it', async () => {
  const { clock, released, add } = ordering();
  add('a', '10');
  await clock.advance(49);
  add('a', '11');
  expect(released).toEqual([]);
  await clock.advance(1);
  expect(released).toEqual(['a:10']);
  await clock.advance(49);
  expect(released).toEqual(['a:10', 'a:11']);
});

test('conversations do not wait for one another', async () => {
  const { clock, released, add } = ordering();
  add('a', '20');
  await clock.advance(30);
  add('b', '10');
  await clock.advance(20);
  expect(released).toEqual(['a:20']);
});

test('one without an id passes at once, and so do all without a window', () => {
  const { released, add } = ordering();
  add('a', '');
  expect(released).toEqual(['a:']);
  const none = ordering({ windowMs: 0 });
  none.add('a', '2');
  expect(none.released).toEqual(['a:2']);
});

test('no more are held than allowed', () => {
  const { made, released, add } = ordering({ max: 3 });
  for (const id of ['5', '4', '3', '2']) add('a', id);
  expect(made.count()).toBeLessThanOrEqual(3);
  // The longest held went, and with it what was said before it.
  expect(released).toEqual(['a:3', 'a:4', 'a:5']);
});

test('closing lets all go, in order, and holds nothing any more', async () => {
  const { made, clock, released, add } = ordering();
  add('a', '2');
  add('a', '1');
  made.close();
  expect(released).toEqual(['a:1', 'a:2']);
  add('a', '0');
  expect(released).toEqual(['a:1', 'a:2', 'a:0']);
  await clock.advance(1000);
  expect(clock.sleeping).toBe(0);
});

test('after a rest it goes on', async () => {
  const { clock, released, add } = ordering();
  add('a', '1');
  await clock.advance(50);
  add('a', '2');
  await clock.advance(50);
  expect(released).toEqual(['a:1', 'a:2']);
});

test('nothing is lost or doubled, all go in time, and order holds within the window', async () => {
  const arrival = fc.record({
    conversation: fc.constantFrom('a', 'b', 'c'),
    pause: fc.integer({ min: 0, max: 40 }),
    id: fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(arrival, { maxLength: 40, selector: ({ id }) => id }),
      async (arrivals) => {
        const clock = manualClock();
        const released: { conversation: string; id: bigint; cameAt: number; at: number }[] = [];
        const made = createOrdering<(typeof released)[number]>({
          clock,
          release: (item) => released.push({ ...item, at: clock.now() }),
        });
        for (const { conversation, pause, id } of arrivals) {
          await clock.advance(pause);
          const item = { conversation, id, cameAt: clock.now(), at: 0 };
          made.add({ conversation, messageId: String(id), item });
        }
        await clock.advance(50);
        expect(released).toHaveLength(arrivals.length);
        expect(new Set(released.map(({ id }) => id))).toEqual(
          new Set(arrivals.map(({ id }) => id)),
        );
        for (const [index, one] of released.entries()) {
          expect(one.at - one.cameAt).toBeLessThanOrEqual(50);
          const later = released
            .slice(index + 1)
            .filter(({ conversation }) => conversation === one.conversation);
          // Whatever was there when it went, and was sent before it, went before it.
          for (const other of later) expect(other.id > one.id || other.cameAt >= one.at).toBe(true);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('ids compare as the numbers they are', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 2n ** 63n }),
      fc.bigInt({ min: 0n, max: 2n ** 63n }),
      (one, other) => {
        const order = one < other ? -1 : Number(one > other);
        expect(Math.sign(compareIds(String(one), String(other)))).toBe(order);
      },
    ),
  );
});
