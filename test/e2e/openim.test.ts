import { FileBox, type FileBoxInterface } from 'file-box';
import { imageSize } from 'image-size';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import type { OpenIMOptions, PuppetOpenIM } from '../../src/adapters/openim/index.js';
import { runInAnswer } from '../../src/core/answer-scope.js';
import type { LogFields, Logger } from '../../src/core/logger.js';
import { silentLogger } from '../../src/core/logger.js';
import type { PlatformEvent } from '../../src/core/platform-event.js';
import { puppetExtras } from '../../src/core/puppet-extras.js';
import { announceDecider, type Verdict } from '../../src/core/verdict.js';
import { serveWebhooks, type WebhookServer } from '../../src/index.js';
import { type FakeOpenIM, startFakeOpenIM } from '../support/fake-openim/fake-openim.js';
import {
  createWebhooks,
  type FakeWebhookOptions,
  type FakeWebhooks,
} from '../support/fake-openim/webhooks.js';
import { callbackSecret, openIMPuppet } from '../support/openim-bot.js';
import { callbackBodies } from '../support/openim-callbacks.js';
import { documentedAnswer } from '../support/openim-page.js';
import { mp4, wav } from '../support/recordings.js';
import { timed } from '../support/timed.js';
import { waitUntil } from '../support/wait-until.js';

const single = callbackBodies.callbackAfterSendSingleMsgCommand;
const group = callbackBodies.callbackAfterSendGroupMsgCommand;

let fake: FakeOpenIM;
let bot: WechatyInterface;
let puppet: PuppetOpenIM;
let server: WebhookServer;
let hooks: FakeWebhooks[];
let heard: string[];
let platform: PlatformEvent[];
let logged: string[];

beforeEach(async () => {
  log.level('silent');
  fake = await startFakeOpenIM();
  hooks = [];
  heard = [];
  platform = [];
  logged = [];
});

afterEach(async () => {
  for (const hook of hooks) hook.close();
  await bot.stop();
  await server.close(0);
  await fake.close();
});

function write(text: { readonly en: string }, fields: LogFields = {}): void {
  logged.push(`${text.en} ${JSON.stringify(fields)}`);
}

/** Starts the bot; what it hears is written down. */
async function start(
  options: Partial<OpenIMOptions> = {},
  prepare?: (bot: WechatyInterface) => void,
) {
  const logger: Logger = { ...silentLogger, warn: write, error: write };
  puppet = openIMPuppet(fake, options, { logger });
  bot = WechatyBuilder.build({ puppet });
  bot.on('message', (message) => void heard.push(message.text()));
  puppet.onPlatform((event) => void platform.push(event));
  prepare?.(bot);
  await bot.start();
  server = await serveWebhooks([puppet], { port: 0 });
}

function webhooks(options: Partial<FakeWebhookOptions> = {}): FakeWebhooks {
  const made = createWebhooks({ url: `${server.origin}/openim/${callbackSecret}`, ...options });
  hooks.push(made);
  return made;
}

/** Says files to Alice, one after another; as what they went out. */
async function sayAll(files: readonly FileBoxInterface[]) {
  const alice = await bot.Contact.find({ id: 'alice' });
  const said: unknown[] = [];
  for (const file of files) said.push((await alice?.say(file))?.type());
  return said;
}

const ownName = async () => (await puppet.contactPayload('bot')).name;

function promised<T>() {
  const resolvers: ((value: T) => void)[] = [];
  const promise = new Promise<T>((resolve) => resolvers.push(resolve));
  return { promise, resolve: (value: T) => resolvers[0]?.(value) };
}

const text = (content: string, more: object = {}) => ({
  ...single,
  clientMsgID: `c-${content}`,
  content: JSON.stringify({ content }),
  ...more,
});

