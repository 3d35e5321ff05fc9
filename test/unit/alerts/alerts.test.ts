import { beforeEach, describe, expect, test } from 'vitest';
import { type Alerts, createAlerts } from '../../../src/alerts/alerts.js';
import type { AlertAnswer, AlertRequest, PostAlert } from '../../../src/alerts/post-alert.js';
import type { AlertState, AlertTarget } from '../../../src/core/alert.js';
import { silentLogger } from '../../../src/core/logger.js';
import { alertBodySchema } from '../../../src/protocol/index.js';
import { type ManualClock, manualClock } from '../../support/manual-clock.js';

const ok: AlertAnswer = { kind: 'response', status: 200, body: '' };
const refused: AlertAnswer = { kind: 'failed', reason: 'connection ECONNREFUSED' };
const key = 'f0e1d2c3-robot-key';

let clock: ManualClock;
let requests: AlertRequest[];
let lines: string[];
let alerts: Alerts;
let answer: (request: AlertRequest, signal?: AbortSignal) => Promise<AlertAnswer>;

beforeEach(() => {
  clock = manualClock();
  requests = [];
  lines = [];
  answer = async () => ok;
  const post: PostAlert = async (request, signal) => {
    requests.push(request);
    return await answer(request, signal);
  };
  const note =
    (level: string) =>
    ({ en, zh }: { en: string; zh: string }, fields = {}) =>
      void lines.push(`${level} ${en} ${zh} ${JSON.stringify(fields)}`);
  const logger = { ...silentLogger, info: note('info'), warn: note('warn'), error: note('error') };
  alerts = createAlerts({ post, clock, logger, instance: 'host/1' });
});

const target = (more: Partial<AlertTarget> = {}): AlertTarget => ({
  on: ['receiver-down', 'tasks-failed'],
  url: `http://127.0.0.1:9/hooks/${key}?token=${key}`,
  everyMs: 600_000,
  format: 'json',
  ...more,
});
const down = (subject = 'http://a', kind: AlertState['kind'] = 'receiver-down'): AlertState => ({
  kind,
  subject,
  text: { en: `${subject} is down`, zh: `${subject} 不可用` },
  details: { origin: subject },
});
const up = (subject = 'http://a') =>
  ({ kind: 'receiver-down', subject, text: { en: 'up', zh: '恢复' } }) as const;

/** What was posted, one body for each try. */
const bodies = () => requests.map(({ body }) => alertBodySchema.parse(JSON.parse(body)));
const told = () => bodies().map(({ status, subject }) => `${status} ${subject}`);

describe('alerts', () => {
  test('are posted as the documented JSON', async () => {
    alerts.use([target()]);
    alerts.raise(down());
    await clock.advance(1000);
    alerts.clear(up());
    await clock.advance(0);
    const at = new Date(clock.now()).toISOString();
    const since = new Date(clock.now() - 1000).toISOString();
    const body = { alert: 'receiver-down', subject: 'http://a', since, instance: 'host/1' };
    const details = { origin: 'http://a' };
    expect(requests.map(({ body: text }) => JSON.parse(text) as unknown)).toEqual([
      {
        ...body,
        id: expect.any(String),
        status: 'firing',
        at: since,
        text: { en: 'http://a is down', zh: 'http://a 不可用' },
        details,
      },
      {
        ...body,
        id: expect.any(String),
        status: 'resolved',
        at,
        text: { en: 'up', zh: '恢复' },
        details,
      },
    ]);
    expect(requests[0]?.url.href).toBe(target().url);
    expect(new Set(bodies().map(({ id }) => id)).size).toBe(2);
  });

  test('go where they are wanted', async () => {
    const other = target({ url: 'http://127.0.0.1:9/other', on: ['loop'] });
    alerts.use([target(), other]);
    alerts.raise(down());
    alerts.raise(down('task 7', 'loop'));
    await clock.advance(0);
    const to = requests.map(({ url }, index) => `${told()[index]} ${url.pathname}`);
    expect(to).toEqual([`firing http://a /hooks/${key}`, 'firing task 7 /other']);
  });

  test('of states that began before the targets were known are told then', async () => {
    alerts.raise(down());
    alerts.raise(down('http://b'));
    alerts.clear(up('http://b'));
    await clock.advance(5000);
    alerts.use([target()]);
    await clock.advance(0);
    expect(told()).toEqual(['firing http://a']);
    expect(Date.parse(bodies()[0]?.since ?? '')).toBe(clock.now() - 5000);
  });

  test('are not told anew to a target that a reload leaves as it is', async () => {
    alerts.use([target()]);
    alerts.raise(down());
    await clock.advance(0);
    alerts.use([target(), target({ url: 'http://127.0.0.1:9/new' })]);
    await clock.advance(0);
    expect(requests.map(({ url }) => url.pathname)).toEqual([`/hooks/${key}`, '/new']);
    alerts.use([target()]);
    alerts.clear(up());
    await clock.advance(0);
    expect(told()).toEqual(['firing http://a', 'firing http://a', 'resolved http://a']);
    expect(clock.sleeping).toBe(0);
  });

  test('of tasks that were given up are gathered', async () => {
    alerts.use([target(), target({ on: ['loop'] })]);
    for (const reason of ['http-500', 'timeout']) alerts.taskFailed({ rule: '订阅', reason });
    await clock.advance(10_000);
    expect(bodies().map(({ alert, details }) => ({ alert, details }))).toEqual([
      {
        alert: 'tasks-failed',
        details: { count: 2, rules: ['订阅'], reasons: ['http-500', 'timeout'] },
      },
    ]);
  });
});

