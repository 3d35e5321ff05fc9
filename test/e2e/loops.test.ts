import { afterEach, beforeEach, expect, test } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import { CallbackPlugin, type CallbackPluginConfig } from '../../src/index.js';
import { freePort } from '../support/child.js';
import { type FakeOpenIM, startFakeOpenIM } from '../support/fake-openim/fake-openim.js';
import { createWebhooks, type FakeWebhooks } from '../support/fake-openim/webhooks.js';
import { callbackSecret, openIMPuppet, openIMText } from '../support/openim-bot.js';
import { json, type Receiver, startReceiver } from '../support/receiver.js';
import { waitUntil } from '../support/wait-until.js';

const command = 'callbackAfterSendSingleMsgCommand';

let fake: FakeOpenIM;
let receiver: Receiver;
let alerts: Receiver;
let closing: (() => unknown)[];
let hooks: Map<string, FakeWebhooks>;
let told: number;

beforeEach(async () => {
  log.level('silent');
  fake = await startFakeOpenIM();
  for (const userID of ['bot', 'bot-2', 'bob']) {
    fake.world.users.set(userID, { userID, nickname: userID, faceURL: '', appMangerLevel: 1 });
  }
  receiver = await startReceiver();
  receiver.behave(json({ success: true, message: '好的' }));
  alerts = await startReceiver();
  closing = [];
  hooks = new Map();
  told = 0;
});

afterEach(async () => {
  for (const close of closing.toReversed()) await close();
  await Promise.all([receiver.close(), alerts.close(), fake.close()]);
});

/** A program with these bots of the fake server. */
async function startProgram(
  botIds: readonly string[],
  more: Partial<CallbackPluginConfig> = {},
): Promise<void> {
  const port = await freePort();
  const plugin = CallbackPlugin({
    rules: [{ name: 'all', callback: { url: receiver.origin } }],
    alerts: [{ url: alerts.origin, on: ['loop'] }],
    server: { port },
    journal: { store: 'memory' },
    log: { level: 'silent' },
    ...more,
  });
  closing.push(() => plugin.close({ graceMs: 100 }));
  for (const botId of botIds) {
    const puppet = openIMPuppet(fake, { botId, path: `/${botId}` });
    const bot = WechatyBuilder.build({ puppet, name: botId });
    bot.use(plugin);
    await bot.start();
    closing.push(() => bot.stop());
    const hook = createWebhooks({ url: `http://127.0.0.1:${port}/${botId}/${callbackSecret}` });
    closing.push(() => hook.close());
    hooks.set(botId, hook);
  }
  let isServed = false;
  await waitUntil('the server', () => {
    void fetch(`http://127.0.0.1:${port}/healthz`).then(
      () => (isServed = true),
      () => {},
    );
    return isServed;
  });
}

function tell(from: string, to: string, text: string): void {
  told += 1;
  const body = { ...openIMText({ id: `m-${told}`, from, text }), recvID: to };
  hooks.get(to)?.after(command, body);
}

/** Tells the bots of what was said to them, as the server does. */
function passOn(from: number): number {
  const { shown } = fake.world;
  for (const { sendID, recvID } of shown.slice(from)) tell(sendID, recvID, '好的');
  return shown.length;
}

test('bots of one program do not answer each other, and answer people', async () => {
  await startProgram(['bot', 'bot-2']);
  tell('bot', 'bot-2', '你好');
  tell('bot-2', 'bot', '你好');
  await Promise.all([...hooks.values()].map((hook) => hook.idle()));
  tell('bob', 'bot', '在吗');
  tell('bob', 'bot-2', '在吗');
  let passed = 0;
  await waitUntil('both answers', () => {
    passed = passOn(passed);
    return passed >= 2;
  });
  expect(receiver.calls).toHaveLength(2);
  expect(fake.world.shown.map(({ recvID }) => recvID)).toEqual(['bob', 'bob']);
});

test('bots of two programs end their talk at the limit, which is an alert', async () => {
  const loopLimit = { count: 4, every: '10m' };
  await startProgram(['bot'], { loopLimit });
  await startProgram(['bot-2'], { loopLimit });
  tell('bot', 'bot-2', '你好');
  let passed = 0;
  await waitUntil('the alert', () => {
    passed = passOn(passed);
    return alerts.calls.length > 0;
  });
  // Each answered four times; the one that began was answered first, so it is the first to rest.
  expect(fake.world.shown).toHaveLength(8);
  expect(JSON.parse(alerts.calls[0]?.body ?? '')).toMatchObject({
    alert: 'loop',
    status: 'firing',
    details: { botId: 'bot-2', userId: 'bot', conversation: 'bot', count: 4, everyMs: 600_000 },
  });
});
