import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PuppetServer } from 'wechaty-puppet-service';
import { compiled } from '../support/compiled.js';
import { type MockBot, startMockBot } from '../support/mock-bot.js';
import { json, type Receiver, startReceiver } from '../support/receiver.js';
import { waitUntil } from '../support/wait-until.js';

// The `insecure_` prefix makes the built-in certificate hold for the loopback interface.
const token = 'insecure_4fbb8c2e-1d7a-4b5e-9c53-5a0e3c7f2d10';

let receiver: Receiver;
let account: MockBot;
let server: PuppetServer;
let script: ChildProcess;
let folder: string;
let printed = '';

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

beforeAll(async () => {
  receiver = await startReceiver();
  folder = await mkdtemp(join(tmpdir(), 'callback-'));
  const rules = [
    {
      name: 'subscribe',
      keywords: ['订阅'],
      callback: { url: `${receiver.origin}/user/subscribe` },
    },
  ];
  await writeFile(join(folder, '.wechatyrc'), JSON.stringify({ rules }));
  // The account lives in this process, behind a real gRPC server …
  account = await startMockBot();
  const endpoint = `127.0.0.1:${await freePort()}`;
  server = new PuppetServer({ endpoint, puppet: account.puppet, token });
  await server.start();
  // … and the example bot, a process of its own, is its client.
  script = spawn(process.execPath, [compiled('examples/bot.ts')], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      LANG: 'en_US.UTF-8',
      WECHATY_PUPPET: 'wechaty-puppet-service',
      WECHATY_PUPPET_SERVICE_TOKEN: token,
      WECHATY_PUPPET_SERVICE_ENDPOINT: endpoint,
    },
  });
  for (const stream of [script.stdout, script.stderr]) {
    stream?.on('data', (chunk) => {
      printed += String(chunk);
    });
  }
  await waitUntil('the login of the script', () => printed.includes('Logged in'), 25_000);
});

afterAll(async () => {
  script.kill('SIGKILL');
  await server.stop();
  await account.stop();
  await receiver.close();
  await rm(folder, { recursive: true, force: true });
});

test('over gRPC a message becomes a POST and its answer is said in the chat', async () => {
  account.hear(account.contact('wxid_alice', { name: 'Alice' }), '订阅 周报');
  await account.saidSoFar(1, 15_000);
  expect(account.said[0]).toMatchObject({ conversationId: 'wxid_alice', text: 'ok' });
  expect(JSON.parse(receiver.calls[0]?.body ?? '')).toEqual({
    question: '订阅 周报',
    userId: 'wxid_alice',
    isSelf: false,
    payload: {
      type: 7,
      id: expect.any(String),
      text: '订阅 周报',
      talkerId: 'wxid_alice',
      listenerId: 'bot',
      roomId: '',
      timestamp: expect.any(Number),
    },
  });
});

test('over gRPC too, what the puppet has no method for becomes text', async () => {
  const replies = [
    { type: 'miniProgram', appid: 'wx123', title: '商城' },
    { type: 'contact', contactId: 'wxid_bob' },
    { type: 'location', latitude: 23.13, longitude: 113.27, name: '广州' },
    { type: 'text', text: '完' },
  ];
  receiver.behave(json({ success: true, message: '', replies }));
  for (const kind of ['MiniProgram', 'Location']) {
    Object.defineProperty(account.puppet, `messageSend${kind}`, { value: undefined });
  }
  account.puppet.unsupported.add('contact');
  account.contact('wxid_bob', { name: '鲍勃' });
  account.hear(account.contact('wxid_carol', { name: 'Carol' }), '订阅');
  await account.saidSoFar(5, 15_000);
  expect(account.texts().slice(1)).toEqual(['商城', '鲍勃', '广州\n23.13, 113.27', '完']);
});

test('on SIGTERM the script ends by itself with code 0', async () => {
  const exit = once(script, 'exit');
  script.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});
