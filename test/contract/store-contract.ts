import { describe, expect, onTestFinished, test } from 'vitest';
import type { Clock } from '../../src/core/clock.js';
import type { Store } from '../../src/core/store.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';

/** A store to be tested, and what can be done to it from outside. */
interface StoreUnderTest {
  readonly store: Store;
  /** Ends the store as a crash would, and opens what is on its storage. */
  readonly reopen?: () => Promise<Store>;
  /** Removes the storage; the store itself is closed before. */
  readonly dispose?: () => Promise<void>;
}

/** Makes one empty store. */
type CreateStore = (options: { readonly clock: Clock }) => Promise<StoreUnderTest>;

interface StoreBench {
  store: Store;
  readonly clock: ManualClock;
  reopen(): Promise<void>;
}

type OpenBench = () => Promise<StoreBench>;

const everyMs = 60_000;
const once = { count: 1, everyMs };
const twice = { count: 2, everyMs };

/**
 * Every clause of the store's contract as a test of its own; whatever keeps cooldowns and limits
 * runs this very suite. `reopens`: whether a store can be reopened, and is tried for it.
 */
export function storeContract(
  name: string,
  create: CreateStore,
  { reopens = false }: { readonly reopens?: boolean } = {},
): void {
  const open: OpenBench = () => openStore(create);
  const groups = reopens ? [...everybody, ...reopening] : everybody;
  for (const [title, clauses] of groups) {
    describe(`${name}: ${title}`, () => {
      clauses(open);
    });
  }
}

const everybody: readonly (readonly [string, (open: OpenBench) => void])[] = [
  ['count', countClauses],
  ['period', periodClauses],
  ['forget', forgetClauses],
  ['close', closeClauses],
];

const reopening: typeof everybody = [['durability', durabilityClauses]];

async function openStore(create: CreateStore): Promise<StoreBench> {
  const clock = manualClock();
  const opened = await create({ clock });
  const bench: StoreBench = {
    store: opened.store,
    clock,
    reopen: async () => {
      if (!opened.reopen) throw new Error('This store cannot be reopened');
      bench.store = await opened.reopen();
    },
  };
  onTestFinished(async () => {
    await bench.store.close();
    await opened.dispose?.();
  });
  return bench;
}

function countClauses(open: OpenBench): void {
  test('admits so many members and no more', async () => {
    const { store } = await open();
    expect(await store.admit('问候 👋', 'event-1', twice)).toBe(true);
    expect(await store.admit('问候 👋', 'event-2', twice)).toBe(true);
    expect(await store.admit('问候 👋', 'event-3', twice)).toBe(false);
  });

  test('answers a member always the same, and counts it once', async () => {
    const { store } = await open();
    const members = ['event-1', 'event-1', 'event-2', 'event-3', 'event-1', 'event-3', 'event-2'];
    const answers: boolean[] = [];
    for (const member of members) answers.push(await store.admit('key', member, twice));
    expect(answers).toEqual([true, true, true, false, true, false, true]);
  });

  test('counts each key by itself', async () => {
    const { store } = await open();
    expect(await store.admit('one', 'event-1', once)).toBe(true);
    expect(await store.admit('two', 'event-2', once)).toBe(true);
    expect(await store.admit('one', 'event-2', once)).toBe(false);
  });

  test('admits nobody to a budget of nothing', async () => {
    const { store } = await open();
    expect(await store.admit('key', 'event-1', { count: 0, everyMs })).toBe(false);
  });

  test('admits no more than it may to many who ask at the same time', async () => {
    const { store } = await open();
    const members = Array.from({ length: 20 }, (_, n) => `event-${n}`);
    const answers = await Promise.all(members.map((each) => store.admit('key', each, twice)));
    expect(answers.filter(Boolean)).toHaveLength(2);
  });

  test.each([
    ['any text', '订阅:群聊 👨‍👩‍👧', '__proto__'],
    ['a line break', 'a\nb', '\u0000'],
    ['nothing', '', ''],
  ])('takes %s for a key or a member', async (_, key, member) => {
    const { store } = await open();
    expect(await store.admit(key, member, once)).toBe(true);
    expect(await store.admit(key, `${member}!`, once)).toBe(false);
  });
}

