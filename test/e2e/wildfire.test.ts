import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import type { WildfireOptions } from '../../src/adapters/wildfire/index.js';
import type { CallbackKind } from '../../src/adapters/wildfire/schema/callback-kinds.js';
import {
  CallbackPlugin,
  type CallbackPluginConfig,
  type InstalledCallbackPlugin,
} from '../../src/index.js';
import { runEventTaskSchema } from '../../src/protocol/index.js';
import { freePort, startChild } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import { bodyText, messageBody } from '../support/fake-wildfire/bodies.js';
import { deliver } from '../support/fake-wildfire/delivery.js';
import { FakeWildfire } from '../support/fake-wildfire/fake-wildfire.js';
import {
  type Behaviour,
  body,
  hang,
  json,
  type Receiver,
  startReceiver,
  status,
  trickle,
} from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { waitUntil } from '../support/wait-until.js';
import { callbackPath, wildfirePuppet } from '../support/wildfire-bot.js';

let fake: FakeWildfire;
let receiver: Receiver;
let origin: string;
let bot: WechatyInterface | undefined;
let plugin: InstalledCallbackPlugin | undefined;

beforeEach(async () => {
  log.level('silent');
  fake = await FakeWildfire.start();
  receiver = await startReceiver();
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
});

afterEach(async () => {
  await plugin?.close({ graceMs: 100 });
  await bot?.stop();
  plugin = undefined;
  bot = undefined;
  await receiver.close();
  await fake.close();
});

type RuleInput = Partial<CallbackPluginConfig['rules'][number]>;

/** The robot with the plugin, whose rule calls the receiver. */
async function start(
  rule: RuleInput = {},
  options: Partial<WildfireOptions> = {},
  journal = 'memory',
): Promise<void> {
  plugin = CallbackPlugin({
    rules: [{ name: 'all', callback: { url: receiver.origin }, ...rule }],
    server: { port: Number(new URL(origin).port) },
    journal: { store: journal },
    log: { level: 'silent' },
  });
  bot = WechatyBuilder.build({ puppet: wildfirePuppet(fake, options) });
  bot.use(plugin);
  await bot.start();
  await plugin.ready;
  await served();
}

async function served(): Promise<void> {
  let isServed = false;
  const look = async () => {
    // Refused by method, or before that by address.
    const response = await fetch(urlOf('robot')).catch(() => undefined);
    isServed = response?.status === 405 || response?.status === 401;
  };
  await waitUntil('the server', () => {
    void look();
    return isServed;
  });
}

const urlOf = (kind: CallbackKind) => `${origin}${callbackPath(kind)}`;

/** Alice writes to the robot. */
function write(text: string) {
  const payload = { type: 1, searchableContent: text };
  const conv = { type: 0, target: 'robot' };
  return fake.push(urlOf('robot'), fake.say({ sender: 'alice', conv, payload }).body);
}

const saidByRobot = () =>
  fake.world
    .said()
    .filter(({ sender }) => sender === 'robot')
    .map(({ conv, payload }) => [conv.target, payload.searchableContent]);

test('a message is acknowledged with nothing, and answered in its chat', async () => {
  await start();
  expect(await write('订阅')).toMatchObject({ status: 200, body: '', sent: 1 });
  await waitUntil('the answer', () => saidByRobot().length > 0);
  expect(saidByRobot()).toEqual([['alice', 'ok']]);
  const task = runEventTaskSchema.parse(JSON.parse(receiver.calls[0]?.body ?? ''));
  expect(task).toMatchObject({ question: '订阅', userId: 'alice' });
});

test('what is forwarded and delivered is answered once, to those it was directed at', async () => {
  await start({ reply: { mention: true } });
  fake.world.robots.set('robot', { secret: 'robot-secret', callback: urlOf('robot') });
  const conv = { type: 1, target: 'g1' };
  const payload = { type: 1, searchableContent: '悄悄话' };
  const toUsers = ['robot', 'bob'];
  const urls = { message: urlOf('message') };
  const { outcomes } = deliver(fake, { sender: 'alice', conv, payload, toUsers }, urls);
  expect((await outcomes).map(({ status: one }) => one)).toEqual([200, 200]);
  await deliver(fake, { sender: 'alice', conv, payload }, urls).outcomes;
  await waitUntil('both answers', () => saidByRobot().length > 1);
  const answers = fake.world.said().filter(({ sender }) => sender === 'robot');
  expect(answers.map((answer) => answer.toUsers)).toEqual([['robot', 'bob', 'alice'], []]);
  expect(receiver.calls).toHaveLength(2);
});

