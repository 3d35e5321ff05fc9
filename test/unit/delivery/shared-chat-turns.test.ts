import { expect, test } from 'vitest';
import type { SharedState } from '../../../src/core/shared-state.js';
import type { Task } from '../../../src/core/task.js';
import { createChatTurns } from '../../../src/delivery/run/chat-turns.js';
import { shareChatTurns } from '../../../src/delivery/run/shared-chat-turns.js';
import { createMemorySharedState } from '../../../src/journal/memory-shared-state.js';
import { gate } from '../../support/gate.js';
import { type ManualClock, manualClock } from '../../support/manual-clock.js';
import { sampleTask } from '../../support/sample-task.js';
import { underName } from '../../support/shared-instances.js';

const never = new AbortController().signal;
const nothing = () => new Promise<never>(() => {});

/** The turns of two instances. */
function twoPrograms(clock: ManualClock) {
  const state: SharedState = createMemorySharedState(clock);
  return ['one', 'other'].map((name) =>
    shareChatTurns(createChatTurns(clock), underName(state, name), clock),
  );
}

function task(id: string, room = 'room-1'): Task {
  return sampleTask({ id, conversation: { kind: 'room', id: room } });
}

/** Takes a turn; `isIn` says whether it was given. */
function ask(
  turns: ReturnType<typeof twoPrograms>[number] | undefined,
  wanted: Task,
  signal = never,
) {
  if (turns === undefined) throw new Error('There are two.');
  const asked = { isIn: false, turn: turns.take(wanted, signal) };
  const note = async () => {
    await asked.turn;
    asked.isIn = true;
  };
  void note();
  return asked;
}

test('one instance at a time speaks in a chat, and the other is waited for', async () => {
  const clock = manualClock();
  const [one, other] = twoPrograms(clock);
  const first = await ask(one, task('a')).turn;
  const second = ask(other, task('b'));
  await clock.advance(60_000);
  expect(second.isIn).toBe(false);
  const elsewhere = ask(other, task('c', 'room-2'));
  await clock.advance(1);
  expect(elsewhere.isIn).toBe(true);
  first.leave();
  await clock.advance(200);
  expect(second.isIn).toBe(true);
});

test('who has said a part goes on first, on whichever instance', async () => {
  const clock = manualClock();
  const [one, other] = twoPrograms(clock);
  const first = await ask(one, task('a')).turn;
  await first.keep(clock.now() + 100_000);
  first.leave();
  await clock.advance(1);
  const second = ask(other, task('b'));
  await clock.advance(50_000);
  expect(second.isIn).toBe(false);
  const again = ask(one, task('a'));
  await clock.advance(200);
  expect(again.isIn).toBe(true);
  (await again.turn).leave();
  await clock.advance(200);
  expect(second.isIn).toBe(true);
});

test('who comes back goes first, also where others wait for it already', async () => {
  const clock = manualClock();
  const [one, other] = twoPrograms(clock);
  const first = await ask(one, task('a')).turn;
  await first.keep(clock.now() + 100_000);
  first.leave();
  const waiting = [ask(other, task('b')), ask(other, task('c'))];
  await clock.advance(200);
  const again = ask(other, task('a'));
  await clock.advance(200);
  expect(again.isIn).toBe(true);
  expect(waiting.map(({ isIn }) => isIn)).toEqual([false, false]);
  (await again.turn).leave();
  await clock.advance(200);
  expect(waiting.map(({ isIn }) => isIn)).toEqual([true, false]);
  (await waiting[0]?.turn)?.leave();
  await clock.advance(200);
  expect(waiting.map(({ isIn }) => isIn)).toEqual([true, true]);
});

test('who stops while another goes first gives up its place, and nobody else’s', async () => {
  const clock = manualClock();
  const [one, other] = twoPrograms(clock);
  const first = await ask(one, task('a')).turn;
  await first.keep(clock.now() + 100_000);
  first.leave();
  const stopping = new AbortController();
  const second = ask(other, task('b'), stopping.signal);
  await clock.advance(200);
  const again = ask(other, task('a'));
  await clock.advance(200);
  stopping.abort();
  await clock.advance(1);
  expect(second.isIn).toBe(true);
  (await second.turn).leave();
  const third = ask(other, task('c'));
  await clock.advance(200);
  expect(third.isIn).toBe(false);
  (await again.turn).leave();
  await clock.advance(200);
  expect(third.isIn).toBe(true);
});

