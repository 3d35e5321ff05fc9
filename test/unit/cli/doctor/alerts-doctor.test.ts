import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '../../../../src/cli/program/run-program.js';
import { alertBodySchema } from '../../../../src/protocol/index.js';
import { captureIo } from '../../../support/captured-io.js';
import {
  type Behaviour,
  json,
  type ReceivedCall,
  type Receiver,
  startReceiver,
  status,
} from '../../../support/receiver.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

let receiver: Receiver;
let cwd: string;

beforeEach(async () => {
  receiver = await startReceiver();
  cwd = temporaryFolder().path;
});

afterEach(async () => {
  await receiver.close();
});

async function doctor(alerts: readonly object[], ...args: string[]) {
  const folder = temporaryFolder();
  folder.write('.wechatyrc.json', JSON.stringify({ rules: [], alerts }));
  cwd = folder.path;
  const io = captureIo(cwd);
  const code = await runProgram(['doctor', '--alerts', ...args], io);
  return { code, out: io.out(), err: io.err() };
}

/** What a strict robot is sent, or it refuses: method, headers, and a body of exactly these keys. */
const robot =
  (
    check: (body: Readonly<Record<string, unknown>>, call: ReceivedCall) => number,
    code: string,
  ): Behaviour =>
  (response, call) => {
    const isJson = call.method === 'POST' && call.headers['content-type'] === 'application/json';
    const found = isJson ? check(JSON.parse(call.body) as Record<string, unknown>, call) : -1;
    return json({ [code]: found, [code === 'code' ? 'msg' : 'errmsg']: 'words' })(response, call);
  };

const isText = (value: unknown) =>
  typeof value === 'string' && value.startsWith('[wechaty-callback] 测试 TEST');
const hasKeys = (value: unknown, ...keys: string[]) =>
  JSON.stringify(Object.keys(value as object).toSorted()) === JSON.stringify(keys.toSorted());

const wecom = robot((body, { path }) => {
  const text = body['text'] as { content: unknown };
  const isRight =
    hasKeys(body, 'msgtype', 'text') && body['msgtype'] === 'text' && hasKeys(text, 'content');
  if (path !== '/cgi-bin/webhook/send?key=k1234567') return 93_000;
  return isRight && isText(text.content) ? 0 : 40_008;
}, 'errcode');

const dingtalk = robot((body, { path }) => {
  const text = body['text'] as { content: unknown };
  const query = new URL(path, 'http://x').searchParams;
  const time = query.get('timestamp') ?? '';
  const sign = createHmac('sha256', 'SEC12345678').update(`${time}\nSEC12345678`).digest('base64');
  if (Math.abs(Date.now() - Number(time)) > 60_000 || query.get('sign') !== sign) return 310_000;
  if (query.get('access_token') !== 't1234567') return 300_001;
  const isRight =
    hasKeys(body, 'msgtype', 'text') && body['msgtype'] === 'text' && hasKeys(text, 'content');
  return isRight && isText(text.content) ? 0 : 400_101;
}, 'errcode');

const feishu = robot((body, { path }) => {
  const content = body['content'] as { text: unknown };
  const { timestamp, sign } = body as { timestamp: string; sign: string };
  const wanted = createHmac('sha256', `${timestamp}\nsecret12`).digest('base64');
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 60 || sign !== wanted) return 19_021;
  if (path !== '/open-apis/bot/v2/hook/h1234567') return 19_001;
  const isRight =
    hasKeys(body, 'timestamp', 'sign', 'msg_type', 'content') && body['msg_type'] === 'text';
  return isRight && hasKeys(content, 'text') && isText(content.text) ? 0 : 9499;
}, 'code');

const places = {
  'wecom-robot': '/cgi-bin/webhook/send?key=k1234567',
  dingtalk: '/robot/send?access_token=t1234567',
  feishu: '/open-apis/bot/v2/hook/h1234567',
};
const keysOfAll = /k1234567|t1234567|h1234567|SEC12345678|secret12/u;
const entry = (format: keyof typeof places, more: object = {}) => ({
  format,
  url: receiver.origin + places[format],
  ...more,
});

describe('doctor --alerts', () => {
  test('posts a test to each address, which strict robots take', async () => {
    receiver.behave(wecom, dingtalk, feishu, json({}));
    const { code, out, err } = await doctor([
      entry('wecom-robot'),
      entry('dingtalk', { secret: 'SEC12345678' }),
      entry('feishu', { secret: 'secret12' }),
      { url: `${receiver.origin}/alerts?key=k1234567` },
    ]);
    expect(err).toBe('');
    expect(
      out.match(
        /^pass {2}alerts\[\d\] \S+ http:\/\/127\.0\.0\.1:\d+\/\*\*\* {2}\(200, \d+ ms\)$/gmu,
      ),
    ).toHaveLength(4);
    expect(out).toContain('Alerts arrive');
    expect(code).toBe(0);
    expect(out).not.toMatch(keysOfAll);
    const body = alertBodySchema.parse(JSON.parse(receiver.calls[3]?.body ?? ''));
    expect(body).toMatchObject({ alert: 'test', status: 'firing', subject: 'doctor', details: {} });
  });

  test('says what a robot does not like, and what to do', async () => {
    receiver.behave(wecom, dingtalk, feishu, status(404));
    const { code, out } = await doctor(
      [
        entry('wecom-robot', { url: `${receiver.origin}/cgi-bin/webhook/send?key=other678` }),
        entry('dingtalk'),
        entry('feishu', { secret: 'secret99' }),
        { url: `${receiver.origin}/elsewhere` },
      ],
      '--json',
    );
    const { checks } = JSON.parse(out) as { checks: readonly Readonly<Record<string, unknown>>[] };
    expect(checks).toEqual([
      {
        check: 'alerts[0]',
        result: 'fail',
        status: 200,
        ms: expect.any(Number),
        reason: 'errcode 93000 words',
        advice: expect.stringContaining('copy its webhook address anew'),
      },
      {
        check: 'alerts[1]',
        result: 'fail',
        status: 200,
        ms: expect.any(Number),
        reason: 'errcode 310000 words',
        advice: expect.stringContaining('set `secret`'),
      },
      {
        check: 'alerts[2]',
        result: 'fail',
        status: 200,
        ms: expect.any(Number),
        reason: 'code 19021 words',
        advice: expect.stringContaining('signature'),
      },
      {
        check: 'alerts[3]',
        result: 'fail',
        status: 404,
        ms: expect.any(Number),
        reason: 'http-404',
        advice: expect.stringContaining('check `url` and `format`'),
      },
    ]);
    expect(code).toBe(1);
    expect(out).not.toMatch(/other678|secret99/u);
  });

  test('says what is wrong with an address where nobody is', async () => {
    await receiver.close();
    const { code, out } = await doctor([{ url: `${receiver.origin}/alerts` }]);
    expect(code).toBe(1);
    expect(out).toMatch(/FAIL {2}alerts\[0\] json .*connection ECONNREFUSED/u);
    expect(out).toContain('on this port');
    expect(out).not.toContain('callback.');
  });

  test('wants alerts in the file', async () => {
    const { code, err } = await doctor([]);
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('has no alerts. Add an address under `alerts`'),
    ]);
  });

  test('wants nothing else to be tested with them', async () => {
    for (const more of ['http://127.0.0.1:9/', '--adapter=x']) {
      const { code, err } = await doctor([], more);
      expect([code, err]).toEqual([2, expect.stringContaining('one of them')]);
    }
  });
});
