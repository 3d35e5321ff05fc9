import { setTimeout as pause } from 'node:timers/promises';
import { FileBox } from 'file-box';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log, type Message, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import type { WeComBotOptions, WeComBotParts } from '../../src/adapters/wecom-bot/index.js';
import {
  buildCard,
  CallbackPlugin,
  type CallbackPluginConfig,
  type InstalledCallbackPlugin,
  type PuppetWeComBot,
  serveWebhooks,
} from '../../src/index.js';
import { runEventTaskSchema } from '../../src/protocol/index.js';
import { freePort } from '../support/child.js';
import { FakeWeComBot } from '../support/fake-wecom-bot/fake-wecom-bot.js';
import { contentOf } from '../support/fake-wecom-bot/screen.js';
import { gate } from '../support/gate.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import {
  breakAfter,
  hang,
  json,
  type Receiver,
  startReceiver,
  trickle,
} from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { timed } from '../support/timed.js';
import { waitUntil } from '../support/wait-until.js';
import { weComBotPuppet } from '../support/wecom-bot.js';

let fake: FakeWeComBot;
let receiver: Receiver;
let bots: WechatyInterface[];
let closing: (() => Promise<unknown>)[];

beforeEach(async () => {
  log.level('silent');
  fake = await new FakeWeComBot({ pollMs: 50 }).start();
  receiver = await startReceiver();
  bots = [];
  closing = [];
});

afterEach(async () => {
  await fake.close();
  await Promise.all(closing.map((close) => close()));
  await Promise.all(bots.map((bot) => bot.stop()));
  await receiver.close();
  expect(fake.faults).toEqual([]);
});

type Rule = Partial<CallbackPluginConfig['rules'][number]>;

interface Wishes {
  readonly options?: Partial<WeComBotOptions>;
  readonly parts?: WeComBotParts;
  readonly rules?: readonly Rule[];
  readonly journal?: string;
}

async function run(puppet: PuppetWeComBot, prepare: (bot: WechatyInterface) => void) {
  const bot = WechatyBuilder.build({ puppet });
  bots.push(bot);
  prepare(bot);
  await bot.start();
  return bot;
}

/** A bot with the plugin, whose rules call the receiver. */
async function callbackBot(wishes: Wishes = {}) {
  const { options, parts, rules = [{}], journal = 'memory' } = wishes;
  const port = await freePort();
  const plugin: InstalledCallbackPlugin = CallbackPlugin({
    rules: rules.map((rule, index) => ({
      name: `rule-${index}`,
      ...rule,
      callback: { url: receiver.origin, timeout: '10m', ...rule.callback },
      reply: typeof rule.reply === 'boolean' ? rule.reply : { within: '1h', ...rule.reply },
    })),
    server: { port },
    journal: { store: journal },
    log: { level: 'silent' },
  });
  const close = () => plugin.close({ graceMs: 100 });
  closing.push(close);
  const puppet = weComBotPuppet(options, parts);
  const bot = await run(puppet, (one) => one.use(plugin));
  fake.url = `http://127.0.0.1:${port}/wecom-bot`;
  await waitUntil('the server', () => {
    void fetch(fake.url, { method: 'PUT' }).then(
      ({ status }) => (status === 405 ? (isServed = port) : 0),
      () => 0,
    );
    return isServed === port;
  });
  return { puppet, bot, plugin, close };
}
let isServed = 0;

/** A bot without plugin. */
async function plainBot(onMessage: (message: Message) => unknown, wishes: Wishes = {}) {
  const puppet = weComBotPuppet(wishes.options, wishes.parts);
  const bot = await run(puppet, (one) => one.on('message', (message) => void onMessage(message)));
  const server = await serveWebhooks([puppet], { port: 0 });
  closing.push(() => server.close());
  fake.url = `${server.origin}/wecom-bot`;
  return { bot, puppet };
}