test('who goes on elsewhere, and ends there, holds up nobody here', async () => {
  const clock = manualClock();
  const [one, other] = twoPrograms(clock);
  const first = await ask(one, task('a')).turn;
  await first.keep(clock.now() + 100_000);
  // The other is quick: it has ended before this one leaves.
  (await ask(other, task('a')).turn).leave();
  await clock.advance(1);
  first.leave();
  await clock.advance(1);
  const here = ask(one, task('b'));
  await clock.advance(1500);
  expect(here.isIn).toBe(true);
  (await here.turn).leave();
  const there = ask(other, task('c'));
  await clock.advance(200);
  expect(there.isIn).toBe(true);
});

test('who lost its task to another instance keeps nothing for it any more', async () => {
  const clock = manualClock();
  const [one, other] = twoPrograms(clock);
  const first = await ask(one, task('a')).turn;
  (await ask(other, task('a')).turn).leave();
  await clock.advance(1);
  await first.keep(clock.now() + 100_000);
  first.leave();
  const there = ask(other, task('b'));
  await clock.advance(200);
  expect(there.isIn).toBe(true);
  (await there.turn).leave();
  const here = ask(one, task('c'));
  await clock.advance(1500);
  expect(here.isIn).toBe(true);
});

test('what is kept is kept until its time, though nobody comes back', async () => {
  const clock = manualClock();
  const [one, other] = twoPrograms(clock);
  const first = await ask(one, task('a')).turn;
  await first.keep(clock.now() + 100_000);
  first.leave();
  const here = ask(one, task('b'));
  const there = ask(other, task('c'));
  await clock.advance(99_000);
  expect([here.isIn, there.isIn]).toEqual([false, false]);
  await clock.advance(2000);
  expect(here.isIn || there.isIn).toBe(true);
});

test('a sign of life that comes late brings back no turn', async () => {
  const clock = manualClock();
  const shared: SharedState = createMemorySharedState(clock);
  const late = gate();
  const slow: SharedState = {
    ...underName(shared, 'slow'),
    put: async (...args) => {
      await late.opened;
      await shared.put(...args);
    },
    swap: async (...args) => {
      await late.opened;
      return await shared.swap(...args);
    },
  };
  const turn = await shareChatTurns(createChatTurns(clock), slow, clock).take(task('a'), never);
  await clock.advance(10_500);
  turn.leave();
  await clock.advance(1);
  late.open();
  await clock.advance(1);
  const second = ask(shareChatTurns(createChatTurns(clock), shared, clock), task('b'));
  await clock.advance(200);
  expect(second.isIn).toBe(true);
});

test('an instance that dies while it speaks is waited for half a minute', async () => {
  const clock = manualClock();
  const state: SharedState = createMemorySharedState(clock);
  const dead: SharedState = { ...underName(state, 'dead'), put: nothing, swap: nothing };
  await shareChatTurns(createChatTurns(clock), dead, clock).take(task('a'), never);
  const second = ask(shareChatTurns(createChatTurns(clock), state, clock), task('b'));
  await clock.advance(29_000);
  expect(second.isIn).toBe(false);
  await clock.advance(2000);
  expect(second.isIn).toBe(true);
});

test('who stops waits no longer, and who cannot ask leaves its place in line', async () => {
  const clock = manualClock();
  const [one, other] = twoPrograms(clock);
  await ask(one, task('a')).turn;
  const stopping = new AbortController();
  const second = ask(other, task('b'), stopping.signal);
  stopping.abort();
  await clock.advance(1);
  expect(second.isIn).toBe(true);

  let isAway = true;
  const state = underName(createMemorySharedState(clock), 'x');
  const sometimes: SharedState = {
    ...state,
    add: (...args) => (isAway ? Promise.reject(new Error('Away.')) : state.add(...args)),
  };
  const turns = shareChatTurns(createChatTurns(clock), sometimes, clock);
  await expect(turns.take(task('c'), never)).rejects.toThrow('Away.');
  isAway = false;
  expect(await turns.take(task('d'), never)).toBeDefined();
});
