import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../src/alerts/alert.js';
import { writers } from '../../../src/alerts/format/writers.js';
import { shownTarget, tryAlert } from '../../../src/alerts/try-alert.js';
import type { AlertFormat, AlertTarget } from '../../../src/core/alert.js';

const start = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const alert: Alert = {
  kind: 'bot-offline',
  status: 'firing',
  subject: 'wxid_bot',
  since: start,
  at: start,
  text: { en: 'The bot is logged out.', zh: '机器人已退出登录。' },
  details: { reason: 'logout' },
};
const whole = [
  '[wechaty-callback] 告警 ALERT: bot-offline',
  '机器人已退出登录。',
  'The bot is logged out.',
  'host/1, 2026-01-02T03:04:05.678Z',
].join('\n');

const targetOf = (format: AlertFormat, more: Partial<AlertTarget> = {}): AlertTarget => ({
  on: ['bot-offline'],
  url: 'https://robots.example/hook/k1234567?key=q1234567',
  everyMs: 1,
  format,
  ...more,
});

function written(target: AlertTarget, told: Alert = alert) {
  const how = { target, id: 'id-1', instance: 'host/1', now: start };
  const { url, body } = writers[target.format].write(told, how);
  return { url: url.href, body: JSON.parse(body) as unknown };
}

describe('wecom-robot', () => {
  test('takes a text', () => {
    expect(written(targetOf('wecom-robot'))).toEqual({
      url: targetOf('json').url,
      body: { msgtype: 'text', text: { content: whole } },
    });
  });

  test('takes no more than 2,048 bytes, cut between characters', () => {
    const text = { en: 'x'.repeat(3000), zh: '退📰'.repeat(2000) };
    const { body } = written(targetOf('wecom-robot'), { ...alert, text });
    const { content } = (body as { text: { content: string } }).text;
    expect(Buffer.byteLength(content)).toBeGreaterThan(2040);
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2048);
    expect(content).toMatch(/[退📰]$/u);
  });
});

describe('dingtalk', () => {
  test('takes a text', () => {
    expect(written(targetOf('dingtalk'))).toEqual({
      url: targetOf('json').url,
      body: { msgtype: 'text', text: { content: whole } },
    });
  });

  test('is signed with its secret, in the query', () => {
    const secret = 'SEC0123+/=密';
    const url = new URL(written(targetOf('dingtalk', { secret })).url);
    const sign = createHmac('sha256', secret).update(`${start}\n${secret}`).digest('base64');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      key: 'q1234567',
      timestamp: String(start),
      sign,
    });
    // Base64 has signs that mean something else in a query.
    expect(url.search).not.toMatch(/sign=[^&]*[+/]/u);
  });
});

describe('feishu', () => {
  test('takes a text', () => {
    expect(written(targetOf('feishu'))).toEqual({
      url: targetOf('json').url,
      body: { msg_type: 'text', content: { text: whole } },
    });
  });

  test('is signed with its secret, in the body', () => {
    const seconds = String(Math.floor(start / 1000));
    const sign = createHmac('sha256', `${seconds}\nsecret`).update('').digest('base64');
    expect(written(targetOf('feishu', { secret: 'secret' })).body).toEqual({
      timestamp: seconds,
      sign,
      msg_type: 'text',
      content: { text: whole },
    });
  });

  test('mentions nobody', () => {
    const en = 'http-500 <at user_id="all">all</at>';
    const { body } = written(targetOf('feishu'), { ...alert, text: { en, zh: '' } });
    expect(JSON.stringify(body)).not.toContain('<at');
  });
});

test.each<[AlertFormat, Partial<Alert>, string]>([
  ['wecom-robot', { status: 'resolved' }, '恢复 RESOLVED: bot-offline'],
  ['dingtalk', { kind: 'test' }, '测试 TEST: test'],
])('%s says what it is: %j', (format, more, heading) => {
  const { body } = written(targetOf(format), { ...alert, ...more });
  expect(JSON.stringify(body)).toContain(`[wechaty-callback] ${heading}`);
});

const tried = async (format: AlertFormat, body: string) => {
  const target = targetOf(format, { secret: 'SEC12345678' });
  const post = async () => ({ kind: 'response', status: 200, body }) as const;
  return await tryAlert(alert, { target, post, instance: 'host/1', id: 'id-1', now: start });
};

describe('what a robot answers', () => {
  test.each<[AlertFormat, string]>([
    ['json', ''],
    ['json', '{"errcode":1}'],
    ['wecom-robot', '{"errcode":0,"errmsg":"ok"}'],
    ['dingtalk', '{"errcode":0,"errmsg":"ok"}'],
    ['feishu', '{"code":0,"data":{},"msg":"success"}'],
    ['feishu', '{"Extra":null,"StatusCode":0,"StatusMessage":"success"}'],
  ])('%s takes %s for success', async (format, body) => {
    expect(await tried(format, body)).toEqual({ status: 200 });
  });

  test.each<[AlertFormat, string, string]>([
    [
      'wecom-robot',
      '{"errcode":93000,"errmsg":"invalid webhook url"}',
      'errcode 93000 invalid webhook url',
    ],
    ['dingtalk', '{"errcode":310000,"errmsg":"sign not match"}', 'errcode 310000 sign not match'],
    ['feishu', '{"code":19021,"msg":"sign match fail"}', 'code 19021 sign match fail'],
    ['feishu', '{"StatusCode":9}', 'code 9'],
    ['wecom-robot', '<html>', 'no JSON'],
    ['feishu', '{"ok":true}', 'no code'],
    ['dingtalk', '[]', 'no JSON'],
  ])('%s takes %s for a refusal', async (format, body, reason) => {
    expect(await tried(format, body)).toEqual({ status: 200, reason });
  });

  test('shows no key that it repeats', async () => {
    const body = '{"errcode":1,"errmsg":"bad k1234567 q1234567 SEC12345678\\nmore"}';
    expect(await tried('dingtalk', body)).toEqual({
      status: 200,
      reason: 'errcode 1 bad *** *** ***',
    });
  });
});

test('a target is shown without its keys', () => {
  const url = 'https://user:pass@robots.example:8443/hook/k1234567?key=q1234567';
  expect(shownTarget(targetOf('feishu', { url }))).toBe('feishu https://robots.example:8443/***');
});
