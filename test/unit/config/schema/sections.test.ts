import { expect, test } from 'vitest';
import { loadConfig } from '../../../../src/config/load-config.js';
import type { ConfigInput } from '../../../../src/config/schema/file.js';

async function load(parts: Partial<ConfigInput>) {
  return (await loadConfig({ rules: [], ...parts }, { env: {} })).config;
}

test.each([
  ['memory', { kind: 'memory' }],
  ['sqlite:数据/a.db', { kind: 'sqlite', file: '数据/a.db' }],
  ['postgres://u:p@h/db', { kind: 'postgres', url: 'postgres://u:p@h/db' }],
  ['postgresql://h/db', { kind: 'postgres', url: 'postgresql://h/db' }],
])('the store %s is read', async (store, wanted) => {
  expect((await load({ journal: { store } })).journal.store).toEqual(wanted);
});

test('a receiver is known by its origin', async () => {
  const { receivers } = await load({
    receivers: { 'HTTP://Example.com:80/': { concurrency: 2, rate: { count: 5, every: '1s' } } },
  });
  expect(receivers).toEqual({
    'http://example.com': { concurrency: 2, rate: { count: 5, everyMs: 1000 } },
  });
});

test('a public URL loses the slash at its end', async () => {
  const { server } = await load({ server: { publicUrl: 'https://a.example/bot/' } });
  expect(server.publicUrl).toBe('https://a.example/bot');
});

test('the history of the console can be switched off', async () => {
  expect((await load({ console: { history: false } })).console.history).toBe(false);
});

const botKeys = { token: 'abc', aesKey: 'a'.repeat(43) };
const connected = (name: string) =>
  ({ name, mode: 'websocket', botId: 'aib', secret: 's' }) as const;
const botDefaults = {
  mode: 'webhook',
  path: '/wecom-bot',
  url: 'wss://openws.work.weixin.qq.com',
  receiveId: '',
  feedback: false,
  disableClicked: false,
  firstWordMs: 0,
  texts: {
    placeholder: '<think></think>',
    continued: '（未完，稍后继续）',
    cut: '（内容过长，已截断）',
    silent: '（没有回复）',
    lost: '（回答已失效，请重新提问）',
    card: '（请查看卡片）',
    image: '（图片）',
  },
};

test('an adapter is called like its key and keeps its options', async () => {
  const wecom = { corpId: 'ww1', agentId: 7, token: 'abc', aesKey: 'a'.repeat(43) };
  const { adapters } = await load({
    adapters: {
      wecom,
      openim: { botId: 'bot', secret: 's' },
      wecomBot: [{ name: 'a', ...botKeys }, connected('b'), connected('c')],
    },
  });
  expect(adapters).toEqual({
    wecom: [{ ...wecom, name: 'wecom', path: '/wecom', passive: 'auto' }],
    wecomBot: [
      { ...botDefaults, name: 'a', ...botKeys },
      // Without a webhook, all of these may have one path.
      { ...botDefaults, ...connected('b') },
      { ...botDefaults, ...connected('c') },
    ],
    openim: [
      {
        name: 'openim',
        botId: 'bot',
        apiUrl: 'http://127.0.0.1:10002',
        secret: 's',
        adminId: 'imAdmin',
        path: '/openim',
        refusalCode: 5001,
        quotes: false,
        readBack: false,
      },
    ],
    wildfire: [],
  });
});

test.each<[string, object, { readonly answeredTextMs: number; readonly textMs: number }]>([
  ['nothing is said', {}, { answeredTextMs: 86_400_000, textMs: 604_800_000 }],
  [
    'an earlier configuration says one time for all',
    { retention: { text: '3d' } },
    { answeredTextMs: 259_200_000, textMs: 259_200_000 },
  ],
  [
    'both are said',
    { keep: { answered: '1h', failed: '2h' }, retention: { text: '3d' } },
    { answeredTextMs: 3_600_000, textMs: 7_200_000 },
  ],
  ['one is said', { keep: { answered: '1h' } }, { answeredTextMs: 3_600_000, textMs: 604_800_000 }],
])('the text of tasks is kept where %s', async (_title, journal, wanted) => {
  expect((await load({ journal })).journal.retention).toMatchObject(wanted);
});
