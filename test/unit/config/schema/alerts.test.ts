import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../../src/config/load-config.js';
import { alertKinds } from '../../../../src/core/alert.js';
import { shownBy } from '../problem-lines.js';

const load = (alerts: unknown) => loadConfig({ rules: [], alerts }, { env: {} });
const robot = 'https://open.feishu.cn/open-apis/bot/v2/hook/0a1b2c3d';

describe('alerts', () => {
  test('need only a URL', async () => {
    const { config } = await load([{ url: 'http://127.0.0.1:4000/alerts?token=abc' }]);
    expect(config.alerts).toEqual([
      {
        on: [...alertKinds],
        url: 'http://127.0.0.1:4000/alerts?token=abc',
        everyMs: 600_000,
        format: 'json',
      },
    ]);
  });

  test.each([
    ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k', 'wecom-robot'],
    ['https://oapi.dingtalk.com/robot/send?access_token=t', 'dingtalk'],
    [robot, 'feishu'],
    ['https://open.larksuite.com/open-apis/bot/v2/hook/x', 'feishu'],
    ['https://open.feishu.cn.evil.example/open-apis/bot/v2/hook/x', 'json'],
  ])('know the robot of %s', async (url, format) => {
    const { config } = await load([{ url }]);
    expect(config.alerts[0]?.format).toBe(format);
  });

  test('take the format that is written', async () => {
    const { config } = await load([
      {
        on: ['loop', 'rules'],
        url: 'http://127.0.0.1:9/',
        every: '1h',
        format: 'dingtalk',
        secret: 'SEC1',
      },
    ]);
    expect(config.alerts).toEqual([
      {
        on: ['loop', 'rules'],
        url: 'http://127.0.0.1:9/',
        everyMs: 3_600_000,
        format: 'dingtalk',
        secret: 'SEC1',
      },
    ]);
  });

  test.each([
    [
      'an unknown kind',
      { url: robot, on: ['receiver-dwn'] },
      'alerts[0].on[0]: found "receiver-dwn", expected bot-offline, receiver-down, tasks-failed, journal, rules or loop (did you mean `receiver-down`?)',
    ],
    ['no kind at all', { url: robot, on: [] }, 'alerts[0].on: '],
    [
      'a variable',
      { url: `${robot}/{{topic}}` },
      'alerts[0].url: found ***, expected an http:// or https:// URL without variables',
    ],
    [
      'another scheme',
      { url: 'wss://key@h/' },
      'alerts[0].url: found ***, expected an http:// or https:// URL without variables',
    ],
    [
      'a secret that nothing signs with',
      { url: 'http://h/', secret: 'geheim' },
      'alerts[0].secret: found ***, expected no secret: only dingtalk and feishu sign',
    ],
    [
      'a misspelt key',
      { url: robot, evry: '1m' },
      'alerts[0].evry: unknown key; did you mean `every`?',
    ],
  ])('say what is wrong with %s, and no key of a robot', async (_what, entry, line) => {
    const { en, zh } = await shownBy(load([entry]));
    expect(en.join('\n')).toContain(line);
    expect([...en, ...zh].join('\n')).not.toMatch(/0a1b2c3d|geheim|key@/u);
  });
});
