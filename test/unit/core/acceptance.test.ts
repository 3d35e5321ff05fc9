import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  type Acceptance,
  announceKeeper,
  emitForAcceptance,
  hasKeeper,
  isAcceptanceAwaited,
  promiseAcceptance,
} from '../../../src/core/acceptance.js';

const accepted: Acceptance = { kind: 'accepted', speaks: true };
const silent: Acceptance = { kind: 'accepted', speaks: false };
const ignored: Acceptance = { kind: 'ignored' };
const failed: Acceptance = { kind: 'failed' };

/** A puppet whose keepers say what they are told to, each after a while. */
function puppetWith(...answers: readonly (readonly Acceptance[] | undefined)[]) {
  const puppet = new EventEmitter();
  const ends = answers.map((verdicts) => {
    const keeper = {};
    const speak = async () => {
      await delay(1);
      for (const verdict of verdicts ?? []) {
        const tell = promiseAcceptance(keeper);
        void delay(Math.random() * 5).then(() => tell(verdict));
      }
    };
    puppet.on('message', () => void speak());
    return announceKeeper(puppet, keeper);
  });
  const emit = (patienceMs?: number) =>
    emitForAcceptance(puppet, () => puppet.emit('message'), patienceMs);
  return { puppet, emit, ends };
}

function throwing(): void {
  throw new Error('broken');
}

test('hands on what the keeper says', async () => {
  for (const verdict of [accepted, silent, ignored, failed]) {
    expect(await puppetWith([verdict]).emit()).toEqual(verdict);
  }
});

test('waits for every event that a listener makes of one', async () => {
  expect(await puppetWith([ignored, silent, ignored]).emit()).toEqual(silent);
  expect(await puppetWith([accepted, failed, ignored]).emit()).toEqual(failed);
});

test('waits for a later promise of the same turn though the first is told at once', async () => {
  const puppet = new EventEmitter();
  const keeper = {};
  announceKeeper(puppet, keeper);
  puppet.on('message', () => {
    promiseAcceptance(keeper)(ignored);
    const tell = promiseAcceptance(keeper);
    setTimeout(() => tell(accepted), 5);
  });
  expect(await emitForAcceptance(puppet, () => puppet.emit('message'))).toEqual(accepted);
});

test('waits for all keepers', async () => {
  expect(await puppetWith([ignored], [silent]).emit()).toEqual(silent);
  expect(await puppetWith([accepted], [failed]).emit()).toEqual(failed);
  expect(await puppetWith([ignored], undefined).emit(30)).toEqual(failed);
});

test('ignores at once where nobody keeps anything', async () => {
  expect(await puppetWith().emit()).toEqual(ignored);
  const { emit, ends } = puppetWith(undefined);
  for (const end of ends) end();
  expect(await emit()).toEqual(ignored);
});

test('fails when nobody speaks in time, and when emitting throws', async () => {
  expect(await puppetWith(undefined).emit(20)).toEqual(failed);
  const { puppet } = puppetWith([accepted]);
  expect(await emitForAcceptance(puppet, throwing)).toEqual(failed);
  expect(await emitForAcceptance({}, throwing)).toEqual(failed);
});

test('keeps events apart that are under way at the same time', async () => {
  const puppet = new EventEmitter();
  const keeper = {};
  announceKeeper(puppet, keeper);
  const speak = async (verdict: Acceptance, afterMs: number) => {
    await delay(afterMs);
    const tell = promiseAcceptance(keeper);
    await delay(afterMs);
    tell(verdict);
  };
  puppet.on('message', (verdict: Acceptance, afterMs: number) => void speak(verdict, afterMs));
  const emit = (verdict: Acceptance, afterMs: number) =>
    emitForAcceptance(puppet, () => puppet.emit('message', verdict, afterMs));
  const all = [emit(accepted, 9), emit(ignored, 1), emit(failed, 5), emit(silent, 3)];
  expect(await Promise.all(all)).toEqual([accepted, ignored, failed, silent]);
});

test('tells which tasks will say something, if all who keep it tell', async () => {
  const one: Acceptance = { kind: 'accepted', speaks: true, tasks: ['a'] };
  const other: Acceptance = { kind: 'accepted', speaks: true, tasks: ['b', 'c'] };
  const mute: Acceptance = { kind: 'accepted', speaks: false, tasks: [] };
  const heard = [
    [one, other, mute],
    [one, accepted],
  ].map(async (told) => {
    const { puppet } = puppetWith(told);
    return await emitForAcceptance(puppet, () => puppet.emit('message'));
  });
  const [all, some] = await Promise.all(heard);
  // In whatever order they spoke.
  expect(all?.kind === 'accepted' && all.tasks?.toSorted()).toEqual(['a', 'b', 'c']);
  expect(some).not.toHaveProperty('tasks');
});

test('tells nobody outside of an emit', () => {
  expect(() => promiseAcceptance({})(accepted)).not.toThrow();
});

test('knows whether anybody keeps the events of a puppet', () => {
  const { puppet, ends } = puppetWith([accepted]);
  expect([hasKeeper({}), hasKeeper(puppet)]).toEqual([false, true]);
  for (const end of ends) end();
  expect(hasKeeper(puppet)).toBe(false);
});

test('an answer is awaited in all that an event sets off, until it is there', async () => {
  const puppet = new EventEmitter();
  const keeper = {};
  announceKeeper(puppet, keeper);
  const seen: boolean[] = [];
  let after = Promise.resolve();
  puppet.on('message', () => {
    const tell = promiseAcceptance(keeper);
    after = (async () => {
      await delay(1);
      seen.push(isAcceptanceAwaited());
      tell(accepted);
      await delay(5);
      seen.push(isAcceptanceAwaited());
    })();
  });
  seen.push(isAcceptanceAwaited());
  await emitForAcceptance(puppet, () => puppet.emit('message'));
  await after;
  expect(seen).toEqual([false, true, false]);
});
