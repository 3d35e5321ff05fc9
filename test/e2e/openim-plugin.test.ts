import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import type { OpenIMOptions } from '../../src/adapters/openim/index.js';
import { CallbackPlugin } from '../../src/index.js';
import { createSqliteJournal } from '../../src/journal/open-sqlite.js';
import { runEventTaskSchema } from '../../src/protocol/index.js';
import { freePort } from '../support/child.js';
import { type FakeOpenIM, startFakeOpenIM } from '../support/fake-openim/fake-openim.js';
import { createWebhooks, type FakeWebhooks } from '../support/fake-openim/webhooks.js';
import { callbackSecret, openIMPuppet } from '../support/openim-bot.js';
import { callbackBodies } from '../support/openim-callbacks.js';
import { documentedAnswer, documentedRequest } from '../support/openim-page.js';
import { hang, json, type Receiver, startReceiver, status } from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { timed } from '../support/timed.js';
import { waitUntil } from '../support/wait-until.js';

const beforeSingle = 'callbackBeforeSendSingleMsgCommand';
const beforeGroup = 'callbackBeforeSendGroupMsgCommand';
const beforeModify = 'callbackBeforeMsgModifyCommand';
const afterSingle = 'callbackAfterSendSingleMsgCommand';

let fake: FakeOpenIM;
let receiver: Receiver;
let closing: (() => unknown)[];

beforeEach(async () => {
  log.level('silent');
  fake = await startFakeOpenIM();
  receiver = await startReceiver();
  closing = [];
});

afterEach(async () => {
  for (const close of closing.toReversed()) await close();
  await receiver.close();
  await fake.close();
});

/** A bot with the plugin, and the server's way to its webhook. */
async function start(
  rules: readonly object[],
  options: Partial<OpenIMOptions> = {},
  store = 'memory',
) {
  const port = await freePort();
  const plugin = CallbackPlugin({
    rules: rules.map((rule, index) => ({
      name: `rule-${index}`,
      callback: { url: `${receiver.origin}/${index}` },
      ...rule,
    })),
    server: { port },
    journal: { store },
    log: { level: 'silent' },
  });
  closing.push(() => plugin.close({ graceMs: 100 }));
  const bot = WechatyBuilder.build({ puppet: openIMPuppet(fake, options) });
  bot.use(plugin);
  await bot.start();
  closing.push(() => bot.stop());
  const url = `http://127.0.0.1:${port}/openim/${callbackSecret}`;
  const hooks = createWebhooks({ url });
  closing.push(() => hooks.close());
  let isServed = false;
  await waitUntil('the server', () => {
    void fetch(`http://127.0.0.1:${port}/healthz`).then(
      () => (isServed = true),
      () => {},
    );
    return isServed;
  });
  return { url, hooks, plugin };
}

/** A message of Alice's that waits for permission. */
function asked(content: string, more: object = {}): object {
  const single = callbackBodies[beforeSingle];
  return { ...single, content: JSON.stringify({ content }), ...more };
}

const askedInGroup = (content: string) =>
  asked(content, { ...callbackBodies[beforeGroup], content: JSON.stringify({ content }) });

const tasks = () => receiver.calls.map(({ body }) => runEventTaskSchema.parse(JSON.parse(body)));
const goesOn = { kind: 'go-on', reply: documentedAnswer };
const refusal = (errMsg: string) => ({ kind: 'refused', errCode: 5001, errMsg });

