import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { FileBox } from 'file-box';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import type { WeComBotOptions, WeComBotParts } from '../../src/adapters/wecom-bot/index.js';
import { usualTiming } from '../../src/adapters/wecom-bot/timing.js';
import type { Clock } from '../../src/core/clock.js';
import { silentLogger } from '../../src/core/logger.js';
import { buildCard, CallbackPlugin, type CallbackPluginConfig } from '../../src/index.js';
import { connectionKeys, FakeConnection } from '../support/fake-wecom-bot/fake-connection.js';
import { gate } from '../support/gate.js';
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

async function start(
  prepare: (bot: WechatyInterface) => void,
  parts: WeComBotParts = {},
  more: Partial<WeComBotOptions> = {},
) {
  const options = { mode: 'websocket', url: fake.url, ...connectionKeys, ...more } as const;
  const puppet = weComBotPuppet(options, parts);
  const bot = WechatyBuilder.build({ puppet });
  prepare(bot);
  await bot.start();
  closing.push(() => bot.stop());
  await connected();
  return { bot, puppet };
}

type Rule = Partial<CallbackPluginConfig['rules'][number]>;

async function callbackBot(rule: Rule = {}, parts: WeComBotParts = {}) {
  const callback = { url: receiver.origin, timeout: '30m' };
  const reply = { within: '1h' };
  const plugin = CallbackPlugin({
    rules: [{ name: 'all', callback, reply, ...rule }],
    journal: { store: 'memory' },
    log: { level: 'silent' },
  });
  const running = await start((bot) => bot.use(plugin), parts);
  closing.push(() => plugin.close({ graceMs: 100 }));
  return { ...running, plugin };
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
    const { opened, open: answer } = gate();
    receiver.behave(async (response, call) => {
      await opened;
      await json({ success: true, message: '好' })(response, call);
    });
    await callbackBot();
    fake.say('在吗');
    await waitUntil('the stream', () => fake.bubbles.length > 0);
    fake.break();
    await waitUntil('the break', () => !fake.isConnected);
    answer();
    await waitUntil('the answer', () => fake.bubbles.length > 1);
    expect(fake.shown()).toEqual(['<think></think>', '好']);
  });
});

describe('what the connection breaks off behind', () => {
  const warnings: { readonly en: string; readonly code: unknown }[] = [];
  const logger = {
    ...silentLogger,
    warn: ({ en }: { en: string }, { code }: { code?: unknown } = {}) =>
      void warnings.push({ en, code }),
  };
  beforeEach(() => {
    warnings.length = 0;
  });
  const told = () => waitUntil('the warning', () => warnings.some(({ code }) => code === 'closed'));

  test('is the last frame: it is not said again, and the operator is told', async () => {
    receiver.behave(json({ success: true, message: '好' }));
    fake.cutsAfter = (_cmd, { stream }) =>
      (stream as { finish?: boolean } | undefined)?.finish === true;
    await callbackBot({}, { logger });
    fake.say('在吗');
    await told();
    await connected();
    fake.say('还在吗');
    await finished(2);
    expect(fake.shown()).toEqual(['好', '好']);
    expect(warnings.filter(({ en }) => en.includes('nobody knows'))).toHaveLength(1);
  });

  test('is a frame in the middle: what it showed is not said again, the rest is', async () => {
    const { opened, open: goOn } = gate();
    receiver.behave(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 从前有座山，\n\n');
      await opened;
      response.end('data: 山上有座庙。\n\n');
    });
    fake.cutsAfter = (_cmd, { stream }) =>
      (stream as { content?: string } | undefined)?.content === '从前有座山，';
    await callbackBot({}, { logger });
    fake.say('讲个故事');
    await waitUntil('the break', () => fake.shown()[0] === '从前有座山，' && !fake.isConnected);
    await connected();
    goOn();
    await waitUntil('the rest', () => fake.bubbles.length > 1);
    expect(fake.shown()).toEqual(['从前有座山，', '山上有座庙。']);
    await told();
  });

  test('is a card: it is not sent again', async () => {
    const replies = [{ type: 'card', card: question }];
    receiver.behave(json({ success: true, message: '请审批', replies }));
    fake.cutsAfter = (_cmd, { msgtype }) => msgtype === 'template_card';
    await callbackBot({}, { logger });
    fake.say('请假');
    await told();
    await connected();
    receiver.behave(json({ success: true, message: '好' }));
    fake.say('在吗');
    await waitUntil('the next answer', () => fake.shown().includes('好'));
    expect(fake.bodies).toHaveLength(1);
  });

  test('is a late message: it is not sent again', async () => {
    const { opened, open: answer } = gate();
    receiver.behave(async (response, call) => {
      await opened;
      await json({ success: true, message: '好' })(response, call);
    });
    await callbackBot({}, { logger });
    fake.say('在吗');
    await waitUntil('the stream', () => fake.bubbles.length > 0);
    fake.break();
    await waitUntil('the break', () => !fake.isConnected);
    fake.cutsAfter = (cmd) => cmd === 'aibot_send_msg';
    await connected();
    answer();
    await told();
    expect(fake.shown()).toEqual(['<think></think>', '好']);
    expect(warnings.filter(({ en }) => en.includes('nobody knows'))).toHaveLength(1);
  });
});

