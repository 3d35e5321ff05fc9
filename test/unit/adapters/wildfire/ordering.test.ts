import { setImmediate as afterThisTurn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareIds, createOrdering } from '../../../../src/adapters/wildfire/ordering.js';
import { manualClock } from '../../../support/manual-clock.js';

function ordering(options: { readonly windowMs?: number } = {}) {
  const clock = manualClock();
  const made = createOrdering({ ...options, clock });
  const told: string[] = [];
  /** A push that begins; the result ends it, and says where its message stands. */
  const begin = (conversation: string, messageId: string) => {
    const push = {};
    made.begin(push);
    return () => {
      made.end(push);
      void made.turnOf({ conversation, messageId }).then(() => {
        told.push(`${conversation}:${messageId}`);
      });
    };
  };
  return { made, clock, told, begin };
}

/** All turns that nothing holds back have come. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await afterThisTurn();
}

test('a message that overtook another goes after it', async () => {
  const { told, begin } = ordering();
  const [long, short] = [begin('a', '9'), begin('a', '10')];
  short();
  await settled();
  expect(told).toEqual([]);
  long();
  await settled();
  expect(told).toEqual(['a:9', 'a:10']);
});

test('where nothing else comes in, a message waits for nothing', async () => {
  const { told, clock, begin } = ordering();
  begin('a', '10')();
  await settled();
  expect(told).toEqual(['a:10']);
  expect(clock.sleeping).toBe(0);
});

test('what is read in the same turn goes in order', async () => {
  const { told, begin } = ordering();
  const pushes = ['12', '9', '11', '10'].map((id) => begin('a', id));
  for (const end of pushes) end();
  await settled();
  expect(told).toEqual(['a:9', 'a:10', 'a:11', 'a:12']);
});

test('a push that breaks off is waited for no longer than the window', async () => {
  const { told, clock, begin } = ordering();
  begin('a', '1');
  begin('a', '2')();
  await settled();
  await clock.advance(49);
  expect(told).toEqual([]);
  await clock.advance(1);
  expect(told).toEqual(['a:2']);
  // And not again.
  begin('a', '3')();
  await settled();
  expect(told).toEqual(['a:2', 'a:3']);
});

test('what begins to come in later is not waited for', async () => {
  const { told, begin } = ordering();
  const [first, second] = [begin('a', '1'), begin('a', '2')];
  second();
  await settled();
  begin('a', '3');
  first();
  await settled();
  expect(told).toEqual(['a:1', 'a:2']);
});

test('one without an id passes at once, and so do all without a window', async () => {
  const { told, begin } = ordering();
  begin('a', '1');
  begin('a', '')();
  await Promise.resolve();
  await Promise.resolve();
  expect(told).toEqual(['a:']);
  const none = ordering({ windowMs: 0 });
  none.begin('a', '1');
  none.begin('a', '2')();
  await settled();
  expect(none.told).toEqual(['a:2']);
});

test('one id twice goes twice', async () => {
  const { told, begin } = ordering();
  const [one, other] = [begin('a', '1'), begin('a', '1')];
  one();
  other();
  await settled();
  expect(told).toEqual(['a:1', 'a:1']);
});

test('all go once and in time, and none before an earlier one of its conversation that is here', async () => {
  const push = fc.record({
    conversation: fc.constantFrom('a', 'b'),
    id: fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
    begins: fc.integer({ min: 0, max: 60 }),
    takes: fc.integer({ min: 1, max: 80 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(push, { maxLength: 12, selector: ({ id }) => id }),
      async (pushes) => {
        const clock = manualClock();
        const made = createOrdering({ clock });
        const begun = clock.now();
        const told: { readonly id: bigint; readonly at: number }[] = [];
        for (let now = 0; now <= 200; now += 1) {
          for (const one of pushes) {
            if (one.begins === now) made.begin(one);
            if (one.begins + one.takes !== now) continue;
            made.end(one);
            const place = { conversation: one.conversation, messageId: String(one.id) };
            void made.turnOf(place).then(() => told.push({ id: one.id, at: clock.now() - begun }));
          }
          await settled();
          await clock.advance(1);
        }
        expect(told).toHaveLength(pushes.length);
        const toldAt = (id: bigint) => told.findIndex((one) => one.id === id);
        for (const one of pushes) {
          const ends = one.begins + one.takes;
          expect((told[toldAt(one.id)]?.at ?? 0) - ends).toBeLessThanOrEqual(51);
          for (const other of pushes) {
            if (other.conversation !== one.conversation || other.id <= one.id) continue;
            const otherAt = told[toldAt(other.id)]?.at ?? 0;
            if (ends <= otherAt - 1) expect(toldAt(one.id)).toBeLessThan(toldAt(other.id));
          }
        }
      },
    ),
    { numRuns: 30 },
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