describe('a bot on an OpenIM server', () => {
  test('hears both ways of naming commands, and answers so that the server goes on', async () => {
    await start();
    expect(await webhooks().before('callbackAfterSendSingleMsgCommand', text('新'))).toEqual({
      kind: 'go-on',
      reply: { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 },
    });
    await webhooks({ isOld: true }).before('callbackAfterSendSingleMsgCommand', text('旧'));
    await webhooks({ url: `${server.origin}/openim/${callbackSecret}/` }).before(
      'callbackAfterSendSingleMsgCommand',
      text('两条斜线 <b>&'),
    );
    await waitUntil('all', () => heard.length === 3);
    expect(heard).toEqual(['新', '旧', '两条斜线 <b>&']);
  });

  test('hears a hundred messages of two workers, none lost', async () => {
    await start();
    const hook = webhooks({ timeoutMs: 2000 });
    for (let index = 0; index < 100; index += 1) {
      hook.after('callbackAfterSendSingleMsgCommand', text(`${index}`));
    }
    await hook.idle();
    await waitUntil('all', () => heard.length === 100);
    expect(hook.lost()).toBe(0);
  });

  test('knows who speaks where, who is mentioned, and mentions in its answer', async () => {
    await start({}, (one) =>
      one.on('message', async (message) => {
        if (message.self()) return;
        const room = message.room();
        const told = [await room?.topic(), message.talker().name(), await message.mentionSelf()];
        heard.push(told.join('/'));
        await room?.say('好的', message.talker());
      }),
    );
    const content = JSON.stringify({
      text: '@bot 开会',
      atUserList: ['bot'],
      atUsersInfo: [{ atUserID: 'bot', groupNickname: '小助手' }],
    });
    webhooks().after('callbackAfterSendGroupMsgCommand', { ...group, contentType: 106, content });
    await waitUntil('the answer', () => fake.world.shown.length > 0);
    expect(heard).toEqual(['@小助手 开会', '产品群/爱丽丝/true']);
    expect(fake.world.shown[0]).toMatchObject({
      groupID: 'g1',
      contentType: 106,
      content: { atUserList: ['alice'], atUsersInfo: [{ atUserID: 'alice' }] },
    });
  });

  test('hears as events, not as messages, what others say where it is not', async () => {
    await start();
    fake.world.groups.set('g2', { groupID: 'g2', groupName: '', members: ['alice', 'bob'] });
    await webhooks().before('callbackAfterSendSingleMsgCommand', text('私聊', { recvID: 'bob' }));
    await webhooks().before('callbackAfterSendGroupMsgCommand', { ...group, groupID: 'g2' });
    await webhooks().before('callbackAfterQuitGroupCommand', { groupID: 'g2', userID: 'bob' });
    const recall = { conversationID: 'sg_g2', seq: 7, userID: 'bob' };
    await webhooks().before('callbackBeforeAfterMsgCommand', recall);
    expect(heard).toEqual([]);
    expect(platform.map(({ name, conversation }) => [name, conversation])).toEqual([
      ['openim:callbackAfterSendSingleMsgCommand', undefined],
      ['openim:callbackAfterSendGroupMsgCommand', undefined],
      ['openim:callbackAfterQuitGroupCommand', { kind: 'room', id: 'g2' }],
      ['openim:callbackBeforeAfterMsgCommand', undefined],
    ]);
  });

  test('sends pictures as pictures, other files as files, and fetches what was sent', async () => {
    await start();
    const alice = await bot.Contact.find({ id: 'alice' });
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
      'base64',
    );
    await alice?.say(FileBox.fromBuffer(png, 'a.png'));
    await alice?.say(FileBox.fromBuffer(Buffer.from('no picture'), 'b.png'));
    await alice?.say(FileBox.fromBuffer(Buffer.from('周报'), '周报.txt'));
    expect(fake.world.shown.map(({ contentType }) => contentType)).toEqual([102, 105, 105]);
    expect(fake.world.shown[0]?.content).toMatchObject({
      sourcePicture: { width: 1, height: 1, type: 'image/png' },
    });
    const files: Buffer[] = [];
    bot.on('message', async (message) => {
      files.push(await (await message.toFileBox()).toBuffer());
    });
    const { content } = fake.world.shown[0] ?? { content: {} };
    await webhooks().before('callbackAfterSendSingleMsgCommand', {
      ...single,
      contentType: 102,
      content: JSON.stringify(content),
    });
    await waitUntil('the picture', () => files.length > 0);
    expect(files[0]).toEqual(png);
  });

  test('sends voices and videos as what they are, with what the server wants to know', async () => {
    await start();
    const told = FileBox.fromBuffer(Buffer.from('of unknown length'), 'b.ogg');
    told.metadata = { voiceLength: 7001 };
    const types = await sayAll([
      FileBox.fromBuffer(wav(2), 'c.wav'),
      FileBox.fromBuffer(Buffer.from('of unknown length'), 'a.ogg'),
      told,
      FileBox.fromBuffer(mp4({ seconds: 9, size: [1080, 1920] }), '开箱.mp4'),
      FileBox.fromBuffer(Buffer.from('of unknown length'), 'd.webm'),
      FileBox.fromBuffer(Buffer.from('const a = 1;'), 'source.ts'),
    ]);
    const { Audio, Video, Attachment } = bot.Message.Type;
    expect(types).toEqual([Audio, Audio, Audio, Video, Video, Attachment]);
    const { shown, files } = fake.world;
    expect(shown.map(({ contentType }) => contentType)).toEqual([103, 103, 103, 104, 104, 105]);
    expect(shown.map(({ content }) => content)).toMatchObject([
      { duration: 2, soundType: 'audio/wav', dataSize: 32_044 },
      { duration: 1 },
      { duration: 8 },
      { duration: 9, videoType: 'video/mp4', snapshotWidth: 360, snapshotHeight: 640 },
      { duration: 1, snapshotWidth: 640, snapshotHeight: 360 },
      { fileName: 'source.ts' },
    ]);
    const { pathname } = new URL(String(shown[3]?.content['snapshotUrl']));
    const preview = files.get(pathname.slice('/object/'.length));
    expect(imageSize(preview?.bytes ?? Buffer.alloc(0))).toMatchObject({ width: 360, height: 640 });
  });

  test('says Markdown, quotes and what apps have made up, where the server takes them', async () => {
    await start();
    const data = '{"order":1}';
    await puppet.messageSendCustom('alice', data, { description: '订单' });
    const markdown = puppet.messageSendMarkdown('alice', '**好**');
    await expect(markdown).rejects.toMatchObject({ code: 'openim-refused', errCode: 1001 });
    fake.world.version = 'main';
    await puppet.messageSendMarkdown('alice', '**好**');
    await webhooks().before('callbackAfterSendGroupMsgCommand', { ...group, clientMsgID: 'c9' });
    await puppet.messageSendQuote('g1', '好的', 'c9');
    expect(fake.world.shown).toMatchObject([
      { contentType: 110, content: { data, description: '订单', extension: '' } },
      { contentType: 118, content: { content: '**好**' } },
      {
        contentType: 114,
        groupID: 'g1',
        content: {
          text: '好的',
          quoteMessage: { clientMsgID: 'c9', sendID: 'alice', senderNickname: '爱丽丝' },
        },
      },
    ]);
  });

  test('quotes what is answered, where the settings say that the server can', async () => {
    await start({ quotes: true });
    fake.world.version = 'main';
    await webhooks().before('callbackAfterSendGroupMsgCommand', { ...group, clientMsgID: 'c9' });
    const quote = { userId: 'alice', name: '爱丽丝', text: '在吗' };
    await runInAnswer({ eventId: 'c9', quote }, () => puppet.messageSendText('g1', '在'));
    expect(puppetExtras(puppet).capabilities?.quote).toBe(true);
    expect(fake.world.shown).toMatchObject([
      {
        contentType: 114,
        groupID: 'g1',
        content: {
          text: '在',
          quoteMessage: { clientMsgID: 'c9', sendID: 'alice', textElem: { content: '在吗' } },
        },
      },
    ]);
  });

  test('forwards a voice as long as it came', async () => {
    await start({}, (one) =>
      one.on('message', async (message) => {
        const bob = await bot.Contact.find({ id: 'bob' });
        if (!message.self()) await message.forward(bob ?? message.talker());
      }),
    );
    fake.world.files.set('alice/1.m4a', { bytes: Buffer.from('?'), contentType: 'audio/mp4' });
    const sourceUrl = `${fake.origin}/object/alice/1.m4a`;
    const content = JSON.stringify({ sourceUrl, dataSize: 1, duration: 17, soundType: '' });
    await webhooks().before('callbackAfterSendSingleMsgCommand', {
      ...single,
      contentType: 103,
      content,
    });
    await waitUntil('the voice', () => fake.world.shown.length > 0);
    expect(fake.world.shown[0]).toMatchObject({
      recvID: 'bob',
      contentType: 103,
      content: { duration: 17 },
    });
  });

  test('takes back what it said', async () => {
    await start();
    const alice = await bot.Contact.find({ id: 'alice' });
    const said = await alice?.say('错了');
    expect(said && (await said.recall())).toBe(true);
    expect(fake.world.shown).toEqual([]);
  });

  test('tells who came and went, and new names, as Wechaty does', async () => {
    const told: string[] = [];
    await start({}, (one) => {
      one.on(
        'room-join',
        (_room, joined) => void told.push(`join ${joined.map(({ id }) => id).join()}`),
      );
      one.on(
        'room-leave',
        (_room, left) => void told.push(`leave ${left.map(({ id }) => id).join()}`),
      );
      one.on('room-topic', (_room, now, before) => void told.push(`topic ${before} ${now}`));
      one.on('friendship', (friendship) => void told.push(`friend ${friendship.hello()}`));
    });
    const hook = webhooks();
    for (const [name, body] of [
      ['callbackAfterJoinGroupCommand', { ...callbackBodies.callbackAfterJoinGroupCommand }],
      ['callbackAfterKickGroupCommand', callbackBodies.callbackAfterKickGroupCommand],
      ['callbackAfterSetGroupInfoExCommand', callbackBodies.callbackAfterSetGroupInfoExCommand],
      ['callbackAfterAddFriendCommand', callbackBodies.callbackAfterAddFriendCommand],
    ] as const) {
      await hook.before(name, body);
    }
    await waitUntil('all', () => told.length === 4);
    // Wechaty looks people up before it tells, each in its own time.
    expect(told.toSorted()).toEqual([
      'friend 加个好友',
      'join alice',
      'leave alice,bob',
      'topic 产品群 新群名',
    ]);
  });

  test('accepts a friend', async () => {
    await start({}, (one) => one.on('friendship', async (friendship) => await friendship.accept()));
    const request = { fromUserID: 'bob', toUserID: 'bot', reqMsg: '' };
    await webhooks().before('callbackAfterAddFriendCommand', request);
    await waitUntil('the friend', () => fake.world.friends.has('bot/bob'));
    expect(fake.calls.filter(({ api }) => api === '/friend/add_friend_response')).toHaveLength(1);
  });
});

