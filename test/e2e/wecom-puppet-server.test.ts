import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { log, type Message, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import { PuppetServer, PuppetService } from 'wechaty-puppet-service';
import { serveWebhooks, type WebhookServer } from '../../src/index.js';
import { freePort } from '../support/child.js';
import { type FakeWeCom, startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { webhookCaller } from '../support/fake-wecom/webhook/caller.js';
import { waitUntil } from '../support/wait-until.js';
import { callbackKeys, weComPuppet } from '../support/wecom-app.js';

let fake: FakeWeCom;
let grpc: PuppetServer;
let webhooks: WebhookServer;
let bot: WechatyInterface;
let endpoint: string;

// The `insecure_` prefix makes the built-in certificate hold for the loopback interface.
const token = `insecure_${randomUUID()}`;

beforeEach(async () => {
  log.level('silent');
  fake = await startFakeWeCom();
  const puppet = weComPuppet(fake);
  endpoint = `127.0.0.1:${await freePort()}`;
  grpc = new PuppetServer({ endpoint, puppet, token });
  await grpc.start();
  await puppet.start();
  webhooks = await serveWebhooks([puppet], { port: 0 });
});

afterEach(async () => {
  await bot.stop();
  await webhooks.close();
  await grpc.stop();
  await fake.close();
});

test('a bot that is connected by gRPC hears members and answers them', async () => {
  bot = WechatyBuilder.build({ puppet: new PuppetService({ endpoint, token }) });
  const heard: string[] = [];
  let isIn = false;
  bot.on('login', () => {
    isIn = true;
  });
  bot.on('message', async (message: Message) => {
    heard.push(`${message.talker().name()}: ${message.text()}`);
    await message.say('收到');
  });
  await bot.start();
  await waitUntil('the login', () => isIn);
  const wecom = webhookCaller(fake.world, { ...callbackKeys, url: `${webhooks.origin}/wecom` });
  expect((await wecom.say('AliceWang', '你好 🌏')).isTaken).toBe(true);
  await waitUntil('the answer', () => fake.shownTo('AliceWang').length > 0);
  expect(heard).toEqual(['王爱丽: 你好 🌏']);
  expect(fake.shownTo('AliceWang')).toMatchObject([{ content: { content: '收到' } }]);
});
