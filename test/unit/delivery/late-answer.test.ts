import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Reply } from '../../../src/core/reply.js';
import type { Rule } from '../../../src/core/rule.js';
import type { Task, TaskRecord, TaskResponse } from '../../../src/core/task.js';
import { fetchError } from '../../../src/delivery/files/fetch-error.js';
import { createMemoryJournal } from '../../../src/journal/memory-journal.js';
import { type Behaviour, body, json, status, trickle } from '../../support/receiver.js';
import { type RunningDelivery, startDelivery } from '../../support/running-delivery.js';
import { sampleTask } from '../../support/sample-task.js';

const onFailure = '稍后再试 🙏';
const withinMs = 60;
const ok = json({ success: true, message: 'ok' });
const text = (words: string): Reply => ({ type: 'text', text: words });

let delivery: RunningDelivery;

beforeEach(async () => {
  delivery = await startDelivery({ rule: { reply: { withinMs, onFailure } } });
});
afterEach(() => delivery.stop());

async function deliver(parts?: Partial<Task>): Promise<TaskRecord> {
  return await delivery.settled(await delivery.accept(parts));
}

/** Answers only when the time of its task is over. */
const lately =
  (behaviour: Behaviour): Behaviour =>
  async (response, call) => {
    await new Promise((resolve) => {
      setTimeout(resolve, withinMs + 40);
    });
    await behaviour(response, call);
  };

const warnings = () => delivery.log.filter(({ level }) => level === 'warn');

/** A task as an earlier process left it, whose time is over. */
async function abandoned(response: TaskResponse, said = 0): Promise<TaskRecord> {
  const journal = createMemoryJournal();
  const task = sampleTask({ arrivedAt: Date.now() - 1000 });
  await journal.accept([task]);
  const [claim] = await journal.claim(1, [task.botId]);
  if (!claim) throw new Error('Nothing to claim.');
  const attempt = { startedAt: task.arrivedAt, durationMs: 1, status: 200 };
  await journal.record(claim, { kind: 'response', response, attempt });
  if (said > 0) await journal.record(claim, { kind: 'said', count: said });
  await journal.retry(claim, 0);
  await delivery.stop();
  delivery = await startDelivery({ journal, rule: { reply: { withinMs, onFailure } } });
  return await delivery.settled(task);
}

describe('an answer that comes too late', () => {
  test('is not said, but the text on failure is, and the operator is warned', async () => {
    delivery.receiver.behave(lately(ok));
    expect(await deliver()).toMatchObject({ state: 'dropped', reason: 'too-late', said: 0 });
    expect(delivery.speaker.words).toEqual([`room-1: ${onFailure}`]);
    const [warning] = warnings();
    expect(warning).toMatchObject({
      text: expect.stringContaining('raise `reply.within`') as string,
      zh: expect.stringContaining('调大 `reply.within`') as string,
      fields: {
        rule: 'subscribe',
        task: 'task-1',
        receiver: delivery.receiver.origin,
        reason: 'too-late',
      },
    });
    expect(warning?.fields['lateMs']).toBeGreaterThan(0);
  });

  test('is told of each time: every question gets a word', async () => {
    delivery.receiver.behave(lately(ok));
    await deliver();
    await deliver();
    expect(delivery.speaker.words).toHaveLength(2);
  });

  test('and is empty costs nobody a word, but the operator is warned', async () => {
    delivery.receiver.behave(lately(status(204)));
    expect(await deliver()).toMatchObject({
      state: 'dropped',
      reason: 'too-late',
      attempts: [{ status: 204 }],
    });
    expect(delivery.speaker.words).toEqual([]);
    expect(warnings()).toHaveLength(1);
  });

  test('and is a refusal that would be said stays one, with the text on failure', async () => {
    const onRefusal = { kind: 'message' } as const;
    delivery.setRule({ reply: { withinMs, onFailure, onRefusal } });
    const response = { replies: [text('不行')], refusal: '不行' };
    expect(await abandoned(response)).toMatchObject({ state: 'refused', reason: 'refused' });
    expect(delivery.speaker.words).toEqual([`room-1: ${onFailure}`]);
    expect(warnings()).toHaveLength(1);
  });

  test('from an earlier process is not said, but the text on failure is', async () => {
    const replies = [text('a'), text('b')];
    expect(await abandoned({ replies }, 1)).toMatchObject({ state: 'dropped', said: 1 });
    expect(delivery.speaker.words).toEqual([`room-1: ${onFailure}`]);
  });

  test('only to be settled is answered: all of it was said', async () => {
    const replies = [text('a'), text('b')];
    expect(await abandoned({ replies }, 2)).toMatchObject({ state: 'answered', said: 2 });
    expect(delivery.speaker.words).toEqual([]);
    expect(warnings()).toEqual([]);
  });

  test('but began to be shown in time is said to its end', async () => {
    const shown: string[] = [];
    Object.assign(delivery.speaker, {
      show: async (_task: Task, words: string) => {
        shown.push(words);
        return true;
      },
    });
    delivery.setRule({ reply: { withinMs: 150, onFailure } });
    const pieces = ['从前', '有座山', '，山里', '有座庙'].map((piece) => `data: ${piece}\n\n`);
    delivery.receiver.behave(trickle(pieces, { contentType: 'text/event-stream', pauseMs: 80 }));
    expect(await deliver()).toMatchObject({ state: 'answered', said: 1 });
    expect(shown[0]).toBe('从前');
    expect(delivery.speaker.words).toEqual(['room-1: 从前有座山，山里有座庙']);
  });
});