describe('a question of the server', () => {
  const asked: PlatformEvent[] = [];

  async function startDeciding(verdict: Verdict | undefined) {
    asked.length = 0;
    await start();
    announceDecider(puppet, (event) => {
      asked.push(event);
      return Promise.resolve(verdict);
    });
  }

  test('is answered with what a rule says, for the sender to read', async () => {
    await startDeciding({ kind: 'refused', reason: '禁止广告' });
    const before = 'callbackBeforeSendSingleMsgCommand';
    expect(await webhooks().before(before, text('广告'))).toEqual({
      kind: 'refused',
      errCode: 5001,
      errMsg: '禁止广告',
    });
    expect(asked[0]).toMatchObject({
      name: `openim:${before}`,
      payload: { text: '广告', talkerId: 'alice' },
    });
    expect(heard).toEqual([]);
  });

  test('is answered with another text where the server takes one', async () => {
    await startDeciding({ kind: 'allowed', text: '***' });
    const modified = await webhooks().before('callbackBeforeMsgModifyCommand', text('脏话'));
    expect(modified).toMatchObject({ kind: 'go-on', reply: { content: '{"content":"***"}' } });
  });

  test('is allowed when no rule decides, and never asked about notices and the bot', async () => {
    await startDeciding(undefined);
    const hook = webhooks();
    const echo = await hook.before(
      'callbackBeforeSetGroupInfoExCommand',
      callbackBodies.callbackBeforeSetGroupInfoExCommand,
    );
    expect(echo).toMatchObject({ kind: 'go-on', reply: { groupID: 'g1', groupName: '新群名' } });
    asked.length = 0;
    for (const more of [{ contentType: 1509, content: '' }, { sendID: 'bot' }]) {
      const body = { ...callbackBodies.callbackBeforeSendGroupMsgCommand, ...more };
      expect(await hook.before('callbackBeforeSendGroupMsgCommand', body)).toMatchObject({
        kind: 'go-on',
      });
    }
    expect(asked).toEqual([]);
  });

  test('about a group without the bot is no join that it hears of', async () => {
    const joined: string[] = [];
    await start({}, (one) =>
      one.on('room-join', (_room, list) => void joined.push(...list.map(({ id }) => id))),
    );
    const command = 'callbackBeforeMembersJoinGroupCommand';
    fake.world.groups.set('g2', { groupID: 'g2', groupName: '', members: ['alice'] });
    const join = (groupID: string, userID: string) =>
      webhooks().before(command, { groupID, memberList: [{ userID, ex: '' }], groupEx: '' });
    await join('g2', 'bob');
    await join('g1', 'carol');
    await waitUntil('its own', () => joined.length > 0);
    await join('g2', 'bot');
    await waitUntil('the bot itself', () => joined.includes('bot'));
    expect(joined).toEqual(['carol', 'bot']);
  });

  test('once allowed is the join of those who were invited', async () => {
    const joined: string[] = [];
    await start({}, (one) =>
      one.on('room-join', (_room, list) => void joined.push(...list.map(({ id }) => id))),
    );
    const body = { ...callbackBodies.callbackBeforeMembersJoinGroupCommand };
    await webhooks().before('callbackBeforeMembersJoinGroupCommand', body);
    await waitUntil('the join', () => joined.length === 2);
    expect(joined).toEqual(['bob', 'carol']);
  });
});