test('a quote is one of the server’s own, with all digits of the id', async () => {
  await start({ reply: { quote: true } });
  const conv = { type: 0, target: 'robot' };
  const asked = fake.say({
    sender: 'alice',
    conv,
    payload: { type: 1, searchableContent: '几点开门？' },
  });
  await fake.push(urlOf('robot'), asked.body);
  await waitUntil('the answer', () => saidByRobot().length > 0);
  const said = fake.world.said().find(({ sender }) => sender === 'robot');
  expect(said?.payload).toMatchObject({ type: 1, searchableContent: 'ok' });
  expect(Buffer.from(String(said?.payload.base64edData), 'base64').toString('utf8')).toBe(
    `{"quote":{"u":${asked.uid},"i":"alice","n":"Alice","d":"几点开门？"}}`,
  );
});

test('a card is a rich notification, whichever way it is written', async () => {
  const cards = [
    { title: '请假', description: '张三', lines: [{ key: '天数', value: '2' }], url: 'http://a' },
    {
      card_type: 'text_notice',
      main_title: { title: '周报', desc: '第 8 周' },
      horizontal_content_list: [{ keyname: '提交', value: '5 人' }],
      card_action: { type: 1, url: 'http://b' },
    },
  ];
  const replies = cards.map((card) => ({ type: 'card', card }));
  receiver.behave(json({ success: true, message: '', replies }));
  await start();
  await write('卡片');
  await waitUntil('both', () => robotSays().length > 1);
  const shown = robotSays().map(({ payload }) => [
    payload.type,
    payload.pushContent,
    payload.content,
    JSON.parse(Buffer.from(String(payload.base64edData), 'base64').toString('utf8')) as unknown,
  ]);
  expect(shown).toEqual([
    [12, '请假', '张三', { remark: '', exUrl: 'http://a', datas: [{ key: '天数', value: '2' }] }],
    [
      12,
      '周报',
      '第 8 周',
      { remark: '', exUrl: 'http://b', datas: [{ key: '提交', value: '5 人' }] },
    ],
  ]);
});

const sse = (text: string) => `data: ${text}\n\n`;
const robotSays = () => fake.world.said().filter(({ sender }) => sender === 'robot');
const types = () => robotSays().map(({ payload }) => payload.type);
const onScreen = () => fake.world.screen('alice');
const settled = () =>
  waitUntil('the end', () => onScreen().length > 0 && onScreen().every(({ isOpen }) => !isOpen));

/** An event stream that breaks off when its first words are on the screen. */
const cutOff: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(sse('从前有座山'));
  void waitUntil('some words', () => onScreen().length > 0).then(() => response.socket?.destroy());
};

