import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyTask } from '../../../src/protocol/signature.js';
import { hang, json, reset, status } from '../../support/receiver.js';
import { type RunningDelivery, startDelivery } from '../../support/running-delivery.js';

const ok = json({ success: true, message: 'ok' });
const never = { maxFailures: 1000, pauseMs: 5000, maxPauseMs: 60_000 };
const secret = `whsec_${Buffer.alloc(24, 'a').toString('base64')}`;
const newSecret = `whsec_${Buffer.alloc(24, 'b').toString('base64')}`;

let delivery: RunningDelivery;

beforeEach(async () => {
  delivery = await startDelivery({ breaker: never, random: () => 0.5 });
});
afterEach(() => delivery.stop());

async function deliver() {
  return await delivery.settled(await delivery.accept());
}

/** The pauses that the log told, in ms. */
function pauses(): unknown[] {
  return delivery.log.flatMap(({ fields }) => fields['afterMs'] ?? []);
}

describe('the pauses between calls', () => {
  test('double from the backoff up to the limit, and half of each is waited with a middling chance', async () => {
    delivery.setRule({ retry: { attempts: 6, backoffMs: 40, maxDelayMs: 200 } });
    delivery.receiver.behave(status(500));
    const { attempts } = await deliver();
    expect(pauses()).toEqual([20, 40, 80, 100, 100]);
    const waited = attempts.slice(1).map(({ startedAt }, index) => {
      const former = attempts[index];
      return startedAt - (former ? former.startedAt + former.durationMs : 0);
    });
    for (const [index, ms] of [20, 40, 80, 100, 100].entries()) {
      expect(waited[index]).toBeGreaterThanOrEqual(ms - 1);
      expect(waited[index]).toBeLessThan(ms + 1000);
    }
  });

  test('are at least what the receiver asks for, in seconds', async () => {
    delivery.receiver.behave(status(429, { 'retry-after': '0.3' }), ok);
    await deliver();
    expect(pauses()).toEqual([300]);
  });

  test('are at least what the receiver asks for, as a date', async () => {
    const date = new Date(Date.now() + 2000).toUTCString();
    delivery.receiver.behave(status(503, { 'retry-after': date }), ok);
    await deliver();
    const [first, second] = delivery.receiver.calls;
    expect(second?.at).toBeGreaterThanOrEqual(Date.parse(date) - 2);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(900);
  });
});

test('a receiver that fails in every way for a while and then heals is answered for in the end', async () => {
  delivery.setRule({
    callback: { timeoutMs: 100 },
    retry: { attempts: 10, backoffMs: 5, onTimeout: true },
  });
  const failures = [408, 425, 429, 500, 502, 503].map((code) => status(code));
  delivery.receiver.behave(reset, hang, ...failures, ok);
  const record = await deliver();
  expect(record.state).toBe('answered');
  expect(record.attempts.map(({ reason }) => reason)).toEqual([
    'connection: ECONNRESET',
    'timeout',
    'http-408',
    'http-425',
    'http-429',
    'http-500',
    'http-502',
    'http-503',
    undefined,
  ]);
});

test('every attempt is signed anew, at its own time, with both secrets and the same id', async () => {
  delivery.setRule({ callback: { secrets: [newSecret, secret] }, retry: { backoffMs: 2400 } });
  delivery.receiver.behave(status(500), ok);
  await deliver();
  const [first, second] = delivery.receiver.calls;
  if (!first || !second) throw new Error('There were not two calls.');
  for (const { headers, body } of [first, second]) {
    expect(headers['webhook-id']).toBe('task-1');
    for (const each of [secret, newSecret]) {
      expect(verifyTask(headers, body, each).userId).toBe('wxid_alice');
      const independent = new Webhook(each);
      const verified = independent.verify(body, headers as Record<string, string>);
      expect(verified).toMatchObject({ userId: 'wxid_alice' });
    }
    expect(() => verifyTask(headers, body, `${secret.slice(0, -4)}AAAA`)).toThrow(/signature/iu);
  }
  const times = [first, second].map(({ headers }) => Number(headers['webhook-timestamp']));
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1);
  expect(first.headers['webhook-signature']).not.toBe(second.headers['webhook-signature']);
});

test('a secret that is changed while a task waits signs its next attempt', async () => {
  delivery.setRule({ callback: { secrets: [secret] }, retry: { backoffMs: 200 } });
  delivery.receiver.behave((response, call) => {
    delivery.setRule({ callback: { secrets: [newSecret] } });
    void status(500)(response, call);
  }, ok);
  await deliver();
  const [first, second] = delivery.receiver.calls;
  if (!first || !second) throw new Error('There were not two calls.');
  expect(verifyTask(first.headers, first.body, secret).isSelf).toBe(false);
  expect(verifyTask(second.headers, second.body, newSecret).isSelf).toBe(false);
  expect(() => verifyTask(second.headers, second.body, secret)).toThrow(/signature/iu);
});