const never = () => new Promise<Response>(() => {});

describe('a server whose API is slow', () => {
  test(
    'finds the webhook open at once, and the bot is called by its name afterwards',
    timed,
    async () => {
      const { promise: late, resolve: tell } = promised<Response>();
      fake.trouble('/user/get_users_info', () => late);
      await start();
      const begun = performance.now();
      const hook = webhooks();
      expect(await hook.before('callbackAfterSendSingleMsgCommand', text('早'))).toEqual({
        kind: 'go-on',
        reply: documentedAnswer,
      });
      expect(performance.now() - begun).toBeLessThan(3000);
      await waitUntil('the message', () => heard.length > 0);
      const usersInfo = [{ userID: 'bot', nickname: '小助手', faceURL: '', appMangerLevel: 4 }];
      expect(await ownName()).toBe('bot');
      tell(Response.json({ errCode: 0, errMsg: '', errDlt: '', data: { usersInfo } }));
      await expect.poll(ownName).toBe('小助手');
    },
  );

  test('is answered before it stalls, and not asked twice in vain', async () => {
    fake.trouble('/group/get_group_members_info', never, 9);
    await start();
    const hook = webhooks();
    const begun = performance.now();
    for (const id of ['1', '2', '3', '4']) {
      const message = { ...group, clientMsgID: id, groupID: `g-${id}` };
      expect(await hook.before('callbackAfterSendGroupMsgCommand', message)).toMatchObject({
        kind: 'go-on',
      });
    }
    expect(performance.now() - begun).toBeLessThan(1800);
  });

  test('does not keep the bot from stopping', async () => {
    fake.trouble('/user/get_users_info', never);
    await start();
    const begun = performance.now();
    await bot.stop();
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(logged).toEqual([]);
  });
});