describe('an answer that is too much for one bubble', () => {
  test('goes on in further bubbles when it is long, and nothing is lost or doubled', async () => {
    const lines = Array.from({ length: 1500 }, (_, index) => `${index} 一二三四五六七八九十。🌏`);
    receiver.behave(json({ success: true, message: lines.join('\n') }));
    await callbackBot();
    fake.say('长');
    await waitUntil('the end', () => fake.shown().join('').includes('1499 '));
    const shown = fake.shown().map((text) => text.replace('\n\n（未完，稍后继续）', ''));
    expect(shown).toHaveLength(4);
    expect(shown.join('\n').split('\n')).toEqual(lines);
    expect(fake.bubbles.every(({ via, isFinished }) => via === 'stream' && isFinished)).toBe(true);
  });

  test('goes on in another bubble before six minutes are over', async () => {
    await fake.close();
    const clock = manualClock(Date.now());
    fake = await new FakeConnection(clock).start();
    const { opened, open: goOn } = gate();
    receiver.behave(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 从前有座山，\n\n');
      await opened;
      response.end('data: 山上有座庙。\n\n');
    });
    await callbackBot({}, { clock });
    fake.say('讲个故事');
    await waitUntil('the first words', () => {
      void clock.advance(300);
      return fake.shown()[0] === '从前有座山，';
    });
    for (let second = 0; second < 331; second += 1) await clock.advance(1000);
    await waitUntil('the first end', () => fake.bubbles[0]?.isFinished === true);
    expect(fake.shown()).toEqual(['从前有座山，\n\n（未完，稍后继续）']);
    goOn();
    await waitUntil('the second end', () => {
      void clock.advance(300);
      return fake.bubbles[1]?.isFinished === true;
    });
    expect(fake.shown()).toEqual(['从前有座山，\n\n（未完，稍后继续）', '山上有座庙。']);
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
    const clock = manualClock(Date.now());
    const errors: string[] = [];
    const logger = { ...silentLogger, error: ({ en }: { en: string }) => void errors.push(en) };
    await callbackBot({}, { clock, logger });
    fake.replace();
    await waitUntil('the end', () => errors.some((line) => line.includes('It stays away')));
    await clock.advance(0);
    // The sweep of answers alone: there is no pause before another try.
    expect([fake.isConnected, clock.sleeping]).toEqual([false, 1]);
    await clock.advance(60_000);
    expect(fake.commands.filter((command) => command === 'aibot_subscribe')).toHaveLength(1);
  });

  test('gives signs of life, and is made anew when they are not answered', async () => {
    const clock = manualClock(Date.now());
    await start(() => {}, { clock, timing: { ackMs: 500 } });
    // The sweep of answers sleeps too.
    const rests = () => waitUntil('the heart', () => clock.sleeping === 2);
    const signs = () => fake.commands.filter((command) => command === 'ping').length;
    for (let sign = 1; sign <= 2; sign += 1) {
      await rests();
      await clock.advance(30_000);
      await waitUntil('a sign', () => signs() === sign);
      // The first is answered.
      if (sign === 1) await rests();
      fake.pongs = false;
    }
    await rests();
    expect(fake.isConnected).toBe(true);
    await clock.advance(30_000);
    await waitUntil('the end', () => !fake.isConnected);
    expect(signs()).toBe(3);
    fake.pongs = true;
    await clock.advance(1000);
    await connected();
    expect(fake.commands.filter((command) => command === 'aibot_subscribe')).toHaveLength(2);
  });

  test('says no more than the platform takes of a conversation in a minute', async () => {
    await fake.close();
    const clock = manualClock(Date.now());
    fake = await new FakeConnection(clock).start();
    const { puppet } = await start(() => {}, { clock });
    await waitUntil('the heart, and the sweep of answers', () => clock.sleeping === 2);
    const saying = Array.from({ length: 35 }, (_, index) =>
      puppet.messageSendText('alice', `第${index}句`),
    );
    await waitUntil('the first', () => fake.bubbles.length === 30);
    await puppet.messageSendText('bob', '另一个会话');
    // Five of them, the sweep of answers and the heart.
    await waitUntil('the others wait', () => clock.sleeping === 7);
    expect(fake.bubbles).toHaveLength(31);
    await clock.advance(60_000);
    await Promise.all(saying);
    expect(fake.shown().filter((text) => text.startsWith('第'))).toHaveLength(35);
  });

  test('is made anew at once when the platform has forgotten it, and says what was refused', async () => {
    const { bot } = await start(() => {});
    const alice = await bot.Contact.find({ id: 'alice' });
    fake.forget();
    await alice?.say('还在吗');
    expect(fake.shown()).toEqual(['还在吗']);
    expect(fake.commands.filter((command) => command === 'aibot_subscribe')).toHaveLength(2);
  });

  test('sends a frame again that the platform was too busy for', async () => {
    receiver.behave(json({ success: true, message: '好' }));
    await callbackBot();
    fake.refusals.push(6000);
    fake.say('在吗');
    await finished();
    expect(fake.bubbles).toMatchObject([{ via: 'stream' }]);
    expect(fake.shown()).toEqual(['好']);
  });

  test('is tried ever more slowly when it does not last', async () => {
    const clock = manualClock(Date.now());
    const pauses: number[] = [];
    const sleep: Clock['sleep'] = (ms, signal) => {
      // The heart of a connection rests too, for half a minute, and the sweep of answers.
      if (ms < 30_000 && ms !== usualTiming.sweepEveryMs) pauses.push(ms);
      return clock.sleep(ms, signal);
    };
    fake.isFlapping = true;
    await start(() => {}, { clock: { ...clock, sleep } });
    const tries = () => fake.commands.filter((command) => command === 'aibot_subscribe').length;
    for (let count = 1; count < 6; count += 1) {
      await waitUntil('a pause', () => pauses.length === count);
      await clock.advance((pauses.at(-1) ?? 0) - 1);
      expect(tries()).toBe(count);
      await clock.advance(1);
      await waitUntil('the next try', () => tries() > count);
    }
    expect(pauses).toEqual([100, 2000, 4000, 8000, 16_000]);
  });

  test('is rarely tried with a secret that the platform refuses', async () => {
    const clock = manualClock(Date.now());
    const puppet = weComBotPuppet(
      { mode: 'websocket', url: fake.url, ...connectionKeys, secret: 'wrong' },
      { clock },
    );
    await puppet.start();
    closing.push(() => puppet.stop());
    for (let minute = 0; minute < 60; minute += 1) {
      // The sweep of answers, and the pause before the next try.
      await waitUntil('a pause', () => clock.sleeping === 2);
      await clock.advance(60_000);
    }
    const tries = fake.commands.filter((command) => command === 'aibot_subscribe').length;
    expect(tries).toBeGreaterThan(5);
    expect(tries).toBeLessThan(20);
  });

  test('is read with raw control characters in it', async () => {
    const heard: string[] = [];
    await start((bot) => bot.on('message', (message) => void heard.push(message.text())));
    fake.raw = (text) => text.replace('|', '\u0001');
    fake.say('A|B');
    await waitUntil('the message', () => heard.length > 0);
    expect(heard).toEqual(['A\u0001B']);
  });

  test('shows what is complete before the bot stops', async () => {
    receiver.behave(json({ success: true, message: '再见' }));
    const { plugin, bot } = await callbackBot();
    fake.say('在吗');
    await waitUntil('the call', () => receiver.calls.length > 0);
    await plugin.close({ graceMs: 5000 });
    await bot.stop();
    expect(fake.shown()).toEqual(['再见']);
    expect(fake.bubbles[0]?.isFinished).toBe(true);
  });

  test('is given up at once when the bot stops, though nobody answers', async () => {
    const deaf = createServer().listen(0, '127.0.0.1');
    await once(deaf, 'listening');
    closing.push(() => new Promise((resolve) => deaf.close(resolve)));
    const { port } = deaf.address() as AddressInfo;
    const url = `ws://127.0.0.1:${port}`;
    const puppet = weComBotPuppet({ mode: 'websocket', url, ...connectionKeys });
    const connecting = once(deaf, 'connection');
    await puppet.start();
    await connecting;
    const begin = performance.now();
    await puppet.stop();
    expect(performance.now() - begin).toBeLessThan(1000);
  });

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