const finished = (count = 1) =>
  waitUntil(
    'the end of the stream',
    () => {
      const ended = fake.bubbles.filter(({ isFinished }) => isFinished);
      return ended.length >= count;
    },
    30_000,
  );
const tasks = () => receiver.calls.map((call) => runEventTaskSchema.parse(JSON.parse(call.body)));
const streamIdOf = (reply: object | undefined) => (reply as { stream: { id: string } }).stream.id;
const sse = (text: string) => `data: ${text}\n\n`;
/** Every state of a bubble begins with the one before it. */
function expectToGrow(seen: readonly { readonly content: string }[]) {
  const contents = seen.map(({ content }) => content).filter((one) => !one.startsWith('<think>'));
  contents.forEach((content, index) => {
    expect(content.startsWith(contents[index - 1] ?? '')).toBe(true);
  });
}

describe('a message', () => {
  test(
    'is answered at once with a stream that ends when the receiver has answered',
    timed,
    async () => {
      const { opened, open: answer } = gate();
      receiver.behave(async (response, call) => {
        await opened;
        await json({ success: true, message: '你好 🌏' })(response, call);
      });
      await callbackBot();
      const { ms, reply } = await fake.say('在吗');
      answer();
      expect(ms).toBeLessThan(250);
      expect(reply).toMatchObject({ stream: { finish: false, content: '<think></think>' } });
      await finished();
      expect(fake.shown('alice')).toEqual(['你好 🌏']);
    },
  );

  test('shows several replies in one bubble, in order', async () => {
    const replies = ['一', '二', '三'].map((text) => ({ type: 'text', text }));
    receiver.behave(json({ success: true, message: '', replies }));
    await callbackBot();
    await fake.say('数数');
    await finished();
    expect(fake.shown('alice')).toEqual(['一\n\n二\n\n三']);
  });

  test('that no rule wants shows nothing', async () => {
    await callbackBot({ rules: [{ keywords: ['订阅'] }] });
    expect(await fake.say('别的')).toMatchObject({ status: 200 });
    expect(fake.bubbles).toEqual([]);
  });

  test('that is delivered again gets the same stream, and one call', async () => {
    const { opened, open: answer } = gate();
    receiver.behave(async (response, call) => {
      await opened;
      await json({ success: true, message: 'ok' })(response, call);
    });
    await callbackBot();
    const document = fake.messageOf({ msgtype: 'text', text: { content: '在吗' } });
    const replies = await Promise.all([1, 2, 3].map(() => fake.deliver(document, 'message')));
    answer();
    const ids = replies.map(({ reply }) => streamIdOf(reply));
    expect(new Set(ids).size).toBe(1);
    await finished();
    expect([receiver.calls.length, fake.shown('alice')]).toEqual([1, ['ok']]);
  });

  test('that is delivered again after a restart gets the same stream', async () => {
    const options = { store: `${temporaryFolder().path}/streams` };
    receiver.behave(hang);
    const first = await callbackBot({ options });
    const document = fake.messageOf({ msgtype: 'text', text: { content: '在吗' } });
    const before = await fake.deliver(document, 'message');
    await first.close();
    await first.bot.stop();
    await callbackBot({ options });
    const after = await fake.deliver(document, 'message');
    expect(streamIdOf(after.reply)).toBe(streamIdOf(before.reply));
  });

  test('of several rules ends when all of them have answered', async () => {
    receiver.behave(json({ success: true, message: '快' }), async (response, call) => {
      await waitUntil('the quick one', () => fake.shown('alice')[0] === '快');
      await json({ success: true, message: '慢' })(response, call);
    });
    await callbackBot({ rules: [{ order: 'none' }, { order: 'none' }] });
    await fake.say('在吗');
    await finished();
    expect(fake.shown('alice')[0]?.split('\n\n').toSorted()).toEqual(['快', '慢'].toSorted());
  });

  test('to which nothing is said ends with a visible word', async () => {
    receiver.behave(json({ success: true, message: '' }));
    await callbackBot();
    await fake.say('在吗');
    await finished();
    expect(fake.shown('alice')).toEqual(['（没有回复）']);
  });

  test('gets its own answer, however many are open in a chat', async () => {
    const ended = () => fake.bubbles.filter(({ isFinished }) => isFinished).length;
    receiver.behave(async (response, call) => {
      const { question } = runEventTaskSchema.parse(JSON.parse(call.body));
      if (question === '甲') await waitUntil('the others', () => ended() === 2);
      await json({ success: true, message: `答${question}` })(response, call);
    });
    await callbackBot({ rules: [{ order: 'none' }] });
    await Promise.all(['甲', '乙', '丙'].map((text) => fake.say(text)));
    await finished(3);
    expect(fake.shown('alice').toSorted()).toEqual(['答丙', '答乙', '答甲'].toSorted());
  });

  test('shows the waiting text until the answer takes its place', async () => {
    receiver.behave(async (response, call) => {
      await waitUntil('the waiting text', () => fake.shown('alice')[0] === '请稍候');
      await json({ success: true, message: '好了' })(response, call);
    });
    await callbackBot({ rules: [{ reply: { waiting: { after: '200ms', text: '请稍候' } } }] });
    await fake.say('慢');
    await finished();
    expect(fake.bubbles[0]?.seen.map(({ content }) => content)).toEqual([
      '<think></think>',
      '请稍候',
      '好了',
    ]);
  });
});

