import type { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CallbackPlugin,
  type CallbackPluginOptions,
  type InstalledCallbackPlugin,
} from '../../src/index.js';
import { runEventTaskSchema } from '../../src/protocol/index.js';
import { gate } from '../support/gate.js';
import { type MockBot, startMockBot } from '../support/mock-bot.js';
import { notingPino, type PinoLine } from '../support/noting-pino.js';
import { body, hang, json, type Receiver, startReceiver, status } from '../support/receiver.js';
import { waitUntil } from '../support/wait-until.js';

let receiver: Receiver;
let mocks: MockBot[];
let plugins: InstalledCallbackPlugin[];
let folder: string;

beforeEach(async () => {
  receiver = await startReceiver();
  folder = await mkdtemp(join(tmpdir(), 'callback-'));
  mocks = [];
  plugins = [];
});

afterEach(async () => {
  await Promise.all(plugins.map((one) => one.close({ graceMs: 100 })));
  await Promise.all(mocks.map((mock) => mock.stop()));
  await receiver.close();
  await rm(folder, { recursive: true });
});

type RuleInput = Readonly<Record<string, unknown>>;

function rule(more: RuleInput = {}): RuleInput {
  const { callback, ...rest } = more as { callback?: RuleInput };
  return {
    name: 'subscribe',
    keywords: ['订阅'],
    callback: { url: `${receiver.origin}/user/subscribe`, ...callback },
    ...rest,
  };
}

type Config = Parameters<typeof CallbackPlugin>[0];

/** Rules are written as a user without types writes them. */
function plugin(
  config: string | Readonly<Record<string, unknown>>,
  options?: CallbackPluginOptions,
): InstalledCallbackPlugin {
  const made = CallbackPlugin(config as Config, options);
  plugins.push(made);
  return made;
}

async function start(...used: readonly InstalledCallbackPlugin[]): Promise<MockBot> {
  const mock = await startMockBot((bot) => {
    for (const one of used) bot.use(one);
  });
  mocks.push(mock);
  return mock;
}

async function withRules(...rules: readonly RuleInput[]): Promise<MockBot> {
  return await start(plugin({ rules, log: { level: 'silent' } }));
}

