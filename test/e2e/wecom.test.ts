import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log, type Message, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import type { PuppetWeCom, WeComOptions, WeComParts } from '../../src/adapters/wecom/index.js';
import { puppetExtras } from '../../src/core/puppet-extras.js';
import {
  CallbackPlugin,
  type CallbackPluginConfig,
  type InstalledCallbackPlugin,
  serveWebhooks,
} from '../../src/index.js';
import { runEventTaskSchema } from '../../src/protocol/index.js';
import { freePort } from '../support/child.js';
import { type FakeWeCom, startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { type WebhookCaller, webhookCaller } from '../support/fake-wecom/webhook/caller.js';
import type { XmlValue } from '../support/fake-wecom/webhook/strict-xml.js';
import { gate } from '../support/gate.js';
import { json, type Receiver, startReceiver } from '../support/receiver.js';
import { timed } from '../support/timed.js';
import { waitUntil } from '../support/wait-until.js';
import { callbackKeys, weComPuppet } from '../support/wecom-app.js';

let fake: FakeWeCom;
let receiver: Receiver;
let bots: WechatyInterface[];
let closing: (() => Promise<unknown>)[];

beforeEach(async () => {
  log.level('silent');
  fake = await startFakeWeCom();
  receiver = await startReceiver();
  bots = [];
  closing = [];
});

afterEach(async () => {
  await Promise.all(closing.map((close) => close()));
  await Promise.all(bots.map((bot) => bot.stop()));
  await receiver.close();
  await fake.close();
});

async function run(puppet: PuppetWeCom, prepare: (bot: WechatyInterface) => void) {
  const bot = WechatyBuilder.build({ puppet });
  bots.push(bot);
  prepare(bot);
  await bot.start();
  return bot;
}

/** A bot with the plugin whose rules call the receiver. */
async function callbackBot(
  options: Partial<WeComOptions> = {},
  rule: Partial<CallbackPluginConfig['rules'][number]> = {},
  parts: WeComParts = {},
): Promise<{ puppet: PuppetWeCom; wecom: WebhookCaller; plugin: InstalledCallbackPlugin }> {
  const port = await freePort();
  const plugin = CallbackPlugin({
    rules: [{ name: 'all', callback: { url: receiver.origin }, ...rule }],
    server: { port },
    journal: { store: 'memory' },
    log: { level: 'silent' },
  });
  closing.push(() => plugin.close({ graceMs: 100 }));
  const puppet = weComPuppet(fake, options, parts);
  await run(puppet, (bot) => bot.use(plugin));
  const wecom = webhookCaller(fake.world, {
    ...callbackKeys,
    url: `http://127.0.0.1:${port}/wecom`,
  });
  let isServed = false;
  const look = async () => {
    isServed = (await wecom.verifyUrl()) === undefined;
  };
  await waitUntil('the server', () => {
    void look();
    return isServed;
  });
  return { puppet, wecom, plugin };
}

/** A bot without plugin. */
async function plainBot(
  onMessage: (message: Message) => void,
  options: Partial<WeComOptions> = {},
) {
  const puppet = weComPuppet(fake, options);
  const bot = await run(puppet, (one) => one.on('message', onMessage));
  const server = await serveWebhooks([puppet], { port: 0 });
  closing.push(() => server.close());
  const url = `${server.origin}/wecom`;
  return { bot, puppet, url, wecom: webhookCaller(fake.world, { ...callbackKeys, url }) };
}

const bodies = () => receiver.calls.map((call) => runEventTaskSchema.parse(JSON.parse(call.body)));
const shown = (userid: string) =>
  fake.shownTo(userid).map(({ via, msgtype, content }) => [via, msgtype, content['content']]);

/** A change of a group with customers, as the system reports it. */
function groupChange(fields: Readonly<Record<string, XmlValue>>) {
  return {
    ToUserName: fake.corpId,
    FromUserName: 'sys',
    CreateTime: 1_767_225_600,
    MsgType: 'event',
    Event: 'change_external_chat',
    ChangeType: 'update',
    ChatId: 'wrGroup1',
    ...fields,
  };
}

describe('the check of the URL', () => {
  test('passes within a second, and asks WeCom nothing', async () => {
    const { wecom } = await plainBot(() => {});
    expect(await wecom.verifyUrl()).toBeUndefined();
    expect(fake.calls).toEqual([]);
  });

  test('never decrypts a message that somebody overheard', async () => {
    const { wecom, url } = await plainBot(() => {});
    const { attempts } = await wecom.say('AliceWang', '密码是 1234');
    expect(attempts[0]?.status).toBe(200);
    const { encrypt } = attempts[0] ?? { encrypt: '' };
    const { getSignature } = await import('@wecom/crypto');
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = getSignature(callbackKeys.token, timestamp, '1', encrypt);
    const query = new URLSearchParams({
      msg_signature: signature,
      timestamp,
      nonce: '1',
      echostr: encrypt,
    });
    const response = await fetch(`${url}?${query.toString()}`);
    expect([response.status, await response.text()]).toEqual([401, '']);
  });
});

describe('a passive reply', () => {
  test('carries an answer that comes in time, sealed as WeCom wants it', async () => {
    receiver.behave(json({ success: true, message: '你好 🌏 <![CDATA[]]>' }));
    const { wecom } = await callbackBot();
    expect(await wecom.say('AliceWang', '在吗')).toMatchObject({ isTaken: true });
    expect(shown('AliceWang')).toEqual([['passive', 'text', '你好 🌏 <![CDATA[]]>']]);
    expect(fake.callsOf('message/send')).toEqual([]);
    expect(bodies()[0]).toMatchObject({ userId: 'alicewang', question: '在吗' });
  });

  test('is JSON when the callback was', async () => {
    const { wecom: _, puppet } = await callbackBot();
    const server = await serveWebhooks([puppet], { port: 0 });
    closing.push(() => server.close());
    const wecom = webhookCaller(fake.world, {
      ...callbackKeys,
      url: `${server.origin}/wecom`,
      format: 'json',
    });
    const delivered = await wecom.say('bob', '在吗');
    expect(delivered.complaint).toBeUndefined();
    expect(shown('bob')).toEqual([['passive', 'text', 'ok']]);
  });

  test('is empty after 4.5 s, and the answer goes out by itself', timed, async () => {
    const { opened, open: answer } = gate();
    receiver.behave(async (response, call) => {
      await opened;
      await json({ success: true, message: '让你久等了' })(response, call);
    });
    const { wecom } = await callbackBot();
    const { attempts, isTaken } = await wecom.say('bob', '慢');
    expect([attempts.length, isTaken]).toEqual([1, true]);
    expect(attempts[0]?.ms).toBeGreaterThan(4300);
    expect(attempts[0]?.ms).toBeLessThan(4900);
    answer();
    await waitUntil('the answer', () => fake.shownTo('bob').length > 0);
    expect(shown('bob')).toEqual([['send', 'text', '让你久等了']]);
  });

  test('is only the first of several answers; the others follow it in order', async () => {
    const replies = ['一', '二', '三'].map((text) => ({ type: 'text', text }));
    receiver.behave(json({ success: true, message: '', replies }));
    const { wecom } = await callbackBot();
    await wecom.say('bob', '数数');
    await waitUntil('all', () => fake.shownTo('bob').length > 2);
    expect(shown('bob')).toEqual([
      ['passive', 'text', '一'],
      ['send', 'text', '二'],
      ['send', 'text', '三'],
    ]);
    // WeCom shows what it gets: the response must be there before what is sent.
    const [first, second] = fake.shownTo('bob');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(350);
  });

  test('goes to the message that waits longest, each answer to its own conversation', async () => {
    receiver.behave((response, call) => {
      const { question } = runEventTaskSchema.parse(JSON.parse(call.body));
      return json({ success: true, message: `答 ${question}` })(response, call);
    });
    const { wecom } = await callbackBot();
    await Promise.all([
      wecom.say('bob', '甲'),
      wecom.say('AliceWang', '乙'),
      pause(50).then(() => wecom.say('bob', '丙')),
    ]);
    expect(shown('bob')).toEqual([
      ['passive', 'text', '答 甲'],
      ['passive', 'text', '答 丙'],
    ]);
    expect(shown('AliceWang')).toEqual([['passive', 'text', '答 乙']]);
  });

  test('is not waited for when nothing can be said', timed, async () => {
    const { wecom } = await callbackBot({}, { keywords: ['订阅'], reply: false });
    for (const text of ['订阅', '别的']) {
      const { attempts } = await wecom.say('bob', text);
      expect(attempts[0]?.ms).toBeLessThan(1000);
    }
  });

  test('is not swallowed by a sender that is gone', async () => {
    receiver.behave(async (response, call) => {
      await pause(300);
      await json({ success: true, message: '还在' })(response, call);
    });
    const { puppet } = await callbackBot();
    const server = await serveWebhooks([puppet], { port: 0 });
    closing.push(() => server.close());
    const hasty = webhookCaller(fake.world, {
      ...callbackKeys,
      url: `${server.origin}/wecom`,
      timeoutMs: 150,
      pauseMs: 3000,
    });
    void hasty.say('bob', '急');
    await waitUntil('the answer', () => fake.shownTo('bob').length > 0);
    expect(shown('bob')).toEqual([['send', 'text', '还在']]);
  });

  test('is all there is without a secret; what comes too late is refused', async () => {
    const errors: unknown[] = [];
    const { wecom } = await plainBot(
      (message) => {
        void (async () => {
          await message.say(`收到 ${message.text()}`);
          await message.say('再说一句').catch((error: unknown) => errors.push(error));
        })();
      },
      { secret: undefined },
    );
    expect(await wecom.say('bob', '喂')).toMatchObject({ isTaken: true });
    expect(shown('bob')).toEqual([['passive', 'text', '收到 喂']]);
    await waitUntil('the refusal', () => errors.length > 0);
    expect(errors).toMatchObject([{ code: 'wecom-too-late' }]);
    expect(fake.calls).toEqual([]);
  });

  test('is given up when the bot stops, and the callback answered at once', timed, async () => {
    receiver.behave(() => {});
    const { wecom } = await callbackBot();
    const start = performance.now();
    const delivered = wecom.say('bob', '再见');
    await waitUntil('the call', () => receiver.calls.length > 0);
    await bots[0]?.stop();
    expect((await delivered).attempts[0]).toMatchObject({ status: 200, body: '' });
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('with `never` every answer goes by message/send', async () => {
    const { wecom } = await callbackBot({ passive: 'never' });
    const { attempts } = await wecom.say('bob', '在吗');
    expect(attempts[0]).toMatchObject({ status: 200, body: '' });
    await waitUntil('the answer', () => fake.shownTo('bob').length > 0);
    expect(shown('bob')).toEqual([['send', 'text', 'ok']]);
  });
});

describe('people', () => {
  test('have their names, which are looked up once', async () => {
    const names: string[] = [];
    const { wecom } = await plainBot((message) => void names.push(message.talker().name()));
    await wecom.say('AliceWang', '一');
    await wecom.say('alicewang', '二');
    await waitUntil('both', () => names.length > 1);
    expect(names).toEqual(['王爱丽', '王爱丽']);
    expect(fake.callsOf('user/get')).toHaveLength(1);
  });

  test('are heard when WeCom does not tell who they are', async () => {
    fake.fault('user/get', 'reset', 'reset', { errcode: 48_002 });
    const texts: string[] = [];
    const { wecom } = await plainBot((message) => void texts.push(message.text()));
    for (const text of ['一', '二']) await wecom.say('bob', text);
    await waitUntil('both', () => texts.length > 1);
    expect(texts).toEqual(['一', '二']);
  });

  test('are known by name at once to a rule that looks at names', async () => {
    const { wecom } = await callbackBot(
      {},
      {
        users: { contacts: [{ name: '王爱丽' }] },
        callback: { url: receiver.origin, context: ['userName'] },
      },
    );
    await wecom.say('AliceWang', '你好');
    expect(receiver.calls.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { question: '你好', variables: { userName: '王爱丽' } },
    ]);
  });

  test('without a name in time are nobody whom a rule lists', async () => {
    fake.fault('user/get', { delayMs: 2500 });
    const { wecom } = await callbackBot({}, { users: { contacts: [{ name: '王爱丽' }] } });
    const { attempts } = await wecom.say('AliceWang', '你好');
    expect(attempts).toMatchObject([{ status: 200, body: '' }]);
    expect(receiver.calls).toEqual([]);
  });

  test('never hold up a callback: the name comes later', timed, async () => {
    fake.fault('user/get', { delayMs: 1500 });
    const { wecom, puppet } = await callbackBot({}, { reply: false });
    const { attempts } = await wecom.say('AliceWang', '你好');
    expect(attempts[0]?.ms).toBeLessThan(1000);
    await waitUntil('the look-up', () => fake.callsOf('user/get').length > 0);
    const name = async () => (await puppet.contactPayload('alicewang')).name;
    await expect.poll(name, { timeout: 90_000 }).toBe('王爱丽');
  });
});

describe('files, links and places', () => {
  test('of a member are fetched when somebody wants them', async () => {
    const media = fake.addMedia({
      kind: 'image',
      name: 'a.jpg',
      bytes: Buffer.from('\xff\xd8\xff jpg', 'latin1'),
    });
    const got: string[] = [];
    const { wecom } = await plainBot((message) => {
      void message
        .toFileBox()
        .then(async (file) => got.push(file.name, (await file.toBuffer()).toString('latin1')));
    });
    await wecom.say('bob', '', {
      MsgType: 'image',
      MediaId: media.id,
      PicUrl: 'https://a.example/p',
    });
    await waitUntil('the file', () => got.length > 1);
    expect(got[1]).toBe('\xff\xd8\xff jpg');
  });

  test('to a member are sent as WeCom shows them', async () => {
    const { bot } = await plainBot(() => {});
    const bob = (
      bot as unknown as { Contact: { load(id: string): { say(it: unknown): Promise<unknown> } } }
    ).Contact.load('bob');
    const { FileBox } = await import('file-box');
    await bob.say(FileBox.fromBuffer(Buffer.from('%PDF-1.4 报告'), '报告.pdf'));
    await bob.say(new bot.UrlLink({ title: '周报', url: 'https://a.example/w' }));
    await bob.say(
      new bot.Location({
        latitude: 23.1,
        longitude: 113.3,
        name: '广州',
        address: '越秀区',
        accuracy: 1,
      }),
    );
    expect(fake.shownTo('bob').map(({ msgtype }) => msgtype)).toEqual([
      'file',
      'textcard',
      'textcard',
    ]);
  });

  test('a long text comes in several messages, cut between characters', async () => {
    const { puppet } = await plainBot(() => {});
    const text = '字🌏'.repeat(600);
    await puppet.messageSendText('bob', text);
    const pieces = fake.shownTo('bob');
    expect(pieces.map(({ isCut }) => isCut)).toEqual([false, false, false]);
    expect(pieces.map(({ content }) => content['content']).join('')).toBe(text);
  });

  test('a message that was sent can be recalled', async () => {
    const { puppet } = await plainBot(() => {});
    const id = await puppet.messageSendText('bob', '说错了');
    expect(await puppet.messageRecall(id ?? '')).toBe(true);
    expect(fake.shownTo('bob')[0]?.isRecalled).toBe(true);
  });
});

describe('events', () => {
  test('that Wechaty has no word for set off the rules that name them, and can be answered', async () => {
    const { wecom } = await callbackBot({}, { trigger: { on: 'wecom:enter_agent' } });
    const fields = { FromUserName: 'bob', MsgType: 'event', Event: 'enter_agent', EventKey: '' };
    const delivered = await wecom.deliver({
      ToUserName: fake.corpId,
      CreateTime: 1_767_225_600,
      AgentID: fake.app.agentId,
      ...fields,
    });
    expect(delivered.complaint).toBeUndefined();
    expect(shown('bob')).toEqual([['passive', 'text', 'ok']]);
    expect(bodies()[0]).toMatchObject({ question: 'wecom:enter_agent', userId: 'bob' });
  });

  test('a new customer is a friendship, and is welcomed with what the rule answers', async () => {
    const customer = `wm${'C'.repeat(30)}`;
    fake.world.customers.set(customer, { name: '客户乙', followers: ['bob'] });
    const { wecom } = await callbackBot({}, { trigger: { on: 'friendship' } });
    await wecom.deliver({
      ToUserName: fake.corpId,
      FromUserName: 'sys',
      CreateTime: 1_767_225_600,
      MsgType: 'event',
      Event: 'change_external_contact',
      ChangeType: 'add_external_contact',
      UserID: 'bob',
      ExternalUserID: customer,
      WelcomeCode: fake.addWelcomeCode(customer),
    });
    await waitUntil('the welcome', () => fake.shownTo(customer).length > 0);
    expect(fake.shownTo(customer)).toMatchObject([{ via: 'welcome' }]);
    expect(bodies()[0]).toMatchObject({ userId: customer });
    expect(JSON.stringify(bodies())).not.toContain('welcome_');
  });

  test('who comes into a group with customers joins a room, who goes leaves it', async () => {
    const trigger = { on: ['room-join', 'room-leave'] };
    const { wecom } = await callbackBot({}, { trigger, reply: false });
    const members = { MemChangeCnt: 1, MemChangeList: { Item: 'bob' } };
    const changes = [
      { UpdateDetail: 'add_member', JoinScene: 0 },
      { UpdateDetail: 'del_member', QuitScene: 0 },
    ];
    for (const change of changes) {
      const delivered = await wecom.deliver(groupChange({ ...change, ...members }));
      expect(delivered).toMatchObject({ isTaken: true });
      expect(delivered.attempts).toHaveLength(1);
    }
    await waitUntil('both calls', () => receiver.calls.length > 1);
    expect(bodies()).toMatchObject([
      { question: 'room-join', userId: 'bob' },
      { question: 'room-leave', userId: 'bob' },
    ]);
  });

  test('a group with customers that is renamed tells its new name', async () => {
    const { wecom } = await callbackBot({}, { trigger: { on: 'room-topic' }, reply: false });
    await wecom.deliver(groupChange({ UpdateDetail: 'change_name' }));
    await waitUntil('the call', () => receiver.calls.length > 0);
    expect(bodies()[0]).toMatchObject({ userId: 'bob', variables: { topic: '客户群' } });
  });

  test("a renamed group that cannot be asked for is told in WeCom's own words", async () => {
    fake.fault('externalcontact/groupchat/get', { errcode: 48_002 });
    const on = 'wecom:change_external_chat/update';
    const { wecom } = await callbackBot({}, { trigger: { on }, reply: false });
    await wecom.deliver(groupChange({ UpdateDetail: 'change_name' }));
    await waitUntil('the call', () => receiver.calls.length > 0);
    expect(bodies()[0]).toMatchObject({ question: on, variables: { ChatId: 'wrGroup1' } });
  });
});

test('nothing of the options can be seen in what is printed of the puppet', async () => {
  const puppet = weComPuppet(fake);
  const { inspect } = await import('node:util');
  const seen = inspect(puppet, { depth: 9, showHidden: true }) + JSON.stringify(puppet.options);
  for (const secret of [fake.app.secret, callbackKeys.token, callbackKeys.encodingAesKey]) {
    expect(seen).not.toContain(secret);
  }
});

const buttons = (title: string) => ({
  card_type: 'button_interaction',
  main_title: { title },
  task_id: 'leave-42',
  button_list: [{ text: '同意', key: 'yes' }],
});
const click = (code: string) => ({
  ToUserName: fake.corpId,
  FromUserName: 'bob',
  CreateTime: 1_767_225_600,
  MsgType: 'event',
  Event: 'template_card_event',
  EventKey: 'yes',
  TaskId: 'leave-42',
  CardType: 'button_interaction',
  ResponseCode: code,
  AgentID: fake.app.agentId,
});
const answerWith = (...replies: readonly object[]) =>
  receiver.behave(json({ success: true, message: '', replies }));

describe('a card', () => {
  // A card cannot go back in the response of a message.
  const soon = { windowMs: 1000 };

  test('of a receiver is shown, and changed for everybody by what answers its click', async () => {
    const { wecom } = await callbackBot(
      {},
      { trigger: { on: ['message', 'wecom:template_card_event'] } },
      soon,
    );
    answerWith({ type: 'card', card: buttons('请假') });
    await wecom.say('bob', '请假');
    await waitUntil('the card', () => fake.shownTo('bob').length > 0);
    expect(fake.shownTo('bob')[0]).toMatchObject({
      msgtype: 'template_card',
      content: { main_title: { title: '请假' } },
    });
    answerWith({ type: 'card', card: buttons('已同意'), update: {} });
    const code = fake.clickCode('bob');
    expect((await wecom.deliver(click(code))).complaint).toBeUndefined();
    const updates = () => fake.callsOf('message/update_template_card');
    await waitUntil('the change', () => updates().length > 0);
    expect(updates().map(({ errcode, body }) => [errcode, JSON.parse(String(body))])).toMatchObject(
      [[0, { atall: 1, template_card: { main_title: { title: '已同意' } } }]],
    );
    // The code is a secret of the app's.
    expect(receiver.calls.at(-1)?.body).not.toContain(code);
  });

  test('that WeCom would refuse says which field is wrong, and nothing is sent', async () => {
    const { wecom } = await callbackBot({}, {}, soon);
    answerWith({ type: 'card', card: { ...buttons('x'), button_list: [] } });
    await wecom.say('bob', '请假');
    answerWith({ type: 'text', text: '好' });
    await wecom.say('bob', '还在吗');
    expect(shown('bob')).toEqual([['passive', 'text', '好']]);
  });

  test('that answers no click is not changed', async () => {
    const { puppet } = await plainBot(() => {});
    const reply = { type: 'card', card: buttons('x'), update: {} } as const;
    await expect(puppetExtras(puppet).cards?.say('bob', reply)).rejects.toMatchObject({
      code: 'wecom-card-not-clicked',
    });
    expect(fake.callsOf('message/update_template_card')).toEqual([]);
  });

  test('is changed in the response of the click where there is no secret', async () => {
    const { wecom } = await callbackBot(
      { secret: undefined },
      { trigger: { on: 'wecom:template_card_event' } },
    );
    answerWith({ type: 'card', card: buttons('已同意'), update: {} });
    const { complaint } = await wecom.deliver(click('code'));
    expect(complaint).toBeUndefined();
    expect(fake.shownTo('bob')).toMatchObject([
      { via: 'passive', msgtype: 'update_template_card' },
    ]);
  });
});

describe('a group chat of the app', () => {
  test('is made, renamed, filled and spoken in', async () => {
    const { bot, puppet } = await plainBot(() => {});
    const [alice, bob] = await Promise.all(
      ['alicewang', 'bob'].map((id) => bot.Contact.find({ id })),
    );
    if (!alice || !bob) throw new Error('nobody there');
    const room = await bot.Room.create([alice, bob], '值班');
    expect(await (await bot.Room.find({ id: room.id }))?.topic()).toBe('值班');
    await room.say('开会', alice);
    await room.topic('夜班');
    expect(await puppet.roomTopic(room.id)).toBe('夜班');
    await room.remove(bob);
    await room.say('散会');
    expect(fake.shownTo('AliceWang').map(({ via, content }) => [via, content])).toMatchObject([
      [
        'chat',
        { content: expect.stringContaining('开会') as string, mentioned_list: ['alicewang'] },
      ],
      ['chat', { content: '散会' }],
    ]);
    expect(fake.shownTo('bob')).toHaveLength(1);
  });

  test('is found again by a bot that was started anew', async () => {
    const first = await plainBot(() => {});
    const id = await first.puppet.roomCreate(['alicewang', 'bob'], '值班');
    const { bot } = await plainBot(() => {});
    const room = await bot.Room.find({ id });
    await room?.say('早');
    expect(fake.shownTo('bob')).toMatchObject([{ via: 'chat', content: { content: '早' } }]);
  });

  test('takes no card', async () => {
    const { puppet } = await plainBot(() => {});
    const id = await puppet.roomCreate(['alicewang', 'bob']);
    const card = {
      card_type: 'text_notice',
      main_title: { title: 'x' },
      card_action: { type: 1, url: 'https://a.example' },
    };
    await expect(puppetExtras(puppet).cards?.say(id, { type: 'card', card })).rejects.toMatchObject(
      { code: 'wecom-card-in-chat' },
    );
  });
});