describe('an event stream', () => {
  test('of 200 chunks grows on the screen and ends complete', async () => {
    await fake.close();
    fake = await new FakeWeComBot({ pollMs: 5 }).start();
    const chunks = Array.from({ length: 200 }, (_, index) => `第${index}段 🌏。`);
    receiver.behave(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const [index, chunk] of chunks.entries()) {
        response.write(sse(chunk));
        const isShown = () => (fake.shown('alice')[0] ?? '').includes(chunk);
        if (index < 120) await waitUntil(chunk, isShown);
      }
      response.end();
    });
    await callbackBot();
    await fake.say('讲个故事');
    await finished();
    const [bubble] = fake.bubbles;
    expect(fake.bubbles).toHaveLength(1);
    expect(bubble && contentOf(bubble)).toBe(chunks.join(''));
    expectToGrow(bubble?.seen ?? []);
    expect(bubble?.seen.length).toBeGreaterThan(100);
    expect(receiver.calls).toHaveLength(1);
  });

  test('goes on after a restart, and is shown once', async () => {
    const { path } = temporaryFolder();
    const chunks = Array.from({ length: 200 }, (_, index) => `第${index}段 🌏。`);
    const told = chunks.map(sse);
    const how = { contentType: 'text/event-stream', pauseMs: 5 };
    receiver.behave(trickle(told.slice(0, 100), { ...how, stayOpen: true }));
    const wishes = { options: { store: `${path}/streams` }, journal: `sqlite:${path}/journal.db` };
    const first = await callbackBot(wishes);
    await fake.say('讲个故事');
    await waitUntil('some of it', () => (fake.shown('alice')[0] ?? '').length > 300);
    await first.close();
    await first.bot.stop();
    receiver.behave(trickle(told, how));
    await callbackBot(wishes);
    await finished();
    expect(fake.shown('alice')).toEqual([chunks.join('')]);
    expectToGrow(fake.bubbles[0]?.seen ?? []);
    const ids = receiver.calls.map(({ headers }) => headers['webhook-id']);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  });

  test('that breaks off ends with a notice, and is not asked for again', async () => {
    const broken = breakAfter(sse('从前有座山'), { 'content-type': 'text/event-stream' });
    receiver.behave(broken, json({ success: true, message: '好' }));
    await callbackBot();
    await fake.say('讲个故事');
    await finished();
    expect(fake.shown('alice')[0]).toMatch(/^从前有座山\n\n（回答中断/u);
    // In a conversation nothing is asked before what came earlier has come to its end.
    await fake.say('再来');
    await finished(2);
    expect(tasks().map(({ question: asked }) => asked)).toEqual(['讲个故事', '再来']);
  });

  test('shows thoughts, and leaves none open', async () => {
    const pieces = ['<think>', '想一想', '</think>', '答案是 42'];
    const how = { contentType: 'text/event-stream', pauseMs: 120 };
    receiver.behave(trickle(pieces.map(sse), how));
    await callbackBot();
    await fake.say('问');
    await finished();
    expect(fake.shown('alice')).toEqual(['<think>想一想</think>答案是 42']);
  });
});