const bodies = () => receiver.calls.map((call) => runEventTaskSchema.parse(JSON.parse(call.body)));
const pause = (ms: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

describe('a message that a rule wants', () => {
  test('is posted exactly as the protocol says, and the answer is said in the chat', async () => {
    const mock = await withRules(rule({ callback: { variables: { city: '广州' } } }));
    mock.hear(mock.contact('wxid_alice'), '订阅 周报');
    await mock.saidSoFar(1);

    expect(mock.said).toEqual([
      { kind: 'text', conversationId: 'wxid_alice', text: 'ok', mentionIds: [] },
    ]);
    const [call] = receiver.calls;
    expect(call).toMatchObject({ method: 'POST', path: '/user/subscribe' });
    expect(JSON.parse(call?.body ?? '')).toEqual({
      question: '订阅 周报',
      userId: 'wxid_alice',
      isSelf: false,
      variables: { city: '广州' },
      payload: {
        type: 7,
        id: expect.stringMatching(/.+/u),
        text: '订阅 周报',
        talkerId: 'wxid_alice',
        listenerId: 'bot',
        roomId: '',
        timestamp: expect.closeTo(Date.now() / 1000, -2),
      },
    });
  });

  test('in a room is answered there, without the mention of the bot in the question', async () => {
    receiver.behave(json({ success: true, message: '好的' }));
    const mock = await withRules(rule({ trigger: { mention: 'me' }, reply: { mention: true } }));
    const alice = mock.contact('wxid_alice', { name: 'Alice' });
    const room = mock.room('products', [alice], '产品群');
    mock.hear(alice, '@小助手\u2005订阅 周报', { room, mentions: [mock.self] });
    await mock.saidSoFar(1);

    expect(bodies()[0]).toMatchObject({
      question: '订阅 周报',
      payload: { roomId: room.id, mentionIdList: ['bot'], text: '@小助手\u2005订阅 周报' },
    });
    expect(mock.said[0]).toMatchObject({
      conversationId: room.id,
      mentionIds: ['wxid_alice'],
      text: expect.stringContaining('好的'),
    });
  });

  test('is answered to the end by a puppet that has no such kinds of messages', async () => {
    const replies = [
      { type: 'text', text: '本周：' },
      { type: 'miniProgram', appid: 'wx123', title: '商城' },
      { type: 'contact', contactId: 'wxid_bob' },
      { type: 'location', latitude: 23.13, longitude: 113.27, name: '广州' },
      { type: 'text', text: '完' },
    ];
    receiver.behave(json({ success: true, message: '', replies }));
    const mock = await withRules(rule());
    for (const kind of ['MiniProgram', 'Contact', 'Location']) {
      Object.defineProperty(mock.puppet, `messageSend${kind}`, { value: undefined });
    }
    mock.contact('wxid_bob', { name: '鲍勃' });
    mock.hear(mock.contact('wxid_alice'), '订阅');
    await mock.saidSoFar(5);

    expect(mock.texts()).toEqual(['本周：', '商城', '鲍勃', '广州\n23.13, 113.27', '完']);
    expect(receiver.calls).toHaveLength(1);
    expect(mock.errors).toEqual([]);
  });

  test('carries the key of the rule', async () => {
    const mock = await withRules(rule({ callback: { apiKey: 'k-1' } }));
    mock.hear(mock.contact('alice'), '订阅');
    await mock.saidSoFar(1);
    expect(receiver.calls[0]?.headers.authorization).toBe('Bearer k-1');
  });

  test('is answered in turn: two messages of one talker never overlap', async () => {
    const { opened, open: goOn } = gate();
    receiver.behave(async (response, call) => {
      if (call.body.includes('第一')) await opened;
      const { question } = runEventTaskSchema.parse(JSON.parse(call.body));
      await json({ success: true, message: question })(response, call);
    });
    const mock = await withRules(rule());
    const alice = mock.contact('alice');
    mock.hear(alice, '订阅 第一');
    mock.hear(alice, '订阅 第二');
    mock.hear(mock.contact('bob'), '订阅 别人');
    await mock.saidSoFar(1);
    goOn();
    await mock.saidSoFar(3);
    expect(mock.texts()).toEqual(['订阅 别人', '订阅 第一', '订阅 第二']);
  });

  test('makes a task for every matching rule, in file order, until one says stop', async () => {
    const mock = await withRules(
      rule({ name: 'a', callback: { url: `${receiver.origin}/a` } }),
      rule({ name: 'b', stop: true, callback: { url: `${receiver.origin}/b` } }),
      rule({ name: 'c', callback: { url: `${receiver.origin}/c` } }),
    );
    mock.hear(mock.contact('alice'), '订阅');
    await mock.saidSoFar(2);
    expect(receiver.calls.map((call) => call.path)).toEqual(['/a', '/b']);
  });
});

describe('nothing is posted', () => {
  test.each([
    ['no rule wants the text', '你好'],
    ['the rule is for other kinds of messages', '订阅', { trigger: { types: ['Image'] } }],
    ['the rule is for rooms only', '订阅', { trigger: { in: 'room' } }],
    ['the rule is for other people', '订阅', { users: { contacts: ['bob'] } }],
    ['the rule is disabled', '订阅', { enabled: false }],
  ] as const)('when %s', async (_why, text, more: RuleInput = {}) => {
    const mock = await withRules(rule(more), rule({ name: 'end', keywords: ['结束'] }));
    const alice = mock.contact('alice');
    mock.hear(alice, text);
    mock.hear(alice, '结束');
    await mock.saidSoFar(1);
    expect(bodies().map((task) => task.question)).toEqual(['结束']);
  });

  test('when the bot itself says it, and so the bot never answers itself', async () => {
    const answered = { success: true, message: '已订阅' };
    receiver.behave(json(answered), json({ success: true, message: '好' }));
    const mock = await withRules(rule());
    const heard: string[] = [];
    mock.bot.on('message', (message) => void heard.push(message.text()));
    const alice = mock.contact('alice');
    mock.hear(alice, '订阅');
    await waitUntil('its own words', () => heard.includes('已订阅'));
    // A task of its own words would come before this one.
    mock.hear(alice, '订阅 再次');
    await mock.saidSoFar(2);
    expect(mock.texts()).toEqual(['已订阅', '好']);
    expect(bodies().map((task) => task.question)).toEqual(['订阅', '订阅 再次']);
  });

  test('when the message is history that the account replays', async () => {
    const mock = await withRules(rule());
    const alice = mock.contact('alice');
    const raw = mock.puppet.messageRawPayload.bind(mock.puppet);
    mock.puppet.messageRawPayload = async (id) => {
      const payload = await raw(id);
      return payload.text === '订阅 旧' ? { ...payload, timestamp: Date.now() - 61_000 } : payload;
    };
    mock.hear(alice, '订阅 旧');
    mock.hear(alice, '订阅 新');
    await mock.saidSoFar(1);
    expect(bodies().map((task) => task.question)).toEqual(['订阅 新']);
  });
});

describe('a message of the bot itself', () => {
  test('is posted when a rule asks for it, and answered in that chat', async () => {
    const mock = await withRules(rule({ trigger: { from: 'self' } }));
    mock.self.say('订阅').to(mock.contact('alice'));
    await mock.saidSoFar(1);
    expect(bodies()[0]).toMatchObject({ isSelf: true, userId: 'bot' });
    expect(mock.said[0]).toMatchObject({ conversationId: 'alice', text: 'ok' });
  });
});

describe('cooldowns and limits', () => {
  test('the first of a cooldown goes through, the rest are silent', async () => {
    const cooling = rule({ trigger: { cooldown: { every: '1m', per: 'user' } } });
    const mock = await withRules(cooling, rule({ name: 'end', keywords: ['结束'] }));
    const alice = mock.contact('alice');
    mock.hear(alice, '订阅 一');
    mock.hear(alice, '订阅 二');
    mock.hear(mock.contact('bob'), '订阅 三');
    mock.hear(alice, '结束');
    await mock.saidSoFar(3);
    expect(
      bodies()
        .map((task) => task.question)
        .toSorted(),
    ).toEqual(['订阅 一', '订阅 三', '结束'].toSorted());
  });

  test('a limit says its notice once', async () => {
    const limit = { count: 1, every: '1m', per: 'user', notice: '请稍后再试' };
    const mock = await withRules(
      rule({ trigger: { limit } }),
      rule({ name: 'end', keywords: ['结束'] }),
    );
    const alice = mock.contact('alice');
    for (const text of ['订阅 一', '订阅 二', '订阅 三', '结束']) mock.hear(alice, text);
    await mock.saidSoFar(3);
    expect(mock.texts().toSorted()).toEqual(['ok', 'ok', '请稍后再试']);
    expect(bodies().map((task) => task.question)).toEqual(['订阅 一', '结束']);
  });
});

describe('an event that is no message', () => {
  test('is posted with its name and variables, and answered in the room', async () => {
    receiver.behave(json({ success: true, message: '欢迎！' }));
    const mock = await withRules({
      name: 'welcome',
      trigger: { on: 'room-join' },
      callback: { url: `${receiver.origin}/welcome` },
    });
    const alice = mock.contact('alice');
    const room = mock.room('products', [alice]);
    mock.puppet.emit('room-join', {
      inviteeIdList: ['alice'],
      inviterId: 'bot',
      roomId: room.id,
      timestamp: Math.floor(Date.now() / 1000),
    });
    await mock.saidSoFar(1);
    expect(JSON.parse(receiver.calls[0]?.body ?? '')).toEqual({
      question: 'room-join',
      userId: 'alice',
      isSelf: false,
      variables: { inviterId: 'bot' },
    });
    expect(mock.said[0]).toMatchObject({ conversationId: room.id, text: '欢迎！' });
  });

  test('a logout is posted although the bot is gone', async () => {
    const mock = await withRules({
      name: 'offline',
      trigger: { on: 'logout' },
      callback: { url: `${receiver.origin}/offline` },
    });
    await mock.bot.logout();
    await expect.poll(() => receiver.calls.length).toBe(1);
    expect(bodies()[0]).toMatchObject({ question: 'logout', userId: 'bot' });
  });

  test('an error raised while a task runs makes no further task', async () => {
    receiver.behave(json({ success: true, message: 'ok' }));
    const mock = await withRules(rule(), {
      name: 'errors',
      trigger: { on: 'error' },
      callback: { url: `${receiver.origin}/errors` },
    });
    mock.puppet.refuse = () => {
      void mock.bot.Contact.find({ id: 'nobody' });
    };
    mock.hear(mock.contact('alice'), '订阅');
    await mock.saidSoFar(1);
    await expect.poll(() => mock.errors.length).toBeGreaterThan(0);
    await pause(100);
    expect(receiver.calls.map((call) => call.path)).toEqual(['/user/subscribe']);
  });
});

describe('a receiver that misbehaves', () => {
  test.each([
    ['answers a page of HTML', body('text/html', '<h1>Bad Gateway</h1>')],
    ['answers half a JSON', body('application/json', '{"success":tr')],
    ['answers JSON that is no response', json({ code: 0, data: null })],
    ['redirects', status(302, { location: 'http://127.0.0.1:1/' })],
    ['forbids', status(403, {}, 'CSRF token missing')],
  ])('that %s is never quoted in the chat, and the next message is answered', async (_, bad) => {
    receiver.behave(bad, json({ success: true, message: 'ok' }));
    const mock = await withRules(rule());
    const alice = mock.contact('alice');
    mock.hear(alice, '订阅 一');
    mock.hear(alice, '订阅 二');
    await mock.saidSoFar(1);
    expect(mock.texts()).toEqual(['ok']);
    expect(receiver.calls).toHaveLength(2);
  });

  test('that fails three times and then answers is heard in the end, once', async () => {
    receiver.behave(status(500), status(500), status(500), json({ success: true, message: 'ok' }));
    const mock = await withRules(rule({ callback: { retry: { backoff: '10ms' } } }));
    const alice = mock.contact('alice');
    mock.hear(alice, '订阅');
    await mock.saidSoFar(1);
    expect(receiver.calls).toHaveLength(4);
    expect(new Set(receiver.calls.map((call) => call.headers['webhook-id'])).size).toBe(1);
    // The next task of the conversation is called when the first is at its end.
    mock.hear(alice, '订阅 再次');
    await mock.saidSoFar(2);
    expect(mock.texts()).toEqual(['ok', 'ok']);
    expect(receiver.calls).toHaveLength(5);
  });

  test('that hangs is given up, and the people are told what the rule says', async () => {
    receiver.behave(hang);
    const mock = await withRules(
      rule({ callback: { timeout: '100ms' }, reply: { onFailure: '稍后再试' } }),
    );
    mock.hear(mock.contact('alice'), '订阅');
    await mock.saidSoFar(1);
    expect(mock.texts()).toEqual(['稍后再试']);
    expect(receiver.calls).toHaveLength(1);
  });
});

const file = () => join(folder, '.wechatyrc');
const write = (...rules: readonly RuleInput[]) => writeFile(file(), JSON.stringify({ rules }));
const logged = (lines: readonly PinoLine[], part: string) =>
  waitUntil(part, () => lines.some(({ msg }) => msg.includes(part)), 20_000);

describe('the plugin', () => {
  test('is used before the start without raising an error', async () => {
    const mock = await withRules(rule());
    expect(mock.errors).toEqual([]);
  });

  test('keeps what arrives before its rules are read', async () => {
    await write(rule());
    const late = plugin(file());
    const mock = await startMockBot((bot) => bot.use(late));
    mocks.push(mock);
    mock.hear(mock.contact('alice'), '订阅');
    await mock.saidSoFar(1);
    expect(mock.texts()).toEqual(['ok']);
  });

  test('works on a bot that already runs', async () => {
    const mock = await start();
    mock.bot.use(plugin({ rules: [rule()], log: { level: 'silent' } }));
    mock.hear(mock.contact('alice'), '订阅');
    await mock.saidSoFar(1);
    expect(mock.texts()).toEqual(['ok']);
  });

  test('serves two bots with one runtime', async () => {
    await write(rule());
    const one = await start(plugin(file()));
    const second = plugin(file());
    const two = await startMockBot((bot) => bot.use(second), 'other-bot');
    mocks.push(two);
    one.hear(one.contact('alice'), '订阅');
    two.hear(two.contact('bob'), '订阅');
    await Promise.all([one.saidSoFar(1), two.saidSoFar(1)]);
    expect([one.said[0]?.conversationId, two.said[0]?.conversationId]).toEqual(['alice', 'bob']);
  });

  test('takes changed rules without a restart, and keeps the former when they are bad', async () => {
    await write(rule());
    const { logger, lines } = notingPino();
    const mock = await start(plugin(file(), { logger }));
    const alice = mock.contact('alice');
    mock.hear(alice, '订阅');
    await mock.saidSoFar(1);

    await write(rule({ keywords: ['退订'] }));
    await logged(lines, 'Rules reloaded, in force');
    mock.hear(alice, '退订');
    await mock.saidSoFar(2);

    await writeFile(file(), 'rules: [ {');
    await logged(lines, 'the former ones stay in force');
    mock.hear(alice, '退订 再次');
    await mock.saidSoFar(3);
    expect(bodies().map((task) => task.question)).toEqual(['订阅', '退订', '退订 再次']);
  });

  test('with a broken file leaves the bot running, and works once it is mended', async () => {
    await writeFile(file(), 'rules: [ {');
    const { logger, lines } = notingPino();
    const broken = plugin(file(), { logger });
    const mock = await start(broken);
    const alice = mock.contact('alice');
    await broken.ready;
    mock.hear(alice, '你好');
    expect(mock.bot.isLoggedIn).toBe(true);

    await write(rule());
    await logged(lines, 'in force');
    mock.hear(alice, '订阅');
    await mock.saidSoFar(1);
    expect(mock.texts()).toEqual(['ok']);
  });

  test('without any file leaves the bot running', async () => {
    const nowhere = plugin(join(folder, 'missing.yaml'));
    const mock = await start(nowhere);
    await nowhere.ready;
    const heard: string[] = [];
    mock.bot.on('message', (message) => void heard.push(message.text()));
    mock.hear(mock.contact('alice'), '订阅');
    await waitUntil('the message', () => heard.length > 0);
    expect(mock.said).toEqual([]);
    expect(mock.bot.isLoggedIn).toBe(true);
  });

  test('removes every listener when it is uninstalled, and still says what was accepted', async () => {
    const { opened, open: answer } = gate();
    receiver.behave(async (response, call) => {
      await opened;
      await json({ success: true, message: 'ok' })(response, call);
    });
    const mock = await start();
    const emitter = mock.bot as unknown as EventEmitter;
    const counts = () => emitter.eventNames().map((name) => [name, emitter.listenerCount(name)]);
    const before = counts();
    const uninstall = mock.bot.use(plugin({ rules: [rule()], log: { level: 'silent' } }));
    await plugins[0]?.ready;
    const alice = mock.contact('alice');
    mock.hear(alice, '订阅');
    await expect.poll(() => receiver.calls.length).toBe(1);
    uninstall();
    expect(counts()).toEqual(before);
    answer();
    await mock.saidSoFar(1);
    const heard: string[] = [];
    mock.bot.on('message', (message) => void heard.push(message.text()));
    mock.hear(alice, '订阅');
    await waitUntil('the message', () => heard.includes('订阅'));
    await plugins[0]?.close();
    expect(mock.texts()).toEqual(['ok']);
  });

  test('waits on close for the answers that are on their way', async () => {
    receiver.behave(async (response, call) => {
      await pause(150);
      await json({ success: true, message: 'ok' })(response, call);
    });
    const closing = plugin({ rules: [rule()], log: { level: 'silent' } });
    const mock = await start(closing);
    mock.hear(mock.contact('alice'), '订阅');
    await expect.poll(() => receiver.calls.length).toBe(1);
    await closing.close();
    expect(mock.texts()).toEqual(['ok']);
  });
});
