import { afterEach, beforeEach, expect, test } from 'vitest';
import { body, hang, json, status } from '../../../support/receiver.js';
import { type RunningDelivery, startDelivery } from '../../../support/running-delivery.js';

let delivery: RunningDelivery;
let isWanted: boolean;

beforeEach(async () => {
  isWanted = true;
  delivery = await startDelivery({ logsCalls: () => isWanted });
});
afterEach(() => delivery.stop());

const called = () =>
  delivery.log.filter(({ text }) => text === 'Called the receiver.').map(({ fields }) => fields);

test('every call is a line, with what it cost and came to', async () => {
  const answers = [status(503, {}, 'no'), json({ success: true, message: '好的 📰' })];
  delivery.receiver.behave((response, call) => answers.shift()?.(response, call));
  const url = `http://me:pw@${new URL(delivery.receiver.origin).host}/{{city}}?token=t`;
  delivery.setRule({ callback: { url, apiKey: 'key-1', headers: { 'X-Shop': '7' } } });
  const task = await delivery.accept();
  await delivery.settled(task);
  const received = Buffer.byteLength(JSON.stringify({ success: true, message: '好的 📰' }));
  const common = {
    rule: 'subscribe',
    task: task.id,
    method: 'POST',
    url: `${delivery.receiver.origin}/{{city}}?token=***`,
    ms: expect.any(Number),
    sent: Buffer.byteLength(JSON.stringify(task.request)),
    headers:
      'content-type accept user-agent authorization x-shop content-length webhook-id webhook-timestamp',
  };
  expect(called()).toEqual([
    { ...common, attempt: 1, status: 503, reason: 'http-503' },
    { ...common, attempt: 2, status: 200, received },
  ]);
});

test('a call that is not answered says why, and a stream how much came', async () => {
  delivery.receiver.behave(hang);
  delivery.setRule({ callback: { timeoutMs: 20 } });
  await delivery.settled(await delivery.accept());
  delivery.receiver.behave(body('text/event-stream', 'data: 一\n\ndata: [DONE]\n\n'));
  delivery.setRule({});
  await delivery.settled(await delivery.accept());
  expect(called()).toMatchObject([
    { reason: 'timeout' },
    { status: 200, received: Buffer.byteLength('data: 一\n\ndata: [DONE]\n\n') },
  ]);
});

test('nothing is logged unless it is wanted, from one call to the next', async () => {
  isWanted = false;
  await delivery.settled(await delivery.accept());
  expect(called()).toEqual([]);
  isWanted = true;
  await delivery.settled(await delivery.accept());
  expect(called()).toHaveLength(1);
});