/** Seven minutes go by; the platform polls every few seconds of them, until a stream ends. */
async function passSevenMinutes(clock: ManualClock): Promise<void> {
  for (let second = 0; second < 420; second += 4) {
    const before = fake.pollTimes.length;
    await clock.advance(4000);
    const isPolled = () => fake.pollTimes.length > before || fake.bubbles[0]?.isFinished === true;
    await waitUntil('a poll', isPolled);
  }
}

describe('an answer that does not fit its stream', () => {
  test('comes out whole: what is too long goes out behind it', async () => {
    const line = '一二三四五六七八九十。🌏';
    const text = Array.from({ length: 700 }, (_, index) => `${index} ${line}`).join('\n');
    receiver.behave(json({ success: true, message: text }));
    await callbackBot();
    await fake.say('长');
    await finished(2);
    const [head = '', tail = ''] = fake.shown('alice');
    expect(head.endsWith('（未完，稍后继续）')).toBe(true);
    const whole = `${head.replace(/\n\n（未完，稍后继续）$/u, '')}${tail}`;
    expect(whole.replaceAll(/\s/gu, '')).toBe(text.replaceAll(/\s/gu, ''));
    expect(fake.bubbles.map(({ via }) => via)).toEqual(['stream', 'response_url']);
  });

  test('and comes after seven minutes goes out by response_url, once', async () => {
    const clock = manualClock(Date.now());
    await fake.close();
    fake = await new FakeWeComBot({ clock, pollMs: 1000 }).start();
    const { opened, open: answer } = gate();
    receiver.behave(async (response, call) => {
      await opened;
      await json({ success: true, message: '久等了' })(response, call);
    });
    await callbackBot({ parts: { clock } });
    await fake.say('难题');
    await passSevenMinutes(clock);
    expect(fake.shown('alice')).toEqual(['（未完，稍后继续）']);
    expect(fake.bubbles[0]?.isFinished).toBe(true);
    answer();
    await finished(2);
    expect(fake.shown('alice')).toEqual(['（未完，稍后继续）', '久等了']);
    await clock.advance(5000);
    expect(fake.bubbles.map(({ via }) => via)).toEqual(['stream', 'response_url']);
  });
});

describe('an event stream that takes seven minutes', () => {
  test('shows its beginning in the stream and the rest behind it, each word once', async () => {
    const clock = manualClock(Date.now());
    await fake.close();
    fake = await new FakeWeComBot({ clock, pollMs: 1000 }).start();
    const chunks = Array.from({ length: 200 }, (_, index) => `第${index}段 🌏。`);
    const { opened, open: goOn } = gate();
    let wasHalfSent = false;
    receiver.behave(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const [index, chunk] of chunks.entries()) {
        if (index === 100) {
          wasHalfSent = true;
          await opened;
        }
        response.write(sse(chunk));
        await pause(2);
      }
      response.end();
    });
    await callbackBot({ parts: { clock } });
    await fake.say('讲个故事');
    await waitUntil('half of it', () => wasHalfSent);
    await passSevenMinutes(clock);
    goOn();
    await finished(2);
    const [head = '', tail = ''] = fake.shown('alice');
    expect(head).toBe(`${chunks.slice(0, 100).join('')}\n\n（未完，稍后继续）`);
    expect(tail).toBe(chunks.slice(100).join(''));
    expectToGrow(fake.bubbles[0]?.seen ?? []);
    expect(fake.bubbles.map(({ via }) => via)).toEqual(['stream', 'response_url']);
    expect(receiver.calls).toHaveLength(1);
  });
});

