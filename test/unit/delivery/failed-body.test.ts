import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TaskRecord } from '../../../src/core/task.js';
import { body, breakAfter, json, status, trickle } from '../../support/receiver.js';
import { type RunningDelivery, startDelivery } from '../../support/running-delivery.js';

let delivery: RunningDelivery;

beforeEach(async () => {
  delivery = await startDelivery();
});

afterEach(async () => {
  await delivery.stop();
});

async function deliver(): Promise<TaskRecord> {
  return await delivery.settled(await delivery.accept());
}

const bodiesOf = ({ attempts }: TaskRecord) => attempts.map((attempt) => attempt.body);

describe('what a receiver answers with a status other than 2xx', () => {
  test('is kept with each attempt, and never logged', async () => {
    const failures = ['busy 订阅', 'still busy'].map((text) => status(503, {}, text));
    const [first = status(500), ...others] = failures;
    delivery.receiver.behave(first, ...others, status(400, {}, '{"error":"缺少 orderId"}'));
    expect(await deliver()).toMatchObject({
      reason: 'http-400',
      attempts: [
        { status: 503, reason: 'http-503', body: 'busy 订阅' },
        { status: 503, reason: 'http-503', body: 'still busy' },
        { status: 400, reason: 'http-400', body: '{"error":"缺少 orderId"}' },
      ],
    });
    expect(JSON.stringify(delivery.log)).not.toMatch(/busy|orderId/u);
    const dead = delivery.log.find(({ text }) => text.startsWith('A task is given up.'));
    expect(dead?.text).toContain('which field');
    expect(dead?.zh).toContain('正文有误');
  });

  test('is unpacked, and read in the charset it says', async () => {
    const packed = gzipSync('{"error":"打包"}');
    delivery.receiver.behave(status(422, { 'content-encoding': 'gzip' }, packed));
    expect(bodiesOf(await deliver())).toEqual(['{"error":"打包"}']);
    const gbk = Buffer.from([0xb4, 0xed, 0xce, 0xf3]);
    delivery.receiver.behave(status(400, { 'content-type': 'text/plain; charset=gbk' }, gbk));
    expect(bodiesOf(await deliver())).toEqual(['错误']);
  });

  test.each(['长', 'é', '📰', 'a'])('is cut to 2 KB between two characters: %s', async (sign) => {
    delivery.receiver.behave(status(400, {}, `x${sign.repeat(3000)}`));
    const [kept = ''] = bodiesOf(await deliver());
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(2048);
    expect(Buffer.byteLength(kept)).toBeGreaterThan(2048 - 8);
    expect(kept).toMatch(new RegExp(`^x(?:${sign})+…$`, 'u'));
  });

  test('of exactly 2 KB is kept whole', async () => {
    delivery.receiver.behave(status(400, {}, 'a'.repeat(2048)));
    expect(bodiesOf(await deliver())).toEqual(['a'.repeat(2048)]);
  });

  test('has visible signs for control characters, and keeps lines and tabs', async () => {
    delivery.receiver.behave(status(400, {}, 'a\r\n\tb\u001b[31m\u0000\u007f\u0085c'));
    expect(bodiesOf(await deliver())).toEqual(['a\n\tb␛[31m␀␡\uFFFDc']);
  });

  test('has none of the secrets of the rule', async () => {
    delivery.setRule({
      callback: { apiKey: 'top-secret-key', headers: { 'x-token': 'hidden-1' } },
    });
    const told = 'bad key Bearer top-secret-key, x-token: hidden-1';
    delivery.receiver.behave(status(401, {}, told));
    const [kept] = bodiesOf(await deliver());
    expect(kept).toMatch(/^bad key Bearer .+, x-token: .+$/u);
    expect(kept).not.toMatch(/top-secret-key|hidden-1/u);
  });

  test('is what came, where the rest hangs', async () => {
    const slow = { contentType: 'text/plain', pauseMs: 5, stayOpen: true, code: 400 };
    delivery.receiver.behave(trickle(['one ', 'two'], slow));
    expect(bodiesOf(await deliver())).toEqual(['one two…']);
  });

  test('does not change what a status says, where it cannot be unpacked', async () => {
    delivery.receiver.behave(status(400, { 'content-encoding': 'gzip' }, 'no gzip'));
    expect(await deliver()).toMatchObject({ reason: 'http-400', attempts: [{ status: 400 }] });
  });

  test.each([status(400), status(400, {}, ' \n')])(
    'is not there when it is empty',
    async (empty) => {
      delivery.receiver.behave(empty);
      const record = await deliver();
      expect(record.reason).toBe('http-400');
      expect(record.attempts[0]).not.toHaveProperty('body');
    },
  );
});

describe('a 2xx answer', () => {
  test.each([
    ['a page', body('text/html', '<p>log in</p>'), '<p>log in</p>'],
    ['no JSON', body('application/json', 'oops'), 'oops'],
    ['another JSON', json({ ok: 1 }), '{"ok":1}'],
    [
      'a stream with an error',
      body('text/event-stream', 'data: 你好\n\ndata: {"error":"quota"}\n\n'),
      '{"error":"quota"}',
    ],
  ])('that is no valid response is kept as well: %s', async (_what, behaviour, kept) => {
    delivery.receiver.behave(behaviour);
    const record = await deliver();
    expect(record.reason).toMatch(/^body-invalid/u);
    expect(bodiesOf(record)).toEqual([kept]);
  });

  test('that is valid, or not complete, is not', async () => {
    delivery.receiver.behave(breakAfter('{"success":'), json({ success: true, message: 'ok' }));
    expect(bodiesOf(await deliver())).toEqual([undefined, undefined]);
  });
});
