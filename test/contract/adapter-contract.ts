import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import express from 'express';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import type { Puppet } from 'wechaty-puppet';
import { promiseAcceptance } from '../../src/core/acceptance.js';
import { puppetExtras, type Webhook } from '../../src/core/puppet-extras.js';
import { maxRememberedText } from '../../src/core/remembered.js';
import {
  CallbackPlugin,
  type InstalledCallbackPlugin,
  serveWebhooks,
  type WebhookServer,
  webhookListener,
} from '../../src/index.js';
import { runEventTaskSchema } from '../../src/protocol/index.js';
import { freePort } from '../support/child.js';
import { announceLoneKeeper } from '../support/lone-keeper.js';
import { json, type Receiver, startReceiver } from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { waitUntil } from '../support/wait-until.js';

/** One request of a platform. */
export interface PlatformRequest {
  /** Begins with the path of the webhook; may hold a query. */
  readonly path: string;
  /** Default: POST. */
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request of the platform, where it went, and the body of its answer. */
export interface Exchange {
  readonly origin: string;
  readonly request: PlatformRequest;
  readonly status: number;
  readonly body: string;
}

/** What somebody writes to the bot. */
export interface Written {
  /** Equal ids are one message sent twice. */
  readonly id: string;
  readonly from: string;
  readonly text: string;
}

/** What somebody was told by the platform. */
export interface Told {
  readonly to: string;
  readonly text: string;
}

/** One adapter with its platform. */
export interface AdapterHarness {
  /** A new puppet of the same account, which calls the platform to speak. */
  create(): Puppet;
  /** A text as the platform sends it, genuine in all. Called anew for each repetition. */
  written(message: Written): PlatformRequest;
  /** The same with a signature that does not fit. */
  forged(message: Written): PlatformRequest;
  /** Something genuine that no version of the adapter can know. */
  unknown(id: string): PlatformRequest;
  /** Sees the answer to each request, for platforms that show what is in it. */
  readonly answered?: (exchange: Exchange) => void;
  /** What the platform was told to show, in order. */
  told(): readonly Told[];
  /** What a request without the right secret is answered. Default: 401 without a body. */
  readonly refusal?: { readonly status: number; readonly body: string };
  /** True when the platform sends again what was not acknowledged. */
  readonly repeats: boolean;
  /** The largest body in bytes. */
  readonly maxBytes: number;
  close(): Promise<void>;
}

/** What every adapter must do. */
export function adapterContract(name: string, start: () => Promise<AdapterHarness>): void {
  let harness: AdapterHarness;
  let bots: WechatyInterface[];
  let plugins: InstalledCallbackPlugin[];
  let servers: { close(): Promise<unknown> }[];
  let receiver: Receiver;

  beforeEach(async () => {
    log.level('silent');
    harness = await start();
    receiver = await startReceiver();
    bots = [];
    plugins = [];
    servers = [];
  });

  afterEach(async () => {
    await Promise.all(plugins.map((plugin) => plugin.close({ graceMs: 100 })));
    await Promise.all(bots.map((bot) => bot.stop()));
    await Promise.all(servers.map((server) => server.close()));
    await receiver.close();
    await harness.close();
  });

  async function botOf(puppet: Puppet, prepare?: (bot: WechatyInterface) => void) {
    const bot = WechatyBuilder.build({ puppet });
    bots.push(bot);
    prepare?.(bot);
    await bot.start();
    return bot;
  }

  /** A bot without plugin behind a server, and what it heard. */
  async function plainBot() {
    const puppet = harness.create();
    const heard: string[] = [];
    const bot = await botOf(puppet, (one) => {
      one.on('message', (message) => void heard.push(message.text()));
    });
    const server = await serve(puppet);
    return { puppet, bot, heard, send: sender(server.origin) };
  }

  async function serve(puppet: Puppet): Promise<WebhookServer> {
    const server = await serveWebhooks([puppet], { port: 0 });
    servers.push(server);
    return server;
  }

  /** A bot with the plugin, whose journal is the file `store`. */
  async function callbackBot(store = 'memory', answer = 'ok') {
    receiver.behave(json({ success: true, message: answer }));
    const port = await freePort();
    const plugin = CallbackPlugin({
      rules: [{ name: 'all', keywords: ['订阅'], callback: { url: receiver.origin } }],
      server: { port },
      journal: { store },
      log: { level: 'silent' },
    });
    plugins.push(plugin);
    const puppet = harness.create();
    const bot = await botOf(puppet, (one) => one.use(plugin));
    const origin = `http://127.0.0.1:${port}`;
    await waitUntilServed(origin);
    return { puppet, bot, plugin, send: sender(origin) };
  }

  function sender(origin: string): (request: PlatformRequest) => Promise<Response> {
    return async (request) => {
      const { path, method = 'POST', headers, body } = request;
      const response = await fetch(`${origin}${path}`, { method, headers, body });
      const { status } = response;
      const answer = await response.clone().text();
      harness.answered?.({ origin, request, status, body: answer });
      return response;
    };
  }

  const written = (id: string, text = '你好 🌏') => harness.written({ id, from: 'alice', text });

  describe(`${name}: a bot without plugin`, () => {
    test('hears a message and its answer reaches the platform', async () => {
      const { send, bot } = await plainBot();
      const saying: Promise<unknown>[] = [];
      bot.on('message', (message) => {
        saying.push(message.say(`你说：${message.text()}`));
      });
      expect((await send(written('1'))).status).toBe(200);
      await waitUntil('the answer', () => harness.told().length > 0);
      await Promise.all(saying);
      expect(harness.told()).toEqual([{ to: 'alice', text: '你说：你好 🌏' }]);
    });

    test('hears a message once, delivered at the same time or later', async () => {
      const { send, heard } = await plainBot();
      const together = await Promise.all([1, 2, 3].map(async () => await send(written('1'))));
      together.push(await send(written('1')));
      expect(together.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      await send(written('2', '再见'));
      await waitUntil('both', () => heard.length >= 2);
      expect(heard).toEqual(['你好 🌏', '再见']);
    });

    test('never hears what is not signed as the platform signs', async () => {
      const { send, heard } = await plainBot();
      const response = await send(harness.forged({ id: '1', from: 'mallory', text: '假' }));
      const { refusal = { status: 401, body: '' } } = harness;
      expect({ status: response.status, body: await response.text() }).toEqual(refusal);
      await send(written('2'));
      await waitUntil('the genuine one', () => heard.length > 0);
      expect(heard).toEqual(['你好 🌏']);
    });

    test('refuses other methods and bodies that make no sense, without detail', async () => {
      const { send } = await plainBot();
      const put = await send({ ...written('1'), method: 'PUT' });
      expect([put.status, await put.text()]).toEqual([405, '']);
      expect(put.headers.get('allow')).toContain('POST');
      const empty = await send({ path: pathOf(written('1')), headers: {}, body: '' });
      expect([400, 401]).toContain(empty.status);
      expect(await empty.text()).toBe('');
    });

    test('refuses a body that is too large, also when its length is not told', async () => {
      const { puppet, send } = await plainBot();
      const body = 'x'.repeat(harness.maxBytes + 1);
      expect((await send({ ...written('1'), body })).status).toBe(413);
      const { origin } = await serve(puppet);
      expect(await statusOfEndless(origin, written('1'), harness.maxBytes)).toBe(413);
    });

    test('acknowledges what it does not know, and goes on', async () => {
      const { send, heard } = await plainBot();
      expect((await send(harness.unknown('1'))).status).toBe(200);
      await send(written('2'));
      await waitUntil('the next one', () => heard.length > 0);
    });

    test('answers 503 before the start and after the stop, and hears again when started again', async () => {
      const puppet = harness.create();
      const heard: string[] = [];
      const bot = WechatyBuilder.build({ puppet });
      bots.push(bot);
      bot.on('message', (message) => void heard.push(message.text()));
      const send = sender((await serve(puppet)).origin);
      expect((await send(written('1'))).status).toBe(503);
      await bot.start();
      expect((await send(written('1'))).status).toBe(200);
      await bot.stop();
      expect((await send(written('2'))).status).toBe(503);
      await bot.start();
      expect((await send(written('2', '再见'))).status).toBe(200);
      await waitUntil('both', () => heard.length >= 2);
      expect(heard).toEqual(['你好 🌏', '再见']);
    });

    test('rejects what the platform cannot do as every puppet does', async () => {
      const { puppet } = await plainBot();
      const calls = [puppet.tap('x'), puppet.friendshipAdd('x'), puppet.tagContactDelete('x')];
      for (const call of calls) await expect(call).rejects.toThrow(/Unsupported API/u);
    });

    test('works in a server of Express and in one of Hono', async () => {
      const { puppet, heard } = await plainBot();
      const webhook = webhookOf(puppet);
      const app = express();
      app.use(webhook.path, webhookListener(puppet));
      const expressServer = createServer(app);
      const hono = new Hono();
      hono.all(`${webhook.path}/*`, async (context) => await webhook.handle(context.req.raw));
      const honoServer = createAdaptorServer({ fetch: hono.fetch }) as Server;
      const sends = await Promise.all([expressServer, honoServer].map(listening));
      for (const [index, send] of sends.entries()) {
        expect((await send(written(String(index)))).status).toBe(200);
      }
      await waitUntil('both', () => heard.length >= 2);
    });
  });

  async function listening(server: Server) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push({
      close: async () => {
        server.closeAllConnections();
        server.close();
      },
    });
    return sender(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  describe(`${name}: a bot with CallbackPlugin`, () => {
    test('posts a message to the receiver and says what it answers', async () => {
      const { send } = await callbackBot();
      expect((await send(written('1', '订阅 周报'))).status).toBe(200);
      await waitUntil('the answer', () => harness.told().length > 0);
      expect(harness.told()).toEqual([{ to: 'alice', text: 'ok' }]);
      const task = runEventTaskSchema.parse(JSON.parse(receiver.calls[0]?.body ?? ''));
      expect(task).toMatchObject({ question: '订阅 周报', userId: 'alice', isSelf: false });
    });

    test('posts a long text whole, and remembers its beginning alone', async () => {
      const { send, bot } = await callbackBot();
      const ids: string[] = [];
      bot.on('message', ({ id }) => void ids.push(id));
      const text = `订阅${'周报'.repeat(5000)}`;
      expect((await send(written('1', text))).status).toBe(200);
      await waitUntil('the answer', () => harness.told().length > 0);
      const task = runEventTaskSchema.parse(JSON.parse(receiver.calls[0]?.body ?? ''));
      expect(task.payload?.text === text).toBe(true);
      const remembered = await bot.puppet.messagePayload(ids[0] ?? '');
      expect(remembered.text === text.slice(0, maxRememberedText)).toBe(true);
    });

    test('calls the receiver once for a message that comes again after a restart', async () => {
      const folder = temporaryFolder();
      const store = `sqlite:${folder.path}/journal.db`;
      const first = await callbackBot(store);
      await first.send(written('1', '订阅'));
      await waitUntil('the answer', () => harness.told().length > 0);
      await first.plugin.close({ graceMs: 5000 });
      await first.bot.stop();
      const second = await callbackBot(store);
      expect((await second.send(written('1', '订阅'))).status).toBe(200);
      await second.send(written('2', '订阅 别的'));
      await waitUntil('the other answer', () => harness.told().length > 1);
      expect(receiver.calls).toHaveLength(2);
    });
  });

  describe(`${name}: an event that cannot be kept`, () => {
    test('is not acknowledged to a platform that repeats; else it is held until it can', async () => {
      const { puppet, send, heard } = await plainBot();
      let isBroken = true;
      const keeper = {};
      const unannounce = announceLoneKeeper(puppet, keeper);
      bots[0]?.on('message', () => {
        const tell = promiseAcceptance(keeper);
        tell(isBroken ? { kind: 'failed' } : { kind: 'accepted', speaks: false });
      });
      const { status } = await send(written('1'));
      const { unkept } = puppetExtras(puppet);
      const first = { status, unkept: unkept?.() };
      isBroken = false;
      const again = harness.repeats ? await send(written('1')) : undefined;
      await waitUntil('the event is kept', () => heard.length === 2 && !unkept?.());
      const held = { status: 200, unkept: 1 };
      expect(first).toEqual(harness.repeats ? { status: 503, unkept: undefined } : held);
      expect(again?.status).toBe(harness.repeats ? 200 : undefined);
      unannounce();
    });

    test('is answered before the bot has stopped, however late that is known', async () => {
      const { puppet, send, bot } = await plainBot();
      const keeper = {};
      const unannounce = announceLoneKeeper(puppet, keeper);
      let tell: (() => void) | undefined;
      bot.on('message', () => {
        const promised = promiseAcceptance(keeper);
        tell = () => promised({ kind: 'accepted', speaks: false });
      });
      const response = send(written('1'));
      await waitUntil('the message', () => tell !== undefined);
      const stopped = bot.stop();
      expect((await send(written('2'))).status).toBe(503);
      tell?.();
      expect((await response).status).toBe(200);
      await stopped;
      unannounce();
    });
  });
}

function webhookOf(puppet: Puppet): Webhook {
  const { webhook } = puppetExtras(puppet);
  if (webhook === undefined) throw new Error('The puppet has no webhook.');
  return webhook;
}

async function waitUntilServed(origin: string): Promise<void> {
  let isServed = false;
  const look = async () => {
    const response = await fetch(`${origin}/healthz`).catch(() => undefined);
    isServed = response !== undefined;
  };
  await waitUntil('the server', () => {
    void look();
    return isServed;
  });
}

function pathOf({ path }: PlatformRequest): string {
  return path.split('?')[0] ?? '';
}

/** Sends chunk after chunk without telling a length, until it is answered. */
async function statusOfEndless(origin: string, { path }: PlatformRequest, limit: number) {
  const { port, host } = new URL(origin);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(`POST ${path} HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\n`);
  const chunk = Buffer.alloc(65_536, 'x');
  let sent = 0;
  const feed = setInterval(() => {
    // Not for ever: a program that never answers must fail, not hang.
    if (sent > 4 * limit) return;
    sent += chunk.length;
    socket.write(`${chunk.length.toString(16)}\r\n`);
    socket.write(chunk);
    socket.write('\r\n');
  }, 1);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  clearInterval(feed);
  socket.destroy();
  return Number(answer.toString('latin1').split(' ')[1]);
}
