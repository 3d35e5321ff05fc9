import { expect, test } from 'vitest';
import { createEventOrder } from '../../../src/runtime/event-order.js';
import { gate } from '../../support/gate.js';
import { type ManualClock, manualClock } from '../../support/manual-clock.js';

function sample() {
  const clock = manualClock();
  const order = createEventOrder({ clock, passAfterMs: 200 });
  const kept: string[] = [];
  const take = (name: string, reading: unknown = name, sequence: string | undefined = 'room') =>
    order.take(sequence, reading, async () => void kept.push(name));
  return { clock, order, kept, take };
}

/** Lets everything run that waits for nothing but its turn. */
const settle = (clock: ManualClock) => clock.advance(0);

test('keeps at once what needs no look-up and has nothing before it', () => {
  const { kept, take } = sample();
  void take('a');
  expect(kept).toEqual(['a']);
});

test('keeps what is looked up in the order in which it came, whatever is known first', async () => {
  const { clock, kept, take } = sample();
  const [a, b] = [gate(), gate()];
  const all = [take('a', a.opened), take('b', b.opened)];
  b.open();
  await settle(clock);
  expect(kept).toEqual([]);
  a.open();
  await Promise.all(all);
  expect(kept).toEqual(['a', 'b']);
});

test('keeps the order of all when look-ups are fast', async () => {
  const { kept, take } = sample();
  const a = gate();
  const all = [take('a', a.opened), take('b'), take('c', Promise.resolve()), take('d')];
  a.open();
  await Promise.all(all);
  expect(kept).toEqual(['a', 'b', 'c', 'd']);
});

test('lets pass what needs no look-up, in its own order, when others take long', async () => {
  const { clock, kept, take } = sample();
  const [a, c] = [gate(), gate()];
  const slow = [take('a', a.opened), take('c', c.opened)];
  const plain = [take('b'), take('d')];
  await clock.advance(199);
  expect(kept).toEqual([]);
  await clock.advance(1);
  await Promise.all(plain);
  expect(kept).toEqual(['b', 'd']);
  c.open();
  await settle(clock);
  expect(kept).toEqual(['b', 'd']);
  a.open();
  await Promise.all(slow);
  expect(kept).toEqual(['b', 'd', 'a', 'c']);
});

test('passes no event that is being kept', async () => {
  const { clock, order, kept, take } = sample();
  const [known, written] = [gate(), gate()];
  const first = order.take('room', known.opened, async () => {
    await written.opened;
    kept.push('a');
  });
  known.open();
  await settle(clock);
  const second = take('b');
  await clock.advance(1000);
  expect(kept).toEqual([]);
  written.open();
  await Promise.all([first, second]);
  expect(kept).toEqual(['a', 'b']);
});

test('lets no other conversation wait', async () => {
  const { kept, take } = sample();
  void take('a', new Promise(() => {}));
  await take('b', 'b', 'another');
  await take('c', Promise.resolve(), 'another');
  expect(kept).toEqual(['b', 'c']);
});

test('goes on after a look-up that rejects', async () => {
  const { kept, take } = sample();
  await Promise.all([take('a', Promise.reject(new Error('gone'))), take('b')]);
  expect(kept).toEqual(['a', 'b']);
});
