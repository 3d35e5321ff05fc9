import { expect, test, vi } from 'vitest';
import { WorkSignal } from '../../../src/journal/work-signal.js';
import { manualClock } from '../../support/manual-clock.js';

const day = 24 * 3600 * 1000;

async function openSignal() {
  const clock = manualClock();
  const onTime = vi.fn<() => void>();
  const wake = vi.fn<() => void>();
  const signal = new WorkSignal(clock, onTime);
  const stop = signal.subscribe(wake);
  await Promise.resolve();
  wake.mockClear();
  return { clock, onTime, wake, signal, stop };
}

test('wakes once for many things at a time', async () => {
  const { signal, wake } = await openSignal();
  for (let n = 0; n < 10; n += 1) signal.wake();
  await Promise.resolve();
  expect(wake).toHaveBeenCalledTimes(1);
});

test('tells a listener that subscribes twice from itself', async () => {
  const { signal, wake } = await openSignal();
  const stop = signal.subscribe(wake);
  stop();
  signal.wake();
  await Promise.resolve();
  expect(wake).toHaveBeenCalledTimes(1);
});

test('tells that a moment has come', async () => {
  const { signal, clock, onTime } = await openSignal();
  signal.wakeAt(clock.now() + 100);
  await clock.advance(99);
  expect(onTime).not.toHaveBeenCalled();
  await clock.advance(1);
  expect(onTime).toHaveBeenCalledTimes(1);
});

test('owns one timer, for the earliest moment', async () => {
  const { signal, clock, onTime } = await openSignal();
  for (const ms of [300, 100, 200]) signal.wakeAt(clock.now() + ms);
  await clock.advance(0);
  expect(clock.sleeping).toBe(1);
  await clock.advance(100);
  expect(onTime).toHaveBeenCalledTimes(1);
});

test('owns no timer when nobody listens', async () => {
  const { signal, clock, stop } = await openSignal();
  signal.wakeAt(clock.now() + 100);
  expect(clock.sleeping).toBe(1);
  stop();
  signal.wakeAt(clock.now() + 50);
  expect(clock.sleeping).toBe(0);
});

test('owns no timer once closed, and wakes nobody', async () => {
  const { signal, clock, wake } = await openSignal();
  signal.wakeAt(clock.now() + 100);
  signal.wake();
  signal.close();
  await clock.advance(200);
  expect(clock.sleeping).toBe(0);
  expect(wake).not.toHaveBeenCalled();
});

test.each([30 * day, 400 * day, Infinity])(
  'waits %d ms in steps that a timer can take',
  async (ms) => {
    const clock = manualClock();
    const sleep = vi.spyOn(clock, 'sleep');
    const signal = new WorkSignal(clock, () => {});
    signal.subscribe(() => {});
    signal.wakeAt(clock.now() + ms);
    expect(sleep.mock.calls[0]?.[0]).toBe(2 ** 31 - 1);
    signal.close();
  },
);