describe('an event stream', () => {
  const how = { contentType: 'text/event-stream', pauseMs: 40 };
  const pieces = Array.from({ length: 30 }, (_, index) => `第${index}段 🌏。`);

  test('grows in the chat, and ends as one message with all of it', async () => {
    receiver.behave(async (response) => {
      response.writeHead(200, { 'content-type': how.contentType });
      for (const [index, piece] of pieces.entries()) {
        response.write(sse(piece));
        const isShown = () => onScreen()[0]?.text.includes(piece) === true;
        if (index < 6) await waitUntil(piece, isShown);
      }
      response.end();
    });
    await start();
    await write('讲个故事');
    await settled();
    expect(onScreen()).toEqual([{ text: pieces.join(''), isOpen: false }]);
    expect(types().filter((type) => type === 14).length).toBeGreaterThan(4);
    expect(types().at(-1)).toBe(15);
    expect(new Set(robotSays().map(({ payload }) => payload.content)).size).toBe(1);
    expect(receiver.calls).toHaveLength(1);
  });

  test('that is complete at once is said as any other text', async () => {
    receiver.behave(body('text/event-stream', sse('好的')));
    await start();
    await write('好吗');
    await settled();
    expect(onScreen()).toEqual([{ text: '好的', isOpen: false }]);
  });

  test('grows in a group, in the line of the question', async () => {
    receiver.behave(trickle(pieces.map(sse), how));
    await start();
    const payload = { type: 1, searchableContent: '讲个故事' };
    const conv = { type: 1, target: 'g1', line: 3 };
    await fake.push(urlOf('robot'), fake.say({ sender: 'alice', conv, payload }).body);
    await waitUntil('the end', () => types().includes(15));
    expect(new Set(robotSays().map((said) => JSON.stringify(said.conv)))).toEqual(
      new Set([JSON.stringify(conv)]),
    );
    expect(fake.world.screen('g1').at(-1)).toEqual({ text: pieces.join(''), isOpen: false });
  });

  test('that breaks off is ended with what was shown, and a notice', async () => {
    receiver.behave(cutOff);
    await start();
    await write('讲个故事');
    await waitUntil('the notice', () => onScreen().length === 2);
    await settled();
    expect(onScreen()[0]?.text).toBe('从前有座山');
    expect(onScreen()[1]?.text).toContain('回答中断');
    expect(receiver.calls).toHaveLength(1);
  });

  test('whose end comes too late to be said is ended with what was shown', async () => {
    receiver.behave(trickle(pieces.map(sse), { ...how, pauseMs: 60 }));
    await start({ reply: { within: '1s' } });
    await write('讲个故事');
    await settled();
    expect(types().filter((type) => type !== 14)).toEqual([15]);
    expect(onScreen()).toEqual([{ text: pieces.join(''), isOpen: false }]);
  });

  test('goes on after a restart, and is one message', async () => {
    const { path } = temporaryFolder();
    const options = { store: `${path}/streams` };
    const told = pieces.map(sse);
    receiver.behave(trickle(told.slice(0, 15), { ...how, stayOpen: true }), trickle(told, how));
    await start({}, options, `sqlite:${path}/journal.db`);
    await write('讲个故事');
    await waitUntil('some of it', () => (onScreen()[0]?.text.length ?? 0) > 50);
    await plugin?.close({ graceMs: 100 });
    await bot?.stop();
    expect(onScreen()).toMatchObject([{ isOpen: true }]);
    await start({}, options, `sqlite:${path}/journal.db`);
    await settled();
    expect(onScreen()).toEqual([{ text: pieces.join(''), isOpen: false }]);
    expect(types().filter((type) => type === 15)).toHaveLength(1);
    expect(new Set(receiver.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });
});

describe('the censor hook', () => {
  const asked = {
    sender: 'alice',
    conv: { type: 1, target: 'g1' },
    payload: {
      type: 1,
      searchableContent: '@Bob 便宜 广告',
      mentionedType: 1,
      mentionedTarget: ['bob'],
      extra: '{"a":1}',
    },
  };
  const censor = () => fake.censor(urlOf('censor'), asked);
  const rule: RuleInput = { trigger: { on: 'wildfire:censor' }, keywords: ['广告'] };
  const untouched = { ...asked.payload, persistFlag: 3 };

  test('passes what the receiver allows, and what no rule asks about', async () => {
    await start(rule);
    expect(await censor()).toMatchObject(untouched);
    expect(receiver.calls).toHaveLength(1);
    const clean = { ...asked, payload: { type: 1, searchableContent: '你好' } };
    expect(await fake.censor(urlOf('censor'), clean)).toMatchObject({ searchableContent: '你好' });
    expect(receiver.calls).toHaveLength(1);
    expect(saidByRobot()).toEqual([]);
  });

  test('answers a pass with an empty 200, a refusal with 403', async () => {
    await start(rule);
    const text = bodyText(messageBody({ payload: { type: 1, searchableContent: '广告' } }));
    expect(await fake.push(urlOf('censor'), text)).toMatchObject({ status: 200, body: '' });
    receiver.behave(json({ success: false, message: '禁止广告' }));
    expect(await fake.push(urlOf('censor'), text)).toMatchObject({ status: 403, body: '' });
    expect(await censor()).toBe('refused');
  });

  test('replaces the text and keeps every other field', async () => {
    await start(rule);
    const replies = [{ type: 'text', text: '@Bob ***' }];
    receiver.behave(json({ success: true, message: '', replies }));
    expect(await censor()).toEqual({
      ...(await censorUntouched()),
      searchableContent: '@Bob ***',
    });
  });

  /** The payload as it is delivered when nobody objects. */
  async function censorUntouched() {
    const clean = { ...asked, payload: { ...asked.payload, searchableContent: '@Bob 你好' } };
    const delivered = await fake.censor(urlOf('censor'), clean);
    if (typeof delivered === 'string') throw new Error(delivered);
    return delivered;
  }

  test.each([
    ['allow', untouched],
    ['refuse', 'refused'],
  ] as const)(
    'with `onTimeout: %s` a receiver that hangs is not waited for',
    async (onTimeout, outcome) => {
      await start({ ...rule, decide: { deadline: '200ms', onTimeout } });
      receiver.behave(hang);
      const begun = Date.now();
      expect({ outcome: await censor() }).toMatchObject({ outcome });
      expect(Date.now() - begun).toBeLessThan(2000);
    },
  );

  test.each([
    ['ok', body('text/plain', 'ok')],
    ['"ok"', json('ok')],
    ['HTML', body('text/html', '<h1>login</h1>')],
    ['half a body', body('application/json', '{"success":tr')],
    ['500', status(500)],
    ['null', json(null)],
    ['a list', json([])],
  ])('a message survives a receiver that answers %s', async (_what, answer) => {
    await start(rule);
    receiver.behave(answer);
    expect(await censor()).toMatchObject(untouched);
  });
});

async function post(headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const request = { method: 'POST', body: bodyText(messageBody()), headers };
  return (await fetch(urlOf('robot'), request)).status;
}

describe('addresses', () => {
  test('that may call are let in, others are not, whatever secret they have', async () => {
    await start({}, { allow: ['10.0.0.0/8', '127.0.0.1'] });
    expect(await post()).toBe(200);
    await plugin?.close({ graceMs: 100 });
    await bot?.stop();
    await start({}, { allow: '10.0.0.0/8' });
    expect(await post()).toBe(401);
    expect(await post({ 'x-forwarded-for': '10.0.0.5' })).toBe(401);
  });

  test('are told by a proxy that is named', async () => {
    await start({}, { allow: '10.0.0.0/8', proxies: '127.0.0.1' });
    expect(await post({ 'x-forwarded-for': '10.0.0.5' })).toBe(200);
    expect(await post({ 'x-forwarded-for': '10.0.0.5, 192.0.2.1' })).toBe(401);
    expect(await post()).toBe(401);
  });
});

/** Runs a program of the project as its users would. */
function run(script: string, args: readonly string[], cwd: string, env = {}) {
  const all = [compiled(script), ...args];
  return startChild(process.execPath, all, { cwd, env: { LC_ALL: 'C.UTF-8', ...env } });
}

/** Says something to a program, which listens a moment before its bot is logged in. */
async function taken(text: string): Promise<void> {
  await expect.poll(async () => (await write(text)).status).toBe(200);
}

describe('a program', () => {
  test('`start` runs the bots of a configuration', async () => {
    const folder = temporaryFolder();
    folder.write(
      '.wechatyrc',
      JSON.stringify({
        rules: [{ name: 'all', callback: { url: receiver.origin } }],
        adapters: {
          wildfire: {
            server: fake.api.url,
            robot: { id: 'robot', secret: 'robot-secret' },
            callbackSecret: 'nobody-can-guess-this',
          },
        },
        server: { port: Number(new URL(origin).port) },
      }),
    );
    const child = run('src/cli/main.ts', ['start'], folder.path);
    await served();
    await taken('订阅');
    await waitUntil('the answer', () => saidByRobot().length > 0);
    child.kill('SIGTERM');
    expect((await child.ended).code).toBe(0);
  });

  test('that is killed when it has acknowledged a forwarded message hears it after a new start', async () => {
    const folder = temporaryFolder();
    const rules = [
      {
        name: 'all',
        trigger: { on: ['message', 'wildfire:message'] },
        callback: { url: receiver.origin },
      },
    ];
    const adapter = {
      server: fake.api.url,
      robot: { id: 'robot', secret: 'robot-secret' },
      callbackSecret: 'nobody-can-guess-this',
    };
    const server = { port: Number(new URL(origin).port) };
    folder.write('.wechatyrc', JSON.stringify({ rules, adapters: { wildfire: adapter }, server }));
    const first = run('src/cli/main.ts', ['start'], folder.path);
    await served();
    // A bot that was heard of on its own road holds what is forwarded for ten seconds.
    await taken('own road');
    await waitUntil('the answer', () => saidByRobot().length > 0);
    const conv = { type: 0, target: 'robot' };
    const payload = { type: 1, searchableContent: 'forwarded' };
    const { body: text } = fake.say({ sender: 'alice', conv, payload });
    expect(await fake.push(urlOf('message'), text)).toMatchObject({ status: 200 });
    first.kill('SIGKILL');
    expect((await first.ended).signal).toBe('SIGKILL');
    expect(receiver.calls).toHaveLength(1);
    const second = run('src/cli/main.ts', ['start'], folder.path);
    await waitUntil('the message', () => receiver.calls.length > 1);
    expect(receiver.calls[1]?.body).toContain('forwarded');
    second.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
    expect(receiver.calls).toHaveLength(2);
  });

  test('the example bot answers by the rules beside it', async () => {
    const folder = temporaryFolder();
    const rules = [{ name: 'all', callback: { url: receiver.origin } }];
    const server = { port: Number(new URL(origin).port) };
    folder.write('.wechatyrc', JSON.stringify({ rules, server }));
    const child = run('examples/wildfire-bot.ts', [], folder.path, {
      WILDFIRE_SERVER: fake.api.url,
      WILDFIRE_ROBOT_ID: 'robot',
      WILDFIRE_ROBOT_SECRET: 'robot-secret',
      WILDFIRE_CALLBACK_SECRET: 'nobody-can-guess-this',
    });
    await served();
    await taken('订阅');
    await waitUntil('the answer', () => saidByRobot().length > 0);
    child.kill('SIGTERM');
    expect((await child.ended).code).toBe(0);
  });
});
