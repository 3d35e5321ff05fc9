import { afterEach, expect, test, vi } from 'vitest';
import { createRunContext } from '../../../src/delivery/run/create-run-context.js';
import { waitOutside } from '../../../src/delivery/run/wait-outside.js';
import { createSender } from '../../../src/delivery/send.js';
import { createMemoryJournal } from '../../../src/journal/memory-journal.js';
import { manualClock } from '../../support/manual-clock.js';
import { json, startReceiver, status } from '../../support/receiver.js';
import {
  type DeliveryWishes,
  type RunningDelivery,
  startDelivery,
} from '../../support/running-delivery.js';
import { sampleRule } from '../../support/sample-rule.js';
import { sampleTask } from '../../support/sample-task.js';

const minute = 60_000;
/** Long enough that whatever ends before it has not waited for it. */
const withinMs = minute;
const ok = json({ success: true, message: 'ok' });

let delivery: RunningDelivery;

async function start(wishes: DeliveryWishes): Promise<void> {
  delivery = await startDelivery(wishes);
}

afterEach(() => delivery.stop());

/** Settles a task that has a minute, and answers how it ended; it must not take that minute. */
async function deliver() {
  const task = await delivery.accept();
  const record = await delivery.settled(task);
  expect((record.settledAt ?? 0) - task.arrivedAt).toBeLessThan(withinMs / 2);
  return record;
}

const lastWarning = () => delivery.log.findLast(({ level }) => level === 'warn');

/** Opens the breaker with one task. */
async function bringDown(): Promise<void> {
  delivery.receiver.behave(status(500));
  delivery.setRule({ name: 'breaking', retry: { attempts: 1 } });
  await delivery.settled(await delivery.accept({ rule: 'breaking' }));
}

const restsLong = { maxFailures: 1, pauseMs: 10 * minute, maxPauseMs: 10 * minute };

test('a task whose receiver rests past its time ends at once, and says so', async () => {
  await start({ breaker: restsLong });
  await bringDown();
  delivery.setRule({ reply: { withinMs, onFailure: '服务暂不可用' } });
  expect(await deliver()).toMatchObject({
    state: 'dead',
    reason: 'expired: receiver-down',
    attempts: [],
  });
  expect(delivery.receiver.calls).toHaveLength(1);
  expect(delivery.speaker.words).toEqual(['room-1: 服务暂不可用']);
  expect(lastWarning()).toMatchObject({
    text: expect.stringContaining('Its receiver was down') as string,
    zh: expect.stringContaining('接收端不可用') as string,
    fields: {
      rule: 'subscribe',
      reason: 'expired: receiver-down',
      receiver: delivery.receiver.origin,
    },
  });
});

test('a task whose receiver wakes in time waits for it', async () => {
  await start({ breaker: { maxFailures: 1, pauseMs: 50, maxPauseMs: 50 } });
  await bringDown();
  delivery.receiver.behave(ok);
  expect(await deliver()).toMatchObject({ state: 'answered', attempts: [{ status: 200 }] });
});

test('a task waits for a fallback that wakes in time', async () => {
  await start({ breaker: restsLong, random: () => 0.999 });
  await bringDown();
  const fallback = await startReceiver(ok);
  try {
    delivery.setRule({ callback: { fallbackUrl: fallback.origin }, reply: { withinMs } });
    expect(await deliver()).toMatchObject({ state: 'answered' });
  } finally {
    await fallback.close();
  }
});

test('a task for which a rate has no place in time ends at once', async () => {
  await start({ limits: () => ({ rate: { count: 1, everyMs: 10 * minute } }) });
  delivery.receiver.behave(ok);
  delivery.setRule({ reply: { withinMs, onFailure: '稍后再试' } });
  expect(await deliver()).toMatchObject({ state: 'answered' });
  expect(await deliver()).toMatchObject({ state: 'dead', reason: 'expired: rate-limit' });
  expect(delivery.speaker.words).toEqual(['room-1: ok', 'room-1: 稍后再试']);
  expect(lastWarning()?.text).toContain('The limit of its receiver');
});

test('a task whose receiver asks for a longer pause ends at once, with its reason', async () => {
  await start({});
  delivery.setRule({ reply: { withinMs } });
  delivery.receiver.behave(status(503, { 'retry-after': '600' }));
  expect(await deliver()).toMatchObject({ state: 'dead', reason: 'http-503' });
  expect(lastWarning()?.text).toContain('No time is left for another call');
  expect(lastWarning()?.zh).toContain('已来不及再次调用');
});

test('a task that has used up its calls is not said to be out of time', async () => {
  await start({});
  delivery.setRule({ retry: { attempts: 2 } });
  delivery.receiver.behave(status(500));
  await deliver();
  expect(lastWarning()?.text).toMatch(/^A task is given up\. The receiver failed/u);
});

test('a task whose turn among those that wait is too late comes before its time is over', async () => {
  await start({});
  const clock = manualClock();
  const journal = createMemoryJournal({ clock });
  const rule = sampleRule();
  const options = { journal, rules: () => rule, speakers: () => undefined, bots: () => [] };
  const sender = createSender();
  const context = createRunContext({ ...options, sender, random: () => 0.5 }, clock);
  const task = sampleTask({ arrivedAt: clock.now() });
  await journal.accept([task]);
  const [claim] = await journal.claim(1, [task.botId]);
  if (claim === undefined) throw new Error('Nothing to claim.');
  const deadline = clock.now() + 1000;
  const run = {
    claim,
    task,
    rule,
    deadline,
    signal: new AbortController().signal,
    confirm: vi.fn<() => Promise<void>>(),
    waiting: { said: false },
  };
  const notBefore = clock.now() + 600;
  const wait = {
    kind: 'wait',
    at: deadline + 5,
    notBefore,
    isDown: true,
    origin: 'http://a',
  } as const;
  await waitOutside(context, run, wait);
  expect(await journal.get(task.id)).toMatchObject({ state: 'waiting', dueAt: notBefore + 200 });
  sender.close();
  await journal.close();
});