describe('an answer that cannot be said', () => {
  beforeEach(() => delivery.setRule({ reply: { onFailure } }));

  test('because it cannot be prepared has the text on failure said', async () => {
    delivery.receiver.behave(ok);
    delivery.speaker.prepare = () => Promise.reject(new Error('no'));
    expect(await deliver()).toMatchObject({ state: 'dead', reason: 'prepare-failed' });
    expect(delivery.speaker.words).toEqual([`room-1: ${onFailure}`]);
  });

  test('because a file of it cannot be had has the text on failure said', async () => {
    delivery.receiver.behave(ok);
    const error = fetchError('file-too-large', new URL('https://a.example/key'));
    delivery.speaker.say = () => Promise.reject(error);
    expect(await deliver()).toMatchObject({ state: 'dead', reason: 'file-too-large' });
    expect(delivery.speaker.words).toEqual([`room-1: ${onFailure}`]);
  });
});

test('a task that a defect ends has the text on failure said', async () => {
  delivery.setRule({ reply: { onFailure } });
  const rule = delivery.rules.get('subscribe') as Rule;
  const callback = Object.defineProperty({ ...rule.callback }, 'retry', {
    get: () => {
      throw new TypeError('secret');
    },
  });
  delivery.rules.set('subscribe', { ...rule, callback });
  expect(await deliver()).toMatchObject({ state: 'dead', reason: 'internal' });
  expect(delivery.speaker.words).toEqual([`room-1: ${onFailure}`]);
});

describe('a task whose turn comes too late', () => {
  test('behind another of its talker is never called, and says so', async () => {
    delivery.setRule({ name: 'slow' });
    const slowly = trickle(['慢'], { contentType: 'text/plain', pauseMs: withinMs + 60 });
    delivery.receiver.behave(slowly, body('text/plain', 'never'));
    const lane = 'one talker';
    const first = await delivery.accept({ lane, rule: 'slow' });
    const second = await delivery.accept({ lane });
    await vi.waitFor(() => expect(delivery.receiver.calls).toHaveLength(1));
    expect(await delivery.settled(second)).toMatchObject({
      state: 'dead',
      reason: 'expired: not-called',
      attempts: [],
    });
    expect(await delivery.settled(first)).toMatchObject({ state: 'answered' });
    expect(delivery.receiver.calls).toHaveLength(1);
    expect(delivery.speaker.words).toEqual(['room-1: 慢', `room-1: ${onFailure}`]);
    expect(warnings()).toMatchObject([
      {
        text: expect.stringContaining('Its turn came only after') as string,
        fields: { rule: 'subscribe', reason: 'expired: not-called' },
      },
    ]);
  });
});
