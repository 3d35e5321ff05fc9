import type { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WechatyInterface } from 'wechaty/impls';
import { types } from 'wechaty-puppet';
import type { PuppetMock } from 'wechaty-puppet-mock';
import { type Acceptance, emitForAcceptance } from '../../src/core/acceptance.js';
import { type PlatformEvent, platformEventName } from '../../src/core/platform-event.js';
import { type PuppetExtras, setPuppetExtras } from '../../src/core/puppet-extras.js';
import { CallbackPlugin, type InstalledCallbackPlugin } from '../../src/index.js';
import { freePort } from '../support/child.js';
import { type MockBot, startMockBot } from '../support/mock-bot.js';
import { hang, type Receiver, startReceiver } from '../support/receiver.js';
import { waitUntil } from '../support/wait-until.js';

let receiver: Receiver;
let mock: MockBot;
let plugin: InstalledCallbackPlugin;

beforeEach(async () => {
  receiver = await startReceiver();
});

afterEach(async () => {
  await plugin.close({ graceMs: 100 });
  await mock.stop();
  await receiver.close();
});

async function start(rule: object, more: object = {}): Promise<void> {
  const callback = { url: receiver.origin };
  plugin = CallbackPlugin({
    rules: [{ name: 'one', callback, ...rule }],
    log: { level: 'silent' },
    ...more,
  });
  mock = await startMockBot((bot) => {
    bot.use(plugin);
  });
}

let lastId = 0;

/** Lets a message reach the bot as an adapter does. */
function arrive(text: string, ageMs = 0): Promise<Acceptance> {
  const { mocker } = mock.puppet as PuppetMock;
  const id = `message-${(lastId += 1)}`;
  if (!mocker.cacheContactPayload.has('alice')) mock.contact('alice');
  mocker.cacheMessagePayload.set(id, {
    id,
    type: types.Message.Text,
    text,
    talkerId: 'alice',
    listenerId: mock.self.id,
    timestamp: Date.now() - ageMs,
  });
  return emitForAcceptance(mock.puppet, () => mock.puppet.emit('message', { messageId: id }));
}

test('a puppet learns whether its message was kept, and whether something may be said', async () => {
  await start({ keywords: ['订阅'] });
  const tasks = [expect.any(String)];
  expect(await arrive('订阅 周报')).toEqual({ kind: 'accepted', speaks: true, tasks });
  expect(await arrive('别的')).toEqual({ kind: 'ignored' });
  await mock.saidSoFar(1);
});

test('it is told at once, not when the receiver has answered', async () => {
  receiver.behave(hang);
  await start({ keywords: ['订阅'], reply: false });
  const begin = Date.now();
  expect(await arrive('订阅')).toEqual({ kind: 'accepted', speaks: false });
  expect(Date.now() - begin).toBeLessThan(1000);
});

test('an old message is ignored, unless the platform repeats by id', async () => {
  await start({});
  expect(await arrive('旧消息', 3_600_000)).toEqual({ kind: 'ignored' });
  await plugin.close();
  await mock.stop();
  plugin = CallbackPlugin({
    rules: [{ name: 'one', callback: { url: receiver.origin } }],
    log: { level: 'silent' },
  });
  mock = await botWith({ repeatsById: true });
  expect(await arrive('旧消息', 3_600_000)).toMatchObject({ kind: 'accepted', speaks: true });
});

const departmentCreated: PlatformEvent = {
  name: 'wecom:change_contact/create_party',
  id: 'event-1',
  variables: { Id: '007', Name: '研发部' },
  raw: '{"Id":"007"}',
};

test('a platform event sets off the rules that name it, once', async () => {
  await start({ trigger: { on: departmentCreated.name }, callback: { url: receiver.origin } });
  const emit = () =>
    emitForAcceptance(mock.puppet, () =>
      (mock.puppet as unknown as EventEmitter).emit(platformEventName, departmentCreated),
    );
  const tasks = [expect.any(String)];
  expect(await emit()).toEqual({ kind: 'accepted', speaks: true, tasks });
  // The task is known by now: nobody will tell its end once more.
  expect(await emit()).toEqual({ kind: 'accepted', speaks: true, tasks: [] });
  await waitUntil('a call', () => receiver.calls.length > 0);
  expect(receiver.calls.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    {
      question: departmentCreated.name,
      userId: 'bot',
      isSelf: false,
      variables: { Id: '007', Name: '研发部', raw: '{"Id":"007"}' },
    },
  ]);
  expect(mock.said).toEqual([]);
});

test('what a rule answers to a platform event of a chat is said there', async () => {
  await start({ trigger: { on: 'wecom:enter_agent' } });
  mock.contact('alice');
  const event: PlatformEvent = {
    name: 'wecom:enter_agent',
    id: 'event-2',
    userId: 'alice',
    conversation: { kind: 'contact', id: 'alice' },
    variables: {},
    raw: '{}',
  };
  (mock.puppet as unknown as EventEmitter).emit(platformEventName, event);
  expect(await mock.saidSoFar(1)).toMatchObject([{ conversationId: 'alice', text: 'ok' }]);
});

/** A bot whose puppet has extras from the start, as puppets of ours have. */
async function botWith(
  extras: PuppetExtras,
  use: (bot: WechatyInterface) => void = (bot) => bot.use(plugin),
  selfId = 'bot',
): Promise<MockBot> {
  return await startMockBot((bot) => {
    (bot as unknown as EventEmitter).on('puppet', (puppet: object) => {
      setPuppetExtras(puppet, extras);
    });
    use(bot);
  }, selfId);
}

async function handle(request: Request): Promise<Response> {
  return new Response(`got ${await request.text()}`);
}

test('the webhook of a puppet is offered while a bot uses it; afterwards it answers 503', async () => {
  const port = await freePort();
  plugin = CallbackPlugin({
    rules: [{ name: 'one', callback: { url: receiver.origin } }],
    server: { port },
    log: { level: 'silent' },
  });
  mock = await botWith({ webhook: { path: '/wecom', handle } });
  const uninstalls: (() => void)[] = [];
  const use = (bot: WechatyInterface) => void uninstalls.push(plugin(bot));
  const other = await botWith({ webhook: { path: '/other', handle } }, use, 'other');
  const post = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: 'x' });
    return [response.status, await response.text()];
  };
  await vi.waitUntil(async () => await post('/wecom').catch(() => undefined));

  expect(await post('/wecom')).toEqual([200, 'got x']);
  expect(await post('/other?a=b')).toEqual([200, 'got x']);
  // Some platforms add the name of the event to the path.
  expect(await post('/wecom/below')).toEqual([200, 'got x']);
  expect((await post('/wecomother'))[0]).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);

  for (const uninstall of uninstalls) uninstall();
  expect(await post('/other')).toEqual([503, '']);
  await other.stop();
});
