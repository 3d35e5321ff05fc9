import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { currentAnswer } from '../../../../src/core/answer-scope.js';
import type { Task } from '../../../../src/core/task.js';
import { breakAfter, json, trickle } from '../../../support/receiver.js';
import { type RunningDelivery, startDelivery } from '../../../support/running-delivery.js';

const sse = (text: string) => `data: ${text}\n\n`;
const streaming = { contentType: 'text/event-stream', pauseMs: 60 };
const told = ['从前', '有座山', '，山里', '有座庙'].map(sse);

let delivery: RunningDelivery;
/** What the speaker was asked to do, with the key of the answer it belongs to. */
let doings: string[];
let canShow: boolean;

beforeEach(async () => {
  delivery = await startDelivery({ rule: { reply: { onFailure: '稍后再试' } } });
  doings = [];
  canShow = true;
  const note = (doing: string, text: string) =>
    doings.push(`${doing} ${currentAnswer()?.key}: ${text}`);
  Object.assign(delivery.speaker, {
    show: async (_task: Task, text: string) => {
      if (canShow) note('show', text);
      return canShow;
    },
    say: async (_task: Task, part: { text: string }) => void note('say', part.text),
    notify: async (_to: unknown, text: string) => void note('notify', text),
    complete: async ({ id }: Task) => void doings.push(`complete ${id}`),
  });
});
afterEach(async () => {
  await delivery.stop();
});

test('an event stream is shown as it grows, then said in the same place, then complete', async () => {
  delivery.receiver.behave(trickle(told, streaming));
  const task = await delivery.accept();
  expect(await delivery.settled(task)).toMatchObject({ state: 'answered', said: 1 });
  expect(doings.slice(0, 2)).toEqual(['show task-1/0: 从前', 'show task-1/0: 从前有座山']);
  expect(doings.slice(-2)).toEqual(['say task-1/0: 从前有座山，山里有座庙', 'complete task-1']);
});

test('a text that grows is kept before it is shown, as one call', async () => {
  const kept: unknown[] = [];
  Object.assign(delivery.speaker, {
    show: async ({ id }: Task) => {
      kept.push((await delivery.journal.get(id))?.response);
      return true;
    },
  });
  delivery.receiver.behave(trickle(told, streaming));
  const record = await delivery.settled(await delivery.accept());
  expect(kept[0]).toEqual({ replies: [{ type: 'text', text: '从前' }], growing: true });
  expect(record.response).toEqual({ replies: [{ type: 'text', text: '从前有座山，山里有座庙' }] });
  expect(record.attempts).toHaveLength(1);
});

test('a stream that breaks off ends with the words for failures, and is not called again', async () => {
  delivery.receiver.behave(breakAfter(told[0] ?? '', { 'content-type': 'text/event-stream' }));
  const record = await delivery.settled(await delivery.accept());
  expect(record).toMatchObject({ state: 'dead', said: 2 });
  expect(record.reason).toMatch(/^connection/u);
  expect(doings).toEqual([
    'show task-1/0: 从前',
    'say task-1/0: 从前',
    'say task-1/1: 稍后再试',
    'complete task-1',
  ]);
  await pause(200);
  expect(delivery.receiver.calls).toHaveLength(1);
});

const chunkOf = (content: string) => sse(JSON.stringify({ choices: [{ delta: { content } }] }));

test('half an answer of a model ends with the words for failures', async () => {
  delivery.receiver.behave(trickle([chunkOf('从前'), chunkOf('有座')], streaming));
  const record = await delivery.settled(await delivery.accept());
  expect(record).toMatchObject({ state: 'dead', said: 2, reason: 'stream-broken' });
  expect(doings.slice(-3)).toEqual([
    'say task-1/0: 从前有座',
    'say task-1/1: 稍后再试',
    'complete task-1',
  ]);
});

test('an error in mid-stream ends what was shown, as one in place of the other', async () => {
  const error = sse('{"error":{"message":"quota"}}');
  delivery.receiver.behave(trickle([chunkOf('从前'), error], streaming));
  const record = await delivery.settled(await delivery.accept());
  expect(record.reason).toBe('body-invalid: the stream reports an error');
  expect(doings.slice(-3, -1)).toEqual(['say task-1/0: 从前', 'say task-1/1: 稍后再试']);
});