function periodClauses(open: OpenBench): void {
  test('silences nobody for hours when the clock was set back', async () => {
    const { store, clock } = await open();
    await store.admit('x', '1', once);
    clock.set(-3 * 60 * everyMs);
    expect(await store.admit('x', '2', once)).toBe(true);
  });

  test('is kept when the clock was set back by less', async () => {
    const { store, clock } = await open();
    await store.admit('x', '1', once);
    clock.set(-everyMs / 2);
    expect(await store.admit('x', '2', once)).toBe(false);
  });

  test('starts with the first member, and ends for all at once', async () => {
    const { store, clock } = await open();
    await clock.advance(everyMs / 2);
    await store.admit('key', 'event-1', twice);
    await clock.advance(everyMs - 1);
    expect(await store.admit('key', 'event-2', twice)).toBe(true);
    expect(await store.admit('key', 'event-3', twice)).toBe(false);
    await clock.advance(1);
    expect(await store.admit('key', 'event-3', twice)).toBe(true);
    expect(await store.admit('key', 'event-4', twice)).toBe(true);
    expect(await store.admit('key', 'event-5', twice)).toBe(false);
  });

  test('is not drawn out by those who ask meanwhile', async () => {
    const { store, clock } = await open();
    await store.admit('key', 'event-1', once);
    for (let n = 2; n < 12; n += 1) {
      await clock.advance(everyMs / 10);
      if (n < 11) await store.admit('key', `event-${n}`, once);
    }
    expect(await store.admit('key', 'event-12', once)).toBe(true);
  });

  test('ends sooner when the budget names a shorter one', async () => {
    const { store, clock } = await open();
    await store.admit('key', 'event-1', once);
    await clock.advance(1000);
    expect(await store.admit('key', 'event-2', { count: 1, everyMs: 2000 })).toBe(false);
    expect(await store.admit('key', 'event-2', { count: 1, everyMs: 1000 })).toBe(true);
  });

  test('counts a member of a former one anew', async () => {
    const { store, clock } = await open();
    await store.admit('key', 'event-1', once);
    await clock.advance(everyMs);
    expect(await store.admit('key', 'event-1', once)).toBe(true);
    expect(await store.admit('key', 'event-2', once)).toBe(false);
  });
}

function forgetClauses(open: OpenBench): void {
  test('deletes the periods of keys that are about a person, and no others', async () => {
    const { store } = await open();
    const keys = Array.from({ length: 120 }, (_, n) => `甲 ${n}`);
    for (const key of keys)
      await store.admit(key, 'event-1', { ...once, person: '甲\u0000\ud800' });
    await store.admit('乙', 'event-1', { ...once, person: '乙' });
    await store.admit('all', 'event-1', once);
    const periods = await store.of('甲\u0000\ud800');
    expect(periods.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
    expect(periods[0]).toMatchObject({ used: 1, startedAt: expect.any(Number) });
    expect(await store.forget('甲\u0000\ud800')).toBe(120);
    expect(await store.of('甲\u0000\ud800')).toEqual([]);
    expect(await store.of('乙')).toHaveLength(1);
    expect(await store.forget('甲\u0000\ud800')).toBe(0);
    expect(await store.admit('甲 0', 'event-2', once)).toBe(true);
    expect(await store.admit('乙', 'event-2', once)).toBe(false);
    expect(await store.admit('all', 'event-2', once)).toBe(false);
  });
}

function closeClauses(open: OpenBench): void {
  test('refuses to admit afterwards', async () => {
    const { store } = await open();
    await store.close();
    const refused = { code: 'store-closed' };
    await expect(store.admit('key', 'event-1', once)).rejects.toMatchObject(refused);
    await expect(store.forget('甲')).rejects.toMatchObject(refused);
  });

  test('may be done twice', async () => {
    const { store } = await open();
    await store.close();
    await expect(store.close()).resolves.toBeUndefined();
  });
}

function durabilityClauses(open: OpenBench): void {
  test('remembers a period after a crash', async () => {
    const bench = await open();
    await bench.store.admit('key', 'event-1', once);
    await bench.reopen();
    expect(await bench.store.admit('key', 'event-2', once)).toBe(false);
    expect(await bench.store.admit('key', 'event-1', once)).toBe(true);
  });
}
