import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Journal } from '../../../src/core/journal.js';
import type { TaskRequest } from '../../../src/core/task.js';
import { createMemoryJournal } from '../../../src/journal/memory-journal.js';
import { createSqliteJournal } from '../../../src/journal/open-sqlite.js';
import { type Behaviour, json, status } from '../../support/receiver.js';
import { type RunningDelivery, startDelivery } from '../../support/running-delivery.js';
import { type SettableClock, settableClock } from '../../support/settable-clock.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { timed } from '../../support/timed.js';

const hour = 60 * 60 * 1000;
const leaseMs = 400;
const ok = json({ success: true, message: 'ok' });

let clock: SettableClock;
let journal: Journal;
let delivery: RunningDelivery;
let claims: number;

/** A journal whose claims are counted. */
function counted(kept: Journal): Journal {
  return new Proxy(kept, {
    get: (whole, name: keyof Journal) => {
      if (name === 'claim') claims += 1;
      return whole[name].bind(whole);
    },
  });
}

const homes: readonly (readonly [string, () => Promise<Journal>])[] = [
  ['in memory', async () => createMemoryJournal({ clock, leaseMs })],
  [
    'in a file',
    async () =>
      await createSqliteJournal({ clock, leaseMs, file: join(temporaryFolder().path, 'x.db') }),
  ],
];

function slowly(ms: number): Behaviour {
  return async (response, call) => {
    await pause(ms);
    await ok(response, call);
  };
}

const callsOf = (question: string) =>
  delivery.receiver.calls.filter(
    ({ body }) => (JSON.parse(body) as TaskRequest).question === question,
  ).length;

const ask = (question: string, lane = question) =>
  delivery.accept({
    lane,
    request: { question, userId: 'alice', isSelf: false },
  });

describe.each(homes)('a clock that is set, with tasks %s', (_, open) => {
  beforeEach(async () => {
    clock = settableClock();
    claims = 0;
    journal = await open();
    delivery = await startDelivery({
      clock,
      journal: counted(journal),
      random: () => 0.5,
      breaker: { maxFailures: 3, pauseMs: 400, maxPauseMs: 400 },
      rule: { reply: { withinMs: 24 * hour } },
    });
  });
  afterEach(() => delivery.stop());

  test.each([
    ['forwards', 3 * hour],
    ['back', -3 * hour],
  ])('%s: what runs is not begun again, and what waits goes on in time', timed, async (__, by) => {
    delivery.setRule({
      retry: { backoffMs: 1000 },
      reply: { withinMs: 24 * hour, waiting: { afterMs: 250, text: '请稍候' } },
    });
    delivery.receiver.behave(status(500), slowly(2 * leaseMs), ok);
    const retried = await ask('retried');
    await vi.waitFor(() => expect(callsOf('retried')).toBe(1));
    const running = await ask('running');
    const next = await ask('next', 'running');
    await vi.waitFor(() => expect(callsOf('running')).toBe(1));
    clock.set(by);
    const start = performance.now();
    const before = claims;
    for (const task of [retried, running, next]) {
      expect(await delivery.settled(task)).toMatchObject({ state: 'answered' });
    }
    // The call takes 0.8 s, the retry is due after half a second.
    expect(performance.now() - start).toBeLessThan(3500);
    expect([callsOf('retried'), callsOf('running'), callsOf('next')]).toEqual([2, 1, 1]);
    expect(claims - before).toBeLessThan(50);
  });

  test.each([
    ['forwards', 3 * hour],
    ['back', -3 * hour],
  ])('%s: tasks of a receiver that is down come back when it is probed', timed, async (__, by) => {
    delivery.receiver.behave(status(500));
    delivery.setRule({ name: 'breaking', retry: { attempts: 1 } });
    for (let index = 0; index < 3; index += 1) {
      await delivery.settled(await delivery.accept({ rule: 'breaking' }));
    }
    const tasks = await Promise.all(Array.from({ length: 5 }, (___, index) => ask(`${index}`)));
    await vi.waitFor(async () => {
      expect((await journal.stats()).counts).toMatchObject({ waiting: 5, running: 0 });
    });
    clock.set(by);
    delivery.receiver.behave(ok);
    const start = performance.now();
    for (const task of tasks) {
      expect(await delivery.settled(task)).toMatchObject({ state: 'answered' });
    }
    expect(performance.now() - start).toBeLessThan(4000);
  });

  test('past reply.within: what waits expires, and an answer is too late', async () => {
    delivery.setRule({ retry: { backoffMs: 2000, maxDelayMs: 2000 } });
    delivery.receiver.behave(status(500), slowly(300));
    const retried = await ask('retried');
    await vi.waitFor(() => expect(callsOf('retried')).toBe(1));
    const running = await ask('running');
    await vi.waitFor(() => expect(callsOf('running')).toBe(1));
    clock.set(3 * hour);
    expect(await delivery.settled(running)).toMatchObject({ state: 'dropped', reason: 'too-late' });
    expect(await delivery.settled(retried)).toMatchObject({ state: 'dead', reason: 'expired' });
    expect(delivery.receiver.calls).toHaveLength(2);
  });

  test('back: reply.within is not prolonged by as much', timed, async () => {
    const withinMs = 800;
    delivery.setRule({
      retry: { attempts: 1000, backoffMs: 100, maxDelayMs: 100 },
      reply: { withinMs },
    });
    delivery.receiver.behave(status(404), status(500));
    await delivery.settled(await ask('first'));
    const task = await ask('failing');
    await pause(200);
    clock.set(-3 * hour);
    const start = performance.now();
    expect(await delivery.settled(task)).toMatchObject({ state: 'dead' });
    expect(performance.now() - start).toBeLessThan(withinMs + 1500);
  });
});