const png = Buffer.from(`\u0089PNG\r\n\u001A\n${'x'.repeat(500)}`, 'latin1');

describe('what people send', () => {
  test('comes as Wechaty messages, with their files decrypted', async () => {
    const heard: Message[] = [];
    await plainBot((message) => heard.push(message));
    const url = fake.upload(png);
    const quote = { msgtype: 'text', text: { content: '昨天的话' } };
    const group = { chatid: 'wrGROUP' };
    await fake.say('@小 助手 订阅 a@b.com', { ...group, quote });
    const mixed = [
      { msgtype: 'text', text: { content: '@小 助手 看图' } },
      { msgtype: 'image', image: { url } },
    ];
    await fake.message({ msgtype: 'mixed', mixed: { msg_item: mixed } }, group);
    await fake.message({ msgtype: 'voice', voice: { content: '语音转文字' } });
    await fake.message({ msgtype: 'file', file: { url } });
    await fake.message({ msgtype: 'image', image: { url } });
    await fake.message({ msgtype: 'video', video: { url } });
    await waitUntil('all', () => heard.length >= 7);
    const lines = heard.map((message) => [message.type(), message.text()]);
    expect(lines).toEqual([
      [7, '「昨天的话」\n- - - - - - - - - - - - - - -\n订阅 a@b.com'],
      [6, ''],
      [7, '看图'],
      [7, '语音转文字'],
      [1, ''],
      [6, ''],
      [15, ''],
    ]);
    expect(heard[0]?.room()?.id).toBe('wrGROUP');
    expect(await heard[0]?.mentionSelf()).toBe(true);
    const file = await heard[4]?.toFileBox();
    expect([file?.name, await file?.toBuffer()]).toEqual(['周报.docx', png]);
  });

  test('is read with raw control characters in it', async () => {
    const heard: string[] = [];
    await plainBot((message) => heard.push(message.text()));
    const document = fake.messageOf({ msgtype: 'text', text: { content: 'A|B' } });
    await fake.deliver(JSON.stringify(document).replace('|', '\n\u0001"'.slice(0, 2)), 'message');
    await waitUntil('the message', () => heard.length > 0);
    expect(heard).toEqual(['A\n\u0001B']);
  });

  test('is answered with an image at the end of the stream', async () => {
    await plainBot(async (message) => {
      await message.say('看：');
      await message.say(FileBox.fromBuffer(png, 'a.png'));
    });
    await fake.say('图');
    await finished();
    expect(fake.bubbles[0]).toMatchObject({ images: 1 });
    expect(fake.shown('alice')).toEqual(['看：']);
  });
});

const question = buildCard.vote({
  main_title: { title: '午饭' },
  checkbox: {
    question_key: 'lunch',
    mode: 1,
    option_list: [
      { id: 'rice', text: '米饭' },
      { id: 'noodles', text: '面条' },
    ],
  },
  submit_button: { text: '提交', key: 'submit' },
  task_id: 'lunch-1',
});

const chosen = (key: string, id: string) => ({
  question_key: key,
  option_ids: { option_id: [id] },
});

