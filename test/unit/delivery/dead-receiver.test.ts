import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hang, type Receiver, startReceiver } from '../../support/receiver.js';
import { type RunningDelivery, startDelivery } from '../../support/running-delivery.js';
import { sampleTask } from '../../support/sample-task.js';
import { timed } from '../../support/timed.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const megabyte = 1024 * 1024;

let delivery: RunningDelivery;
let other: Receiver;

beforeEach(async () => {
  other = await startReceiver();
  delivery = await startDelivery();
  delivery.setRule({ name: 'other', callback: { url: other.origin } });
});

afterEach(async () => {
  await delivery.stop();
  await other.close();
});

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

async function acceptAll(count: number): Promise<void> {
  const now = Date.now();
  const tasks = Array.from({ length: count }, (_, index) => {
    const id = `hanging-${index}`;
    return sampleTask({ id, eventId: id, lane: id, arrivedAt: now });
  });
  await delivery.journal.accept(tasks);
}

/** Looking once at each of the tasks that wait may take a tenth of a millisecond of work. */
const workMs = 1000;
/** Later, it was not the wake-up that found the task, but the runner's own look every 5 s. */
const wokenMs = 4000;

/** A task for the other receiver is answered soon. Work is counted: the machine may be busy. */
async function expectAnswered(): Promise<void> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const record = await delivery.settled(await delivery.accept({ rule: 'other' }));
  const { user, system } = process.cpuUsage(cpu);
  expect(record.state).toBe('answered');
  expect((user + system) / 1000).toBeLessThan(workMs);
  expect(performance.now() - start).toBeLessThan(wokenMs);
}

test(
  'ten thousand tasks for a receiver that hangs leave room, time and memory to others',
  timed,
  async () => {
    delivery.receiver.behave(hang);
    const before = heapUsed();
    await acceptAll(10_000);
    await expectAnswered();
    const cpu = process.cpuUsage();
    await pause(1500);
    const busyMs = (process.cpuUsage(cpu).user + process.cpuUsage(cpu).system) / 1000;
    expect(busyMs).toBeLessThan(1000);
    await expectAnswered();
    expect((heapUsed() - before) / megabyte).toBeLessThan(100);
    expect(delivery.receiver.calls).toHaveLength(64);
  },
);

test(
  'ten thousand tasks wait for a receiver whose breaker is open without keeping the process busy',
  timed,
  async () => {
    delivery.receiver.behave(hang);
    delivery.setRule({ callback: { timeoutMs: 200 } });
    const before = heapUsed();
    await acceptAll(10_000);
    const pauses = () => delivery.log.filter(({ fields }) => fields['pauseMs'] !== undefined);
    await vi.waitFor(() => expect(pauses()).toHaveLength(1), { timeout: 90_000 });
    const cpu = process.cpuUsage();
    await expectAnswered();
    await pause(1500);
    const busyMs = (process.cpuUsage(cpu).user + process.cpuUsage(cpu).system) / 1000;
    expect(busyMs).toBeLessThan(1000);
    expect((heapUsed() - before) / megabyte).toBeLessThan(100);
    const { counts } = await delivery.journal.stats();
    expect(counts.waiting).toBeGreaterThan(9800);
    expect(pauses()).toHaveLength(1);
  },
);
