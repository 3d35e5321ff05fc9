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
    const end = async () => {
      made.end(push);
      await made.turnOf({ conversation, messageId });
      told.push(`${conversation}:${messageId}`);
    };
    return () => void end();
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

interface Push {
  readonly conversation: string;
  readonly id: bigint;
  /** In ms. */
  readonly begins: number;
  readonly takes: number;
}

interface Told extends Push {
  readonly ends: number;
  readonly at: number;
}

/** Lets pushes come in; answers them as they were told. */
async function play(pushes: readonly Push[]): Promise<readonly Told[]> {
  const clock = manualClock();
  const begun = clock.now();
  const made = createOrdering({ clock });
  const told: Told[] = [];
  const end = async (push: Push) => {
    const ends = clock.now() - begun;
    made.end(push);
    await made.turnOf({ conversation: push.conversation, messageId: String(push.id) });
    told.push({ ...push, ends, at: clock.now() - begun });
  };
  for (let now = 0; now <= 200; now += 1) {
    for (const push of pushes.filter(({ begins }) => begins === now)) made.begin(push);
    for (const push of pushes.filter((one) => one.begins + one.takes === now)) void end(push);
    await settled();
    await clock.advance(1);
  }
  return told;
}

test('all go once and in time, and none before an earlier one of its conversation that is here', async () => {
  const arbitraryPush = fc.record({
    conversation: fc.constantFrom('a', 'b'),
    id: fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
    begins: fc.integer({ min: 0, max: 60 }),
    takes: fc.integer({ min: 1, max: 80 }),
  });
  const some = fc.uniqueArray(arbitraryPush, { maxLength: 12, selector: ({ id }) => id });
  await fc.assert(
    fc.asyncProperty(some, async (pushes) => {
      const told = await play(pushes);
      expect(told).toHaveLength(pushes.length);
      expect(told.filter(({ at, ends }) => at - ends > 51)).toEqual([]);
      const overtaken = told.filter((one, index) =>
        told
          .slice(0, index)
          .some(
            (before) =>
              before.conversation === one.conversation &&
              before.id > one.id &&
              one.ends < before.at,
          ),
      );
      expect(overtaken).toEqual([]);
    }),
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
