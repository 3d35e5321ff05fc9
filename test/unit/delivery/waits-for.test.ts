import { afterEach, expect, test, vi } from 'vitest';
import type { Task } from '../../../src/core/task.js';
import type { WaitsFor } from '../../../src/core/waits-for.js';
import { hang, status } from '../../support/receiver.js';
import {
  type DeliveryWishes,
  type RunningDelivery,
  startDelivery,
} from '../../support/running-delivery.js';

let delivery: RunningDelivery;

async function start(wishes: DeliveryWishes = {}): Promise<void> {
  delivery = await startDelivery(wishes);
}

afterEach(() => delivery.stop());

/** What a waiting task waits for, once it does. */
function waitsFor({ id }: Task, kind: WaitsFor['kind']): Promise<WaitsFor> {
  return vi.waitFor(async () => {
    const record = await delivery.journal.get(id);
    expect(record?.state).toBe('waiting');
    const found = record && delivery.runner.waitsFor(record);
    expect(found?.kind).toBe(kind);
    return found as WaitsFor;
  });
}

const soon = (ms: number) => expect.closeTo(Date.now() + ms, -3) as number;

test('a task whose call failed waits for the next', async () => {
  await start();
  delivery.receiver.behave(status(503, { 'retry-after': '60' }));
  const found = await waitsFor(await delivery.accept(), 'retry');
  expect(found).toEqual({ kind: 'retry', at: soon(60_000) });
});

test('the moment is that of the call, not of the waiting text before it', async () => {
  await start({ rule: { reply: { waiting: { afterMs: 20_000, text: '请稍候' } } } });
  delivery.receiver.behave(status(503, { 'retry-after': '60' }));
  const found = await waitsFor(await delivery.accept(), 'retry');
  expect(found).toEqual({ kind: 'retry', at: soon(60_000) });
});

test('a task of a bot that is not logged in waits for that', async () => {
  await start();
  const task = await delivery.accept({ botId: 'away' });
  expect(await waitsFor(task, 'bot')).toEqual({ kind: 'bot' });
});

test('a task waits for a receiver that rests, and says until when', async () => {
  await start({ breaker: { maxFailures: 1, pauseMs: 60_000, maxPauseMs: 60_000 } });
  delivery.receiver.behave(status(500));
  delivery.setRule({ name: 'breaking', retry: { attempts: 1 } });
  await delivery.settled(await delivery.accept({ rule: 'breaking' }));
  const found = await waitsFor(await delivery.accept(), 'receiver');
  const { origin } = delivery.receiver;
  expect(found).toEqual({ kind: 'receiver', origin, until: expect.any(Number) as number });
  expect('until' in found && found.until).toBeGreaterThan(Date.now() + 40_000);
});

test('a task waits for the rate of its receiver', async () => {
  await start({ limits: () => ({ rate: { count: 1, everyMs: 60_000 } }) });
  await delivery.settled(await delivery.accept());
  const { origin } = delivery.receiver;
  const found = await waitsFor(await delivery.accept(), 'rate');
  expect(found).toEqual({ kind: 'rate', origin, until: soon(60_000) });
});

test('a task that nothing holds up is about to be run', async () => {
  await start({ concurrency: 1 });
  delivery.receiver.behave(hang);
  await delivery.accept();
  await vi.waitFor(() => expect(delivery.receiver.calls).toHaveLength(1));
  expect(await waitsFor(await delivery.accept(), 'turn')).toEqual({ kind: 'turn' });
});

test('nothing is left of a task that has come back', async () => {
  await start({ limits: () => ({ rate: { count: 1, everyMs: 300 } }) });
  await delivery.settled(await delivery.accept());
  delivery.receiver.behave(status(503, { 'retry-after': '60' }));
  const task = await delivery.accept();
  await waitsFor(task, 'rate');
  expect(await waitsFor(task, 'retry')).toEqual({ kind: 'retry', at: soon(60_000) });
});