describe('a message as the documentation shows it', () => {
  test('is answered as it shows, and brought to the receiver', async () => {
    for (const userID of ['user123', 'user456']) {
      fake.world.users.set(userID, { userID, nickname: '', faceURL: '', appMangerLevel: 1 });
    }
    const { url } = await start([{ keywords: ['how are you'] }], { botId: 'user456' });
    const response = await fetch(`${url}/${afterSingle}?contenttype=json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: documentedRequest,
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(documentedAnswer);
    await waitUntil('the answer', () => fake.world.shown.length > 0);
    expect(fake.world.shown[0]).toMatchObject({ recvID: 'user123', content: { content: 'ok' } });
    expect(tasks()).toEqual([
      {
        question: 'Hello, how are you?',
        userId: 'user123',
        isSelf: false,
        payload: {
          type: 7,
          id: 'clientMsg123',
          text: 'Hello, how are you?',
          talkerId: 'user123',
          listenerId: 'user456',
          roomId: '',
          timestamp: 1_673_048_592,
        },
      },
    ]);
  });
});

describe('a rule for what the server asks about', () => {
  const both = { trigger: { on: [`openim:${beforeSingle}`, `openim:${beforeGroup}`] } };

  test('refuses with the words of the receiver, in private and in groups', async () => {
    receiver.behave(json({ success: false, message: '禁止广告 / no ads' }));
    const { hooks } = await start([both], { refusalCode: 6001 });
    const refused = { kind: 'refused', errCode: 6001, errMsg: '禁止广告 / no ads' };
    expect(await hooks.before(beforeSingle, asked('广告'))).toEqual(refused);
    expect(await hooks.before(beforeGroup, askedInGroup('广告'))).toEqual(refused);
    expect(tasks()).toMatchObject([
      { question: '广告', userId: 'alice', payload: { roomId: '', listenerId: 'bot' } },
      { question: '广告', userId: 'alice', payload: { roomId: 'g1' } },
    ]);
  });

  test('lets pass, also between two people, and asks each time', async () => {
    const { hooks } = await start([both]);
    const elsewhere = asked('你好', { recvID: 'bob' });
    expect(await hooks.before(beforeSingle, elsewhere)).toEqual(goesOn);
    expect(await hooks.before(beforeSingle, elsewhere)).toEqual(goesOn);
    expect(receiver.calls).toHaveLength(2);
  });

  test('is asked at once: nothing is kept, repeated or said', async () => {
    const store = `sqlite:${temporaryFolder().path}/journal.db`;
    receiver.behave(status(500));
    const { hooks, plugin } = await start([both, { keywords: ['没有'] }], {}, store);
    expect(await hooks.before(beforeSingle, asked('广告'))).toEqual(goesOn);
    await plugin.close({ graceMs: 1000 });
    const journal = await createSqliteJournal({ file: store.slice('sqlite:'.length) });
    expect(new Set(Object.values((await journal.stats()).counts))).toEqual(new Set([0]));
    await journal.close();
    expect([receiver.calls.length, fake.world.shown]).toEqual([1, []]);
  });

  test('asks only of the words and people it names', async () => {
    receiver.behave(json({ success: false, message: 'no' }));
    const rule = { ...both, keywords: ['广告'], users: { except: { contacts: ['bob'] } } };
    const { hooks } = await start([rule]);
    expect(await hooks.before(beforeSingle, asked('你好'))).toEqual(goesOn);
    const ofBob = asked('广告', { sendID: 'bob' });
    expect(await hooks.before(beforeSingle, ofBob)).toEqual(goesOn);
    expect(await hooks.before(beforeSingle, asked('大廣告'))).toEqual(refusal('no'));
    expect(receiver.calls).toHaveLength(1);
  });

  test('is one of several: the first refusal holds', async () => {
    receiver.behave((response, call) =>
      json({ success: call.path === '/0', message: `by ${call.path}` })(response, call),
    );
    const { hooks } = await start([both, both, both]);
    expect(await hooks.before(beforeSingle, asked('x'))).toEqual(refusal('by /1'));
    expect(receiver.calls).toHaveLength(3);
  });

  test.each([
    ['allow', goesOn],
    ['refuse', refusal('Refused. / 已被拒绝。')],
  ])('whose receiver hangs does as it says: %s', timed, async (onTimeout, wanted) => {
    receiver.behave(hang);
    const { hooks } = await start([{ ...both, decide: { deadline: '200ms', onTimeout } }]);
    const begin = Date.now();
    expect(await hooks.before(beforeSingle, asked('广告'))).toEqual(wanted);
    expect(Date.now() - begin).toBeGreaterThanOrEqual(190);
    expect(Date.now() - begin).toBeLessThan(2000);
  });

  test('may write another text, which only one command can bring', async () => {
    const trigger = { on: [`openim:${beforeModify}`, `openim:${beforeSingle}`] };
    receiver.behave(json({ success: true, message: '', replies: [{ type: 'text', text: '***' }] }));
    const { hooks } = await start([{ trigger }]);
    const modified = await replyOf(hooks, beforeModify, asked('脏话 "x"'));
    expect(JSON.parse(String(modified['content']))).toEqual({ content: '***' });
    expect(await hooks.before(beforeSingle, asked('脏话'))).toEqual(goesOn);
  });

  test('does not hear the message itself, which other rules do', async () => {
    const { hooks } = await start([both, { keywords: ['订阅'], reply: { quote: false } }]);
    await hooks.before(beforeSingle, asked('订阅', { clientMsgID: 'c9' }));
    hooks.after(afterSingle, asked('订阅', { clientMsgID: 'c9' }));
    await waitUntil('the answer', () => fake.world.shown.length > 0);
    expect(receiver.calls.map(({ path }) => path)).toEqual(['/0', '/1']);
  });
});

async function replyOf(hooks: FakeWebhooks, command: string, body: object) {
  const result = await hooks.before(command, body);
  return result.kind === 'go-on' ? result.reply : {};
}