describe('a card', () => {
  test('goes out once, beside the text of its answer', async () => {
    const replies = [{ type: 'card', card: question }];
    receiver.behave(json({ success: true, message: '投票：', replies }));
    await callbackBot();
    await fake.say('午饭');
    await finished();
    expect(fake.bubbles).toMatchObject([{ card: { task_id: 'lunch-1' } }]);
    // What were still to come of it would come before the next answer.
    receiver.behave(json({ success: true, message: '好' }));
    await fake.say('谢谢');
    await finished(2);
    expect(fake.bubbles.map(({ card }) => card !== undefined)).toEqual([true, false]);
    expect(fake.shown('alice')).toEqual(['投票：', '好']);
  });

  test('of a task that was used before is not said again, because WeCom would refuse it', async () => {
    const replies = [{ type: 'card', card: question }];
    receiver.behave(json({ success: true, message: '投票：', replies }));
    await callbackBot();
    await fake.say('午饭');
    await finished();
    await fake.say('晚饭');
    await finished(2);
    expect(fake.bubbles.map(({ card }) => card !== undefined)).toEqual([true, false]);
  });

  test('goes out alone when the first word is waited for', async () => {
    receiver.behave(
      json({ success: true, message: '', replies: [{ type: 'card', card: question }] }),
    );
    await callbackBot({ options: { firstWordMs: 2000 } });
    await fake.say('午饭');
    expect(fake.bubbles).toMatchObject([{ via: 'card', card: { task_id: 'lunch-1' } }]);
  });

  const lunch = {
    card_type: 'vote_interaction',
    event_key: 'submit',
    task_id: 'lunch-1',
    selected_items: {
      selected_item: [{ question_key: 'lunch', option_ids: { option_id: ['rice', 'noodles'] } }],
    },
  };
  const onClick: Rule = { trigger: { on: ['wecomBot:template_card_event'] } };

  test('that is clicked is a task with what was chosen, and is replaced by its response', async () => {
    const card = { ...question, main_title: { title: '谢谢' } };
    const update = { type: 'card', card, update: { userIds: ['alice'] } };
    receiver.behave(
      json({ success: true, message: '', replies: [{ type: 'card', card: question }] }),
      json({ success: true, message: '已记录', replies: [update] }),
    );
    await callbackBot({ rules: [{ trigger: { on: ['message'] } }, onClick] });
    await fake.say('午饭');
    await finished();
    const { ms, reply } = await fake.click(lunch);
    expect(ms).toBeLessThan(2000);
    expect(reply).toMatchObject({ response_type: 'update_template_card', userids: ['alice'] });
    expect(tasks()[1]?.variables).toMatchObject({
      event_key: 'submit',
      selected: 'rice,noodles',
      'selected.lunch': 'rice,noodles',
    });
    await finished(2);
    expect(fake.bubbles.map(({ via }) => via)).toEqual(['stream', 'response_url']);
    expect(fake.shown('alice').at(-1)).toBe('已记录');
  });

  test('that is clicked is replaced for everybody who has it', async () => {
    const card = { ...question, main_title: { title: '谢谢' } };
    const update = { type: 'card', card: { ...card, task_id: 'another' }, update: {} };
    receiver.behave(
      json({ success: true, message: '', replies: [{ type: 'card', card: question }] }),
      json({ success: true, message: '', replies: [update] }),
    );
    await callbackBot({ rules: [{ trigger: { on: ['message'] } }, onClick] });
    await fake.say('午饭', { chatid: 'wrGROUP' });
    await finished();
    const { reply } = await fake.click(lunch, { chatid: 'wrGROUP' });
    // Whatever id the receiver wrote, it is that of the clicked card.
    expect(reply).toEqual({ response_type: 'update_template_card', template_card: card });
    expect(fake.bubbles[0]?.card).toEqual(card);
  });

  test('with lists tells what was selected in each', async () => {
    const click = {
      card_type: 'multiple_interaction',
      event_key: 'submit',
      task_id: 'choice-1',
      selected_items: { selected_item: [chosen('size', 'large'), chosen('colour', 'red')] },
    };
    await callbackBot({ rules: [onClick] });
    await fake.click(click);
    await waitUntil('the task', () => receiver.calls.length > 0);
    expect(tasks()[0]?.variables).toMatchObject({
      task_id: 'choice-1',
      card_type: 'multiple_interaction',
      selected: 'large,red',
      'selected.size': 'large',
      'selected.colour': 'red',
    });
  });

  test('that is clicked is answered in time; an update that comes later is lost, words are not', async () => {
    const { opened, open: answer } = gate();
    receiver.behave(async (response, call) => {
      await opened;
      const update = { type: 'card', card: question, update: {} };
      const replies = [{ type: 'text', text: '已记录' }, update];
      await json({ success: true, message: '', replies })(response, call);
    });
    await callbackBot({ rules: [onClick], parts: { timing: { heldMs: 450 } } });
    const { status, ms, reply } = await fake.click(lunch);
    expect([status, reply]).toEqual([200, undefined]);
    expect(ms).toBeLessThan(2000);
    answer();
    await waitUntil('the words', () => fake.bubbles.length > 0, 20_000);
    expect(fake.bubbles.map(({ via }) => via)).toEqual(['response_url']);
    expect(fake.shown('alice')).toEqual(['已记录']);
  });

  test('that is clicked can be put out of use, also after a restart', async () => {
    const { path } = temporaryFolder();
    const options = { store: `${path}/streams`, disableClicked: true };
    receiver.behave(
      json({ success: true, message: '', replies: [{ type: 'card', card: question }] }),
    );
    const first = await callbackBot({ options });
    await fake.say('午饭');
    await finished();
    await first.close();
    await first.bot.stop();
    await callbackBot({ options });
    const { reply } = await fake.click(lunch);
    expect(reply).toMatchObject({
      template_card: { checkbox: { disable: true, option_list: [{ is_checked: true }, {}] } },
    });
  });

  test('that the platform would refuse is not said, and nothing of its response is', async () => {
    const card = { ...question, submit_button: undefined };
    receiver.behave(json({ success: true, message: '投票', replies: [{ type: 'card', card }] }));
    await callbackBot();
    await fake.say('午饭');
    await finished();
    expect(fake.shown('alice')).toEqual(['（没有回复）']);
  });
});

