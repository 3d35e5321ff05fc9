import type { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { WechatyBuilder } from 'wechaty';
import { log } from 'wechaty-puppet';
import { PuppetMock } from 'wechaty-puppet-mock';
import { CallbackPlugin, type InstalledCallbackPlugin } from '../../src/index.js';
import { gate } from '../support/gate.js';
import { type MockBot, startMockBot } from '../support/mock-bot.js';
import { hang, json, type Receiver, startReceiver } from '../support/receiver.js';
import { timed } from '../support/timed.js';
import { waitUntil } from '../support/wait-until.js';

let receiver: Receiver;
let folder: string;
let cleanUp: (() => Promise<unknown>)[];

beforeEach(async () => {
  receiver = await startReceiver();
  folder = await mkdtemp(join(tmpdir(), 'callback-'));
  cleanUp = [];
});

afterEach(async () => {
  for (const clean of cleanUp.toReversed()) await clean();
  await receiver.close();
  await rm(folder, { recursive: true });
});

type Rule = Readonly<Record<string, unknown>>;

const rule = (more: Rule = {}): Rule => ({
  name: 'x',
  keywords: ['x'],
  callback: { url: `${receiver.origin}/x` },
  ...more,
});

function pluginOf(config: unknown): InstalledCallbackPlugin {
  const plugin = CallbackPlugin(config as string);
  cleanUp.push(() => plugin.close({ graceMs: 0 }));
  return plugin;
}

const withRules = (...rules: readonly Rule[]) => pluginOf({ rules, log: { level: 'silent' } });

async function botWith(plugin?: InstalledCallbackPlugin, id = 'bot'): Promise<MockBot> {
  const mock = await startMockBot((bot) => {
    if (plugin) bot.use(plugin);
  }, id);
  cleanUp.push(() => mock.stop());
  return mock;
}

const posted = () =>
  receiver.calls.map((call) => (JSON.parse(call.body) as { question: string }).question);

/** Answers `ok` after a while. */
function slowly(ms: number): void {
  receiver.behave(async (response, call) => {
    await pause(ms);
    await json({ success: true, message: 'ok' })(response, call);
  });
}

const never = () => new Promise<never>(() => {});

describe('a platform that does not answer', () => {
  test('when asked for tags holds up its conversation for seconds, not for ever', async () => {
    const mock = await botWith(withRules(rule({ users: { tags: ['VIP'] } }), rule({ name: 'y' })));
    mock.puppet.tagContactList = never;
    const alice = mock.contact('alice');
    mock.hear(alice, 'x 1');
    await mock.saidSoFar(1, 8000);
    expect(posted()).toEqual(['x 1']);
  });

  test('does not keep close() waiting longer than it was told', timed, async () => {
    const plugin = withRules(rule({ users: { tags: ['VIP'] } }));
    const mock = await botWith(plugin);
    mock.puppet.tagContactList = never;
    mock.hear(mock.contact('alice'), 'x');
    const start = performance.now();
    await plugin.close({ graceMs: 200 });
    expect(performance.now() - start).toBeLessThan(1500);
  });

  test('when a limit says its notice does not hold up what comes behind', async () => {
    const limit = { count: 1, every: '1m', per: 'user', notice: 'slow down' };
    const mock = await botWith(
      withRules(rule({ trigger: { limit } }), rule({ name: 'y', keywords: ['y'] })),
    );
    const alice = mock.contact('alice');
    mock.hear(alice, 'x 1');
    await mock.saidSoFar(1);
    const { opened, open: answer } = gate();
    mock.puppet.messageSendText = () => opened;
    mock.hear(alice, 'x 2');
    mock.hear(alice, 'y 3');
    await expect.poll(posted).toEqual(['x 1', 'y 3']);
    // Otherwise the plugin waits for last words when it is closed.
    answer();
  });
});

describe('closing', () => {
  test('waits for what an uninstalled bot still has to say', async () => {
    slowly(200);
    const plugin = withRules(rule());
    const mock = await botWith();
    const uninstall = mock.bot.use(plugin);
    await plugin.ready;
    mock.hear(mock.contact('alice'), 'x');
    await expect.poll(() => receiver.calls.length).toBe(1);
    uninstall();
    await plugin.close();
    expect(mock.texts()).toEqual(['ok']);
  });

  test('may be asked for twice, and both wait', async () => {
    slowly(200);
    const plugin = withRules(rule());
    const mock = await botWith(plugin);
    mock.hear(mock.contact('alice'), 'x');
    await expect.poll(() => receiver.calls.length).toBe(1);
    void plugin.close();
    await plugin.close();
    expect(mock.texts()).toEqual(['ok']);
  });

  test('takes no longer than it was told when the receiver hangs', timed, async () => {
    receiver.behave(hang);
    const plugin = withRules(rule());
    const mock = await botWith(plugin);
    mock.hear(mock.contact('alice'), 'x');
    await expect.poll(() => receiver.calls.length).toBe(1);
    const start = performance.now();
    await plugin.close({ graceMs: 500 });
    expect(performance.now() - start).toBeLessThan(900);
  });

  test('does not wait for a bot that cannot speak', timed, async () => {
    slowly(300);
    const plugin = withRules(rule());
    const mock = await botWith(plugin);
    mock.hear(mock.contact('alice'), 'x');
    await expect.poll(() => receiver.calls.length).toBe(1);
    await mock.bot.logout();
    const start = performance.now();
    await plugin.close({ graceMs: 5000 });
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('one of two bots, then the plugin, breaks nothing', async () => {
    receiver.behave(hang);
    const plugin = withRules(rule());
    const one = await botWith();
    const uninstall = one.bot.use(plugin);
    const two = await botWith(plugin, 'other');
    await plugin.ready;
    one.hear(one.contact('alice'), 'x');
    two.hear(two.contact('bob'), 'x');
    await expect.poll(() => receiver.calls.length).toBe(2);
    uninstall();
    await plugin.close({ graceMs: 100 });
    expect(one.said).toEqual([]);
  });

  test('an idle plugin does not wait for the bot of another one', timed, async () => {
    receiver.behave(hang);
    const config = { rules: [rule()], log: { level: 'silent' } };
    const [busy, idle] = [pluginOf(config), pluginOf(config)];
    const one = await botWith(busy);
    await botWith(idle, 'other');
    one.hear(one.contact('alice'), 'x');
    await expect.poll(() => receiver.calls.length).toBe(1);
    const start = performance.now();
    await idle.close({ graceMs: 3000 });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('and using again starts anew', async () => {
    const plugin = withRules(rule());
    const mock = await botWith(plugin);
    const alice = mock.contact('alice');
    await plugin.close();
    mock.bot.use(plugin);
    mock.hear(alice, 'x');
    await mock.saidSoFar(1);
    expect(mock.texts()).toEqual(['ok']);
  });
});

describe('an account', () => {
  test('that stops and starts again answers again', async () => {
    const mock = await botWith(withRules(rule()));
    const alice = mock.contact('alice');
    await mock.bot.stop();
    await mock.bot.start();
    mock.puppet.mocker.login(mock.self);
    mock.hear(alice, 'x');
    await mock.saidSoFar(1);
    expect(mock.texts()).toEqual(['ok']);
  });

  test('that logs out while a message is read still posts it, and answers after the login', async () => {
    const mock = await botWith(withRules(rule({ trigger: { in: 'room' } })));
    const alice = mock.contact('alice');
    const room = mock.room('products', [alice]);
    const answer = mock.puppet.roomMemberPayload.bind(mock.puppet);
    const { opened, open: tell } = gate();
    let asked = 0;
    mock.puppet.roomMemberPayload = async (...args) => {
      asked += 1;
      await opened;
      return await answer(...args);
    };
    mock.hear(alice, '@小助手 x 1', { room });
    mock.hear(alice, '@小助手 x 2', { room });
    await waitUntil('both are read', () => asked > 0);
    await mock.bot.logout();
    tell();
    // Long enough to be read to the end while there is no account.
    await pause(100);
    mock.puppet.mocker.login(mock.self);
    await mock.saidSoFar(2);
    expect(posted()).toEqual(['x 1', 'x 2']);
  });

  test('whose logout is told after its next login keeps its voice', async () => {
    const mock = await botWith(withRules(rule()));
    const emitter = mock.bot as unknown as EventEmitter;
    emitter.emit('logout', mock.bot.currentUser, 'late');
    mock.hear(mock.contact('alice'), 'x');
    await mock.saidSoFar(1);
    expect(mock.texts()).toEqual(['ok']);
  });

  test('used by two plugins of one file answers once, and still does when one of them leaves', async () => {
    const file = join(folder, '.wechatyrc');
    await writeFile(file, JSON.stringify({ rules: [rule()], log: { level: 'silent' } }));
    const [first, second] = [pluginOf(file), pluginOf(file)];
    const mock = await botWith(first);
    mock.bot.use(second);
    await second.ready;
    const alice = mock.contact('alice');
    mock.hear(alice, 'x 1');
    await mock.saidSoFar(1);
    await second.close();
    mock.hear(alice, 'x 2');
    await mock.saidSoFar(2);
    expect(posted()).toEqual(['x 1', 'x 2']);
  });
});

describe('the words of the bot itself', () => {
  test.each(['self', 'any'])('are no news for a rule with from: %s', async (from) => {
    receiver.behave(json({ success: true, message: 'x says the bot' }));
    const mock = await botWith(withRules(rule({ trigger: { from } })));
    const heard: string[] = [];
    mock.bot.on('message', (message) => void heard.push(message.text()));
    const alice = mock.contact('alice');
    mock.self.say('x').to(alice);
    await mock.saidSoFar(1);
    await waitUntil('its own words', () => heard.length === 2);
    // If its own words were a task of this conversation, that would come before this one.
    mock.self.say('x, once more').to(alice);
    await mock.saidSoFar(2);
    expect(posted()).toEqual(['x', 'x, once more']);
  });

  test('are news when somebody types them on the account by hand', async () => {
    receiver.behave(json({ success: true, message: 'x says the bot' }));
    const mock = await botWith(withRules(rule({ trigger: { from: 'self' } })));
    const alice = mock.contact('alice');
    mock.self.say('x 1').to(alice);
    await mock.saidSoFar(1);
    mock.self.say('x 2').to(alice);
    await mock.saidSoFar(2);
    expect(posted()).toEqual(['x 1', 'x 2']);
  });

  test('are recognised where an older puppet names the talker otherwise', async () => {
    const mock = await botWith(withRules(rule()));
    const parse = mock.puppet.messageRawPayload.bind(mock.puppet);
    mock.puppet.messageRawPayload = async (id) => {
      const { talkerId, listenerId, ...rest } = await parse(id);
      return { ...rest, fromId: talkerId, toId: listenerId } as never;
    };
    const alice = mock.contact('alice');
    const quiet = console.error;
    // Wechaty complains of such puppets on the console.
    console.error = () => {};
    mock.self.say('x 1').to(alice);
    mock.hear(alice, 'x 2');
    await mock.saidSoFar(1);
    console.error = quiet;
    expect(posted()).toEqual(['x 2']);
    expect(JSON.parse(receiver.calls[0]?.body ?? '')).toMatchObject({
      payload: { talkerId: 'alice', listenerId: 'bot' },
    });
  });
});

describe('what nobody asked for', () => {
  test('an invitation that no rule wants asks nothing and raises no error', async () => {
    const mock = await botWith(withRules(rule()));
    let asked = 0;
    mock.puppet.roomInvitationPayload = async () => {
      asked += 1;
      throw new Error('asked');
    };
    mock.puppet.emit('room-invite', { roomInvitationId: 'i-1' });
    mock.hear(mock.contact('alice'), 'x');
    await mock.saidSoFar(1);
    expect([asked, mock.errors]).toEqual([0, []]);
  });

  test('an error before there is a puppet ends nothing, and is logged when nobody else listens', async () => {
    const lines: string[] = [];
    log.level('info');
    log.enableLogging((_level, text) => lines.push(text ?? ''));
    try {
      const bot = WechatyBuilder.build({ puppet: new PuppetMock() });
      bot.use(pluginOf({ rules: [rule()] }));
      (bot as unknown as EventEmitter).emit('error', new Error('wrong token'));
      expect(lines.join('\n')).toMatch(/wrong token/u);
    } finally {
      log.enableLogging(true);
      log.level('silent');
    }
  });
});

describe('a join that the puppet gives no date', () => {
  test('is one event when told twice, another one later', async () => {
    const mock = await botWith(
      withRules(rule({ keywords: undefined, trigger: { on: 'room-join' } })),
    );
    const alice = mock.contact('alice');
    const room = mock.room('products', [alice]);
    const joined = { inviteeIdList: ['alice'], inviterId: 'bot', roomId: room.id } as never;
    mock.puppet.emit('room-join', joined);
    await mock.saidSoFar(1);
    const now = Date.now.bind(Date);
    vi.spyOn(Date, 'now').mockImplementation(() => now() + 5100);
    onTestFinished(() => void vi.restoreAllMocks());
    mock.puppet.emit('room-join', joined);
    await mock.saidSoFar(2);
    expect(receiver.calls).toHaveLength(2);
  });
});