/** A text of Alice's as the server has stored it. */
function storedText(clientMsgID: string, content: string, conversationID: string) {
  return {
    sendID: 'alice',
    senderNickname: '',
    senderFaceURL: '',
    recvID: 'bot',
    groupID: '',
    contentType: 101,
    content: { content },
    clientMsgID,
    ex: '',
    conversationID,
    seq: 1,
  };
}

describe('somebody else', () => {
  const body = text('假');
  const command = 'callbackBeforeSendSingleMsgCommand';
  const refused = { kind: 'refused', errCode: 90_007, errMsg: 'DataError' };

  test('without the secret is told nothing that a server takes for yes, the log what to do', async () => {
    await start();
    expect(await webhooks({ url: `${server.origin}/openim` }).before(command, body)).toEqual(
      refused,
    );
    expect(await webhooks({ url: `${server.origin}/openim/x` }).before(command, body)).toEqual(
      refused,
    );
    expect(heard).toEqual([]);
    expect(logged).toEqual([
      'openim refused a request: the secret in its URL is wrong or missing; if real callbacks are missing, compare the callback URL on the platform with `callbackSecret`. {"reason":"secret"}',
    ]);
  });

  test('without the secret cannot tell that there is a webhook', async () => {
    await start();
    const answers = ['/openim/x/callbackAfterSendSingleMsgCommand', '/openim', '/nobody'].flatMap(
      (path) =>
        ['POST', 'GET', 'PUT'].map(async (method) => {
          const response = await fetch(server.origin + path, { method });
          const type = response.headers.get('content-type');
          return `${response.status} ${type} ${await response.text()}`;
        }),
    );
    expect(new Set(await Promise.all(answers))).toEqual(
      new Set(['404 text/plain; charset=utf-8 Not Found']),
    );
  });

  test('from another address is refused, also with the secret', async () => {
    await start({ allow: '10.0.0.0/8' });
    expect(await webhooks().before(command, body)).toEqual(refused);
    expect(logged[0]).toContain('it comes from an address that is not in `allow`');
  });

  test('from an allowed address is heard', async () => {
    await start({ allow: ['127.0.0.0/8', '::1'] });
    expect(await webhooks().before(command, body)).toMatchObject({ kind: 'go-on' });
  });

  test('is warned of when nothing is configured', async () => {
    await start({ callbackSecret: undefined });
    expect(logged[0]).toContain('takes callbacks from anybody');
  });

  test('cannot invent a message that is read back', async () => {
    await start({ readBack: true });
    const conversationID = 'si_alice_bot';
    fake.world.seqs.set(conversationID, 1);
    fake.world.shown.push(storedText('c-真', '真', conversationID));
    const hook = webhooks();
    hook.after('callbackAfterSendSingleMsgCommand', text('假'));
    hook.after('callbackAfterSendSingleMsgCommand', text('真'));
    await waitUntil('the true one', () => heard.length > 0);
    await waitUntil(
      'the other is left out',
      () => logged.some((line) => line.includes('invented')),
      8000,
    );
    expect(heard).toEqual(['真']);
  });

  test('cannot put other words into a message whose id is known', async () => {
    await start({ readBack: true });
    const conversationID = 'si_alice_bot';
    fake.world.seqs.set(conversationID, 1);
    fake.world.shown.push(storedText('c-1', '真', conversationID));
    webhooks().after('callbackAfterSendSingleMsgCommand', text('假', { clientMsgID: 'c-1' }));
    await waitUntil('it is left out', () => logged.some((line) => line.includes('invented')));
    expect(heard).toEqual([]);
  });
});