describe('an alert that cannot be sent', () => {
  test('is tried three times with pauses, then the log says so without any key', async () => {
    answer = async () => refused;
    alerts.use([target()]);
    alerts.raise(down());
    const times: number[] = [];
    for (let second = 0; second <= 120; second += 1) {
      await clock.advance(second === 0 ? 0 : 1000);
      if (requests.length > times.length) times.push(second);
    }
    expect(times).toEqual([0, 5, 35]);
    expect(new Set(bodies().map(({ id }) => id)).size).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(
        /^error An alert could not be sent.*"to":"json http:\/\/127\.0\.0\.1:9\/\*\*\*".*ECONNREFUSED/u,
      ),
    ]);
    expect(lines.join('\n')).not.toContain(key);
  });

  test('is not tried again when the address is refused', async () => {
    answer = async () => ({ kind: 'failed', reason: 'address-refused', isFinal: true });
    alerts.use([target()]);
    alerts.raise(down());
    await clock.advance(120_000);
    expect(requests).toHaveLength(1);
  });

  test.each([
    [404, 'http-404'],
    [302, 'http-302'],
    [500, 'http-500'],
  ])('with HTTP %i is tried again', async (status, reason) => {
    answer = async () => ({ kind: 'response', status, body: '' });
    alerts.use([target()]);
    alerts.raise(down());
    await clock.advance(0);
    await clock.advance(5000);
    answer = async () => ok;
    await clock.advance(30_000);
    expect(requests).toHaveLength(3);
    expect(lines.join('\n')).toMatch(/^info An alert was sent/u);
    expect(lines.join('\n')).not.toContain(reason);
  });

  test('holds back those behind it, in order, and no more than a hundred', async () => {
    let release: ((answered: AlertAnswer) => void) | undefined;
    answer = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    alerts.use([target()]);
    for (let count = 0; count < 150; count += 1) alerts.raise(down(`http://${count}`));
    await clock.advance(0);
    expect(told()).toEqual(['firing http://0']);
    answer = async () => ok;
    release?.(ok);
    await clock.advance(0);
    const last = Array.from({ length: 100 }, (_, index) => `firing http://${index + 50}`);
    expect(told()).toEqual(['firing http://0', ...last]);
    expect(lines.filter((line) => line.startsWith('warn Too many alerts wait'))).toHaveLength(49);
  });

  test('to a robot leaves it time: twenty messages a minute', async () => {
    answer = async () => ({ ...ok, body: '{"errcode":0}' });
    alerts.use([target({ format: 'wecom-robot' })]);
    for (let count = 0; count < 25; count += 1) alerts.raise(down(`http://${count}`));
    await clock.advance(0);
    await clock.advance(59_999);
    expect(requests).toHaveLength(20);
    await clock.advance(60_000);
    expect(requests).toHaveLength(25);
  });

  test('is called off at the end', async () => {
    let signal: AbortSignal | undefined;
    answer = async (_request, given) => {
      signal = given;
      return await new Promise(() => {});
    };
    alerts.use([target()]);
    alerts.raise(down());
    alerts.close();
    expect(signal?.aborted).toBe(true);
    alerts.use([target()]);
    alerts.raise(down('http://b'));
    await clock.advance(120_000);
    expect([requests.length, clock.sleeping]).toEqual([1, 0]);
  });
});