describe('an event', () => {
  const onEnter: Rule = { trigger: { on: ['wecomBot:enter_chat'] } };

  test('of somebody who enters is answered with a welcome in words', async () => {
    receiver.behave(json({ success: true, message: "hello\nI'm RobotA\n" }));
    await callbackBot({ rules: [onEnter] });
    const { reply } = await fake.enter();
    expect(reply).toEqual({ msgtype: 'text', text: { content: "hello\nI'm RobotA\n" } });
  });

  test('of somebody who enters is answered with a card', async () => {
    receiver.behave(
      json({ success: true, message: '', replies: [{ type: 'card', card: question }] }),
    );
    await callbackBot({ rules: [onEnter] });
    await fake.enter();
    expect(fake.bubbles).toMatchObject([{ via: 'card', card: question }]);
  });

  // In real time: all of the 4.5 s that a callback is held.
  test('of somebody who enters is answered in time, whatever the receiver does', async () => {
    receiver.behave(hang);
    await callbackBot({ rules: [onEnter] });
    const { status, ms } = await fake.enter();
    expect(status).toBe(200);
    expect(ms).toBeLessThan(5000);
  });

  test('of thumbs reaches the rules, with the message it is about', async () => {
    const on = ['wecomBot:feedback_event'];
    await callbackBot({
      options: { feedback: true },
      rules: [{ trigger: { on: ['message'] } }, { trigger: { on } }],
    });
    const { reply } = await fake.say('在吗', { msgid: 'M1' });
    expect(reply).toMatchObject({ stream: { feedback: { id: 'M1' } } });
    await finished();
    const judged = { id: 'M1', type: 2, content: '不对', inaccurate_reason_list: [2, 4] };
    expect((await fake.judge(judged)).reply).toBeUndefined();
    await waitUntil('the task', () => receiver.calls.length > 1);
    expect(tasks()[1]?.variables).toMatchObject({
      feedback_id: 'M1',
      feedback: 'inaccurate',
      feedback_text: '不对',
      feedback_reasons: '2,4',
    });
  });
});
