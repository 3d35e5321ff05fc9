import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Task } from '../../../src/core/task.js';
import type { BreakerOptions } from '../../../src/delivery/receivers/breaker.js';
import { json, type Receiver, startReceiver, status } from '../../support/receiver.js';
import {
  type DeliveryWishes,
  type RunningDelivery,
  startDelivery,
} from '../../support/running-delivery.js';
import { timed } from '../../support/timed.js';

const quick: BreakerOptions = { maxFailures: 2, pauseMs: 1000, maxPauseMs: 1000 };
const ok = json({ success: true, message: 'ok' });

let delivery: RunningDelivery;

async function start(wishes: DeliveryWishes = {}): Promise<void> {
  delivery = await startDelivery({ breaker: quick, ...wishes });
}

/** Opens the breaker of the receiver, with tasks that have one attempt each. */
async function bringDown(): Promise<void> {
  delivery.receiver.behave(status(500));
  delivery.setRule({ name: 'breaking', retry: { attempts: 1 } });
  for (let index = 0; index < quick.maxFailures; index += 1) {
    await delivery.settled(await delivery.accept({ rule: 'breaking' }));
  }
}

const warnings = () => delivery.log.filter(({ level }) => level === 'warn');
const waiting = (task: Task) =>
  vi.waitFor(async () => {
    const record = await delivery.journal.get(task.id);
    if (record === undefined || record.state !== 'waiting' || record.dueAt <= Date.now()) {
      throw new Error(`${task.id} is ${record?.state}.`);
    }
    return record;
  });

beforeEach(() => start());
afterEach(() => delivery.stop());

describe('while a breaker is open', () => {
  test('tasks wait without an attempt, and go on when a probe has worked', async () => {
    await bringDown();
    const tasks = await Promise.all([delivery.accept(), delivery.accept(), delivery.accept()]);
    for (const task of tasks) expect((await waiting(task)).attempts).toEqual([]);
    expect(delivery.receiver.calls).toHaveLength(2);
    delivery.receiver.behave(ok);
    for (const task of tasks) {
      expect(await delivery.settled(task)).toMatchObject({
        state: 'answered',
        attempts: [{ status: 200 }],
      });
    }
  });

  test('one probe is made at a time', async () => {
    await delivery.stop();
    await start({ breaker: { maxFailures: 2, pauseMs: 150, maxPauseMs: 150 } });
    await bringDown();
    let inside = 0;
    let most = 0;
    delivery.receiver.behave(async (response) => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
      inside -= 1;
      response.writeHead(503).end();
    });
    for (let index = 0; index < 20; index += 1) await delivery.accept();
    await vi.waitFor(() => expect(delivery.receiver.calls.length).toBeGreaterThanOrEqual(4), {
      timeout: 90_000,
    });
    expect(most).toBe(1);
  });

  test('another receiver is called as ever', async () => {
    const other = await startReceiver();
    await bringDown();
    delivery.setRule({ name: 'other', callback: { url: other.origin } });
    const record = await delivery.settled(await delivery.accept({ rule: 'other' }));
    expect(record).toMatchObject({ state: 'answered', attempts: [{ status: 200 }] });
    await other.close();
  });

  test('nobody is told anew for each task that waits, and the operator is told twice', async () => {
    await bringDown();
    const before = delivery.log.length;
    const tasks = await Promise.all(Array.from({ length: 20 }, () => delivery.accept()));
    for (const task of tasks) await waiting(task);
    expect(delivery.log.slice(before)).toEqual([]);
    expect(warnings().at(-2)).toMatchObject({
      text: expect.stringContaining('steadily fails') as string,
      fields: { receiver: delivery.receiver.origin },
    });
    delivery.receiver.behave(ok);
    for (const task of tasks) await delivery.settled(task);
    const news = delivery.log.filter(({ text }) => /^The receiver (?:steadily|works)/u.test(text));
    expect(news.map(({ level }) => level)).toEqual(['warn', 'info']);
  });

  test('the text on failure is said once for each conversation, and the task waits on', async () => {
    await bringDown();
    delivery.setRule({ reply: { onFailure: '服务暂不可用 🙏' } });
    const tasks = await Promise.all([
      delivery.accept(),
      delivery.accept(),
      delivery.accept({ conversation: { kind: 'room', id: 'room-2' } }),
    ]);
    for (const task of tasks) await waiting(task);
    expect(delivery.speaker.words.toSorted()).toEqual([
      'room-1: 服务暂不可用 🙏',
      'room-2: 服务暂不可用 🙏',
    ]);
    delivery.receiver.behave(ok);
    for (const task of tasks)
      expect(await delivery.settled(task)).toMatchObject({ state: 'answered' });
    expect(delivery.speaker.words.filter((words) => words.endsWith('ok'))).toHaveLength(3);
  });

  test('the waiting text is said in time', async () => {
    await bringDown();
    delivery.setRule({ reply: { waiting: { afterMs: 60, text: '请稍候' } } });
    const task = await delivery.accept();
    await vi.waitFor(() => expect(delivery.speaker.words).toEqual(['room-1: 请稍候']));
    delivery.receiver.behave(ok);
    expect(await delivery.settled(task)).toMatchObject({ attempts: [{ status: 200 }] });
    expect(delivery.speaker.words).toEqual(['room-1: 请稍候', 'room-1: ok']);
  });
});

