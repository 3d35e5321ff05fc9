import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import { CallbackPlugin, type InstalledCallbackPlugin } from '../../src/index.js';
import { freePort } from '../support/child.js';
import { type FakeWeCom, startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { type OwnServer, startServer } from '../support/postgres/server.js';
import { hasOwnPostgres } from '../support/postgres.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { waitUntil } from '../support/wait-until.js';
import { weComPuppet, weComRequest, weComText } from '../support/wecom-app.js';

let fake: FakeWeCom;
let receiver: Receiver;
let server: OwnServer;
let origin: string;
let bot: WechatyInterface;
let plugin: InstalledCallbackPlugin;

async function start(): Promise<void> {
  plugin = CallbackPlugin({
    rules: [{ name: 'all', callback: { url: receiver.origin } }],
    server: { port: Number(new URL(origin).port) },
    journal: { store: server.url },
    log: { level: 'silent' },
  });
  bot = WechatyBuilder.build({ puppet: weComPuppet(fake, { passive: 'never' }) });
  bot.use(plugin);
  await bot.start();
  await plugin.ready;
}

/** The status that the platform is answered. */
async function write(id: string, text: string): Promise<number> {
  const { path, ...request } = weComRequest(fake, weComText({ id, from: 'bob', text }));
  const response = await fetch(origin + path, { ...request, method: 'POST' });
  await response.arrayBuffer();
  return response.status;
}

async function health(): Promise<{ readonly journal?: { waiting: number; running: number } }> {
  const response = await fetch(`${origin}/healthz`);
  return (await response.json()) as Awaited<ReturnType<typeof health>>;
}

/** What is said may be said again when PostgreSQL is gone before that is kept. */
async function untilSettled(): Promise<void> {
  await vi.waitFor(
    async () => {
      expect((await health()).journal).toEqual({ waiting: 0, running: 0 });
    },
    { timeout: 90_000, interval: 50 },
  );
}

describe.runIf(hasOwnPostgres)('a bot whose journal is in PostgreSQL', () => {
  beforeEach(async () => {
    log.level('silent');
    fake = await startFakeWeCom();
    receiver = await startReceiver();
    server = await startServer();
    origin = `http://127.0.0.1:${await freePort()}`;
  });

  afterEach(async () => {
    await plugin.close({ graceMs: 100 });
    await bot.stop();
    await receiver.close();
    await fake.close();
    server.remove();
  });

  test('refuses what it cannot keep, lives, and goes on by itself', async () => {
    await start();
    expect(await write('1', '一')).toBe(200);
    await untilSettled();
    await server.stop('immediate');
    expect(await write('2', '二')).toBe(503);
    expect(await write('2', '二')).toBe(503);
    expect(await health()).toMatchObject({ status: 'failing', problems: ['journal-failed'] });
    await server.start();
    expect(await write('2', '二')).toBe(200);
    await waitUntil('the second answer', () => fake.shownTo('bob').length === 2);
    await untilSettled();
    expect(
      receiver.calls.map(({ body }) => (JSON.parse(body) as { question: string }).question),
    ).toEqual(['一', '二']);
    expect(await health()).toMatchObject({ status: 'ok' });
  });

  test('begins while PostgreSQL is away, and works as soon as it is there', async () => {
    await server.stop();
    await start();
    expect(await write('1', '一')).toBe(503);
    await server.start();
    expect(await write('1', '一')).toBe(200);
    await waitUntil('the answer', () => fake.shownTo('bob').length === 1);
  });
});