test.each([
  [false, ['dead', 1]],
  [true, ['answered', 2]],
] as const)(
  'half an answer of which nothing was shown, with onBrokenStream %s',
  async (onBrokenStream, came) => {
    canShow = false;
    delivery.setRule({ retry: { backoffMs: 5, onBrokenStream } });
    delivery.receiver.behave(
      trickle([chunkOf('从前')], streaming),
      json({ success: true, message: '好' }),
    );
    const record = await delivery.settled(await delivery.accept());
    expect([record.state, delivery.receiver.calls.length]).toEqual(came);
    // Half an answer never passes for a whole one.
    expect(doings.join()).not.toContain('从前');
  },
);

test('plain text that comes in pieces is shown as it grows', async () => {
  const pieces = ['从前', '有座山', '，山里有座庙'];
  delivery.receiver.behave(trickle(pieces, { contentType: 'text/plain', pauseMs: 60 }));
  await delivery.settled(await delivery.accept());
  expect(doings.slice(0, 2)).toEqual(['show task-1/0: 从前', 'show task-1/0: 从前有座山']);
  expect(doings.at(-2)).toBe('say task-1/0: 从前有座山，山里有座庙');
});

test('plain text that may be JSON is not shown before its end', async () => {
  const pieces = ['{"success":true,', '"message":"好"}'];
  delivery.receiver.behave(trickle(pieces, { contentType: 'text/plain', pauseMs: 60 }));
  await delivery.settled(await delivery.accept());
  expect(doings).toEqual(['say task-1/0: 好', 'complete task-1']);
});

test('lines of JSON under the label of JSON are shown as they come', async () => {
  const pieces = ['{"type":"begin"}\n', '{"type":"item","content":"从前"}\n', '{"type":"end"}\n'];
  delivery.receiver.behave(trickle(pieces, { contentType: 'application/json', pauseMs: 60 }));
  await delivery.settled(await delivery.accept());
  expect(doings.slice(0, 2)).toEqual(['show task-1/0: 从前', 'say task-1/0: 从前']);
});

test('an answer that may grow is asked for unpacked, others as before', async () => {
  delivery.receiver.behave(json({ success: true, message: '好' }));
  await delivery.settled(await delivery.accept());
  delivery.setRule({ reply: { speak: false } });
  delivery.receiver.behave(json({ success: true, message: '好' }));
  await delivery.settled(await delivery.accept());
  const asked = delivery.receiver.calls.map(({ headers }) => headers['accept-encoding']);
  expect(asked).toEqual(['identity', expect.stringContaining('gzip')]);
});

test('a stream that breaks before its first word is tried again', async () => {
  const empty = breakAfter(': nothing\n\n', { 'content-type': 'text/event-stream' });
  delivery.receiver.behave(empty, json({ success: true, message: '好' }));
  const record = await delivery.settled(await delivery.accept());
  expect([record.state, delivery.receiver.calls.length]).toEqual(['answered', 2]);
});

test('a stream is said once when it is complete where nothing can be shown', async () => {
  canShow = false;
  delivery.receiver.behave(trickle(told, streaming));
  await delivery.settled(await delivery.accept());
  expect(doings).toEqual(['say task-1/0: 从前有座山，山里有座庙', 'complete task-1']);
});

test('the waiting text is not said over a text that grows, and shares its place', async () => {
  delivery.setRule({ reply: { waiting: { afterMs: 100, text: '请稍候' } } });
  delivery.receiver.behave(trickle(told, streaming));
  await delivery.settled(await delivery.accept());
  expect(doings.filter((doing) => doing.startsWith('notify'))).toEqual([]);
  delivery.receiver.behave(async (response, call) => {
    await pause(300);
    await json({ success: true, message: '好' })(response, call);
  });
  await delivery.settled(await delivery.accept());
  expect(doings.slice(-3)).toEqual([
    'notify task-2/0: 请稍候',
    'say task-2/0: 好',
    'complete task-2',
  ]);
});

test('a call that we called off is made again, with the same id', async () => {
  delivery.receiver.behave(trickle(told, { ...streaming, pauseMs: 300 }));
  const task = await delivery.accept();
  while (doings.length === 0) await pause(10);
  await delivery.runner.drain(0);
  const waiting = await delivery.journal.get(task.id);
  expect(waiting).toMatchObject({ state: 'waiting', response: { growing: true } });
  expect(doings.some((doing) => doing.startsWith('complete'))).toBe(false);
});

test('a task that dies is complete as well', async () => {
  delivery.receiver.behave(json({ success: false, message: '不' }));
  await delivery.settled(await delivery.accept());
  expect(doings).toEqual(['complete task-1']);
});