describe('the fallback', () => {
  let fallback: Receiver;

  beforeEach(async () => {
    fallback = await startReceiver(json({ success: true, message: 'from the fallback' }));
    const fallbackUrl = `${fallback.origin}/spare/{{city}}`;
    delivery.setRule({ callback: { fallbackUrl }, reply: { onFailure: 'down' } });
  });
  afterEach(() => fallback.close());

  test('is not called while the breaker is closed', async () => {
    delivery.receiver.behave(status(500), ok);
    await delivery.settled(await delivery.accept());
    expect(fallback.calls).toHaveLength(0);
  });

  test('serves while the breaker is open, and nobody is told of a failure', async () => {
    await bringDown();
    const record = await delivery.settled(await delivery.accept());
    expect(record).toMatchObject({ state: 'answered', attempts: [{ status: 200 }] });
    expect(fallback.calls[0]?.path).toBe('/spare/%E5%B9%BF%E5%B7%9E');
    expect(delivery.speaker.words).toEqual(['room-1: from the fallback']);
  });

  test('may bring files from its own origin', async () => {
    await bringDown();
    await delivery.settled(await delivery.accept());
    expect(delivery.speaker.sources).toEqual([
      { origin: delivery.receiver.origin, fallbackOrigin: fallback.origin, allow: [] },
    ]);
  });

  test('that fails counts as an attempt of the task', async () => {
    await bringDown();
    fallback.behave(status(404));
    expect(await delivery.settled(await delivery.accept())).toMatchObject({
      state: 'dead',
      reason: 'http-404',
      attempts: [{ status: 404 }],
    });
  });

  test('has a breaker of its own; with both open the task waits and the failure is said', async () => {
    await bringDown();
    fallback.behave(status(500));
    delivery.setRule({
      callback: { fallbackUrl: fallback.origin },
      retry: { backoffMs: 0, attempts: 10 },
      reply: { onFailure: 'down' },
    });
    const task = await delivery.accept();
    await vi.waitFor(() => expect(delivery.speaker.words).toEqual(['room-1: down']));
    expect((await waiting(task)).attempts).toHaveLength(2);
    fallback.behave(ok);
    expect(await delivery.settled(task)).toMatchObject({ state: 'answered' });
  });

  test('that answers does not make it news that the receiver is still down', async () => {
    delivery.setRule({ retry: { attempts: 1 }, reply: { onFailure: 'down' } });
    await bringDown();
    const first = await delivery.accept();
    await waiting(first);
    const callback = { fallbackUrl: fallback.origin };
    delivery.setRule({ name: 'spared', callback });
    await delivery.settled(await delivery.accept({ rule: 'spared' }));
    await delivery.settled(first);
    expect(delivery.speaker.words.filter((words) => words.endsWith('down'))).toHaveLength(1);
  });
});

describe('the limits of a receiver', () => {
  test('bound its calls at the same time, and every task is answered once', async () => {
    await delivery.stop();
    await start({ limits: () => ({ concurrency: 3 }) });
    let inside = 0;
    let most = 0;
    delivery.receiver.behave(async (response) => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
      inside -= 1;
      response.writeHead(204).end();
    });
    const tasks = await Promise.all(Array.from({ length: 60 }, () => delivery.accept()));
    for (const task of tasks) {
      expect(await delivery.settled(task)).toMatchObject({ attempts: [{ status: 204 }] });
    }
    expect(most).toBe(3);
    expect(delivery.receiver.calls).toHaveLength(60);
  });

  test('bound its calls in a period', timed, async () => {
    await delivery.stop();
    await start({ limits: () => ({ rate: { count: 3, everyMs: 300 } }) });
    delivery.receiver.behave(ok);
    const tasks = await Promise.all(Array.from({ length: 9 }, () => delivery.accept()));
    for (const task of tasks) await delivery.settled(task);
    const at = delivery.receiver.calls.map((call) => call.at);
    for (let index = 3; index < at.length; index += 1) {
      // The receiver sees a call a moment after it was counted.
      expect((at[index] ?? 0) - (at[index - 3] ?? 0)).toBeGreaterThan(270);
    }
  });
});
