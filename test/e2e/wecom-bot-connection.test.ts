import { setTimeout as pause } from 'node:timers/promises';
import { FileBox } from 'file-box';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import type { WeComBotParts } from '../../src/adapters/wecom-bot/index.js';
import { buildCard, CallbackPlugin, type CallbackPluginConfig } from '../../src/index.js';
import { connectionKeys, FakeConnection } from '../support/fake-wecom-bot/fake-connection.js';
import { manualClock } from '../support/manual-clock.js';
import { json, type Receiver, startReceiver, trickle } from '../support/receiver.js';
import { waitUntil } from '../support/wait-until.js';
import { weComBotPuppet } from '../support/wecom-bot.js';

let fake: FakeConnection;
let receiver: Receiver;
let closing: (() => Promise<unknown>)[];

beforeEach(async () => {
  log.level('silent');
  fake = await new FakeConnection().start();
  receiver = await startReceiver();
  closing = [];
});
afterEach(async () => {
  for (const close of closing.toReversed()) await close();
  await fake.close();
  await receiver.close();
  expect(fake.faults).toEqual([]);
});

const connected = () => waitUntil('the connection', () => fake.isConnected);
const finished = (count = 1) =>
  waitUntil('the end', () => fake.bubbles.filter((each) => each.isFinished).length >= count);

async function start(prepare: (bot: WechatyInterface) => void, parts: WeComBotParts = {}) {
  const options = { mode: 'websocket', url: fake.url, ...connectionKeys } as const;
  const puppet = weComBotPuppet(options, parts);
  const bot = WechatyBuilder.build({ puppet });
  prepare(bot);
  await bot.start();
  closing.push(() => bot.stop());
  await connected();
  return { bot, puppet };
}

async function callbackBot(rule: Partial<CallbackPluginConfig['rules'][number]> = {}) {
  const plugin = CallbackPlugin({
    rules: [{ name: 'all', callback: { url: receiver.origin }, ...rule }],
    journal: { store: 'memory' },
    log: { level: 'silent' },
  });
  const running = await start((bot) => bot.use(plugin));
  closing.push(() => plugin.close({ graceMs: 100 }));
  return running;
}

const question = buildCard.buttons({
  main_title: { title: '审批' },
  button_list: [{ text: '同意', key: 'yes' }],
  task_id: 'leave-1',
});

describe('a message over the long connection', () => {
  test('is answered with a stream that grows and ends complete', async () => {
    const chunks = Array.from({ length: 20 }, (_, index) => `第${index}段。`);
    const sse = chunks.map((chunk) => `data: ${chunk}\n\n`);
    receiver.behave(trickle(sse, { contentType: 'text/event-stream', pauseMs: 80 }));
    fake.ackMs = 50;
    await callbackBot();
    fake.say('讲个故事');
    await finished();
    expect(fake.shown()).toEqual([chunks.join('')]);
    expect(fake.bubbles[0]?.seen.length).toBeGreaterThan(3);
  });

  test('gets a card of its own beside the stream', async () => {
    const replies = [{ type: 'card', card: question }];
    receiver.behave(json({ success: true, message: '请审批', replies }));
    await callbackBot();
    fake.say('请假');
    await finished();
    await waitUntil('the card', () => fake.bodies.length > 0);
    expect(fake.shown()).toEqual(['请审批']);
    expect(fake.bodies).toMatchObject([{ cmd: 'aibot_respond_msg', template_card: question }]);
  });

  test('that breaks in its middle goes on as a message of its own', async () => {
    receiver.behave(async (response, call) => {
      await pause(600);
      await json({ success: true, message: '好' })(response, call);
    });
    await callbackBot();
    fake.say('在吗');
    await waitUntil('the stream', () => fake.bubbles.length > 0);
    fake.break();
    await waitUntil('the answer', () => fake.bubbles.length > 1);
    expect(fake.shown()).toEqual(['<think></think>', '好']);
  });
});

describe('an event over the long connection', () => {
  test('of somebody who enters is welcomed', async () => {
    receiver.behave(json({ success: true, message: '欢迎' }));
    await callbackBot({ trigger: { on: ['wecomBot:enter_chat'] } });
    fake.tell({ eventtype: 'enter_chat' });
    await waitUntil('the welcome', () => fake.bodies.length > 0);
    const text = { content: '欢迎' };
    expect(fake.bodies).toEqual([{ cmd: 'aibot_respond_welcome_msg', msgtype: 'text', text }]);
  });

  test('of a click is answered with the new card', async () => {
    const replies = [{ type: 'card', card: question, update: {} }];
    receiver.behave(json({ success: true, message: '', replies }));
    await callbackBot({ trigger: { on: ['wecomBot:template_card_event'] } });
    const click = { card_type: 'button_interaction', event_key: 'yes', task_id: 'leave-1' };
    fake.tell({ eventtype: 'template_card_event', template_card_event: click });
    await waitUntil('the update', () => fake.bodies.length > 0);
    expect(fake.bodies).toMatchObject([
      { cmd: 'aibot_respond_update_msg', response_type: 'update_template_card' },
    ]);
  });
});

describe('the long connection', () => {
  test('comes back after a break and hears again', async () => {
    await callbackBot();
    fake.break();
    await waitUntil('the break', () => !fake.isConnected);
    await connected();
    fake.say('在吗');
    await finished();
    expect(fake.shown()).toEqual(['ok']);
  });

  test('stays away when another program took its place', async () => {
    await callbackBot();
    fake.replace();
    await waitUntil('the end', () => !fake.isConnected);
    // Longer than it waits before it connects again otherwise.
    await pause(1500);
    expect(fake.commands.filter((command) => command === 'aibot_subscribe')).toHaveLength(1);
  });

  test('gives signs of life, and is made anew when they are not answered', async () => {
    const clock = manualClock(Date.now());
    await start(() => {}, { clock });
    await clock.advance(30_000);
    await waitUntil('a sign', () => fake.commands.includes('ping'));
    await pause(100);
    fake.pongs = false;
    for (let missed = 0; missed < 2; missed += 1) {
      await clock.advance(30_000);
      await pause(5200);
    }
    await waitUntil('the end', () => !fake.isConnected);
    fake.pongs = true;
    await clock.advance(1000);
    await connected();
    expect(fake.commands.filter((command) => command === 'aibot_subscribe')).toHaveLength(2);
  }, 30_000);

  test('says what nobody asked for, and files of any kind', async () => {
    const { bot } = await start(() => {});
    const alice = await bot.Contact.find({ id: 'alice' });
    await alice?.say('早上好');
    const bytes = Buffer.alloc(700_000, 'x');
    await alice?.say(FileBox.fromBuffer(bytes, '周报.pdf'));
    expect(fake.shown()).toEqual(['早上好']);
    expect(fake.bodies).toMatchObject([{ chatid: 'alice', msgtype: 'file' }]);
    expect(fake.uploaded.equals(bytes)).toBe(true);
  });
});
