import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import type {
  PuppetWildfire,
  WildfireOptions,
  WildfireParts,
} from '../../../../src/adapters/wildfire/index.js';
import type { CallbackKind } from '../../../../src/adapters/wildfire/schema/callback-kinds.js';
import { promiseAcceptance } from '../../../../src/core/acceptance.js';
import { runInAnswer } from '../../../../src/core/answer-scope.js';
import type { Bilingual } from '../../../../src/core/language.js';
import { silentLogger } from '../../../../src/core/logger.js';
import { MessageType } from '../../../../src/core/message-type.js';
import type { PlatformEvent } from '../../../../src/core/platform-event.js';
import { announceDecider, type Verdict } from '../../../../src/core/verdict.js';
import { webhookListener } from '../../../../src/index.js';
import {
  base64Json,
  bodyText,
  mentioning,
  messageBody,
  serverBodies,
  textPayload,
} from '../../../support/fake-wildfire/bodies.js';
import { FakeWildfire } from '../../../support/fake-wildfire/fake-wildfire.js';
import { announceLoneKeeper } from '../../../support/lone-keeper.js';
import { timed } from '../../../support/timed.js';
import { waitUntil } from '../../../support/wait-until.js';
import { callbackPath, wildfirePuppet } from '../../../support/wildfire-bot.js';

let fake: FakeWildfire;
let bot: WechatyInterface;
let puppet: PuppetWildfire;
let server: Server;
let heard: string[];
let platform: PlatformEvent[];

beforeEach(async () => {
  log.level('silent');
  // Every other body dawdles, so that what is sent later comes first.
  fake = await FakeWildfire.start({ dawdle: (index) => (index % 2 === 0 ? 20 : 0) });
});

afterEach(async () => {
  await bot.stop();
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  await fake.close();
});

async function start(more: Partial<WildfireOptions> = {}, parts: WildfireParts = {}) {
  puppet = wildfirePuppet(fake, more, parts);
  bot = WechatyBuilder.build({ puppet, name: `wildfire-${Math.random()}` });
  heard = [];
  platform = [];
  bot.on('message', (message) => void heard.push(message.text()));
  puppet.onPlatform((event) => void platform.push(event));
  await bot.start();
  server = createServer(webhookListener(puppet));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
}

function urlOf(kind: CallbackKind): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${callbackPath(kind)}`;
}

type Body = Parameters<typeof bodyText>[0];

function push(kind: CallbackKind, body: Body | string) {
  return fake.push(urlOf(kind), typeof body === 'string' ? body : bodyText(body));
}

const toRobot = (text: string, more: Body = {}): string =>
  fake.say({
    sender: 'alice',
    conv: { type: 0, target: 'robot' },
    payload: { type: 1, searchableContent: text, ...more },
  }).body;

const inGroup = (text: string, more: Body = {}) =>
  fake.say({
    sender: 'alice',
    conv: { type: 1, target: 'g1' },
    payload: { type: 1, searchableContent: text, ...more },
  }).body;

const fileMessage = (url: string) =>
  toRobot('a.txt', { type: 5, content: '4', remoteMediaUrl: url, mediaType: 4 });

describe('hearing', () => {
  test('messages that overtake one another reach the bot in their order', async () => {
    // Longer than the default: a busy machine makes pushes later than a server does.
    await start({ orderWindowMs: 1000 });
    const texts = Array.from({ length: 40 }, (_, index) => String(index));
    const bodies = texts.map((text) => toRobot(text));
    const outcomes = await Promise.all(bodies.map((body) => push('robot', body)));
    expect(outcomes.every(({ status, body }) => status === 200 && body === '')).toBe(true);
    await waitUntil('all are heard', () => heard.length === texts.length);
    expect(heard).toEqual(texts);
  });

  test('only what the bot has heard is acknowledged, in its order too', async () => {
    await start({ orderWindowMs: 1000 });
    const heardAtAnswer: string[][] = [];
    const bodies = ['first', 'second'].map((text) => toRobot(text));
    await Promise.all(
      bodies.map(async (body) => {
        await push('robot', body);
        heardAtAnswer.push([...heard]);
      }),
    );
    expect(heardAtAnswer.map((all) => all.at(-1))).toEqual(['second', 'second']);
    expect(heard).toEqual(['first', 'second']);
  });

  test('a message that nothing overtakes is acknowledged at once', timed, async () => {
    await start({ orderWindowMs: 1000 });
    await push('robot', toRobot('dawdles'));
    const begun = Date.now();
    expect((await push('robot', toRobot('x'))).status).toBe(200);
    expect(Date.now() - begun).toBeLessThan(500);
    expect(heard).toEqual(['dawdles', 'x']);
  });

  test('the acknowledgement waits until the message is kept', async () => {
    await start();
    const keeper = {};
    const unannounce = announceLoneKeeper(puppet, keeper);
    const promised: ReturnType<typeof promiseAcceptance>[] = [];
    bot.on('message', () => void promised.push(promiseAcceptance(keeper)));
    let isAcknowledged = false;
    const acknowledged = async () => {
      await push('robot', toRobot('x'));
      isAcknowledged = true;
    };
    const pushed = acknowledged();
    await waitUntil('it is heard', () => heard.length > 0);
    await delay(100);
    expect(isAcknowledged).toBe(false);
    promised[0]?.({ kind: 'accepted', speaks: false });
    await pushed;
    unannounce();
  });

  test('a message that cannot be kept is tried again', async () => {
    await start();
    const keeper = {};
    const unannounce = announceLoneKeeper(puppet, keeper);
    let failures = 1;
    bot.on('message', () => {
      const tell = promiseAcceptance(keeper);
      tell(failures-- > 0 ? { kind: 'failed' } : { kind: 'accepted', speaks: false });
    });
    await push('robot', toRobot('x'));
    await waitUntil('it is told again', () => heard.length === 2);
    await delay(50);
    expect(heard).toHaveLength(2);
    unannounce();
  });

  test('a push that is repeated on another connection is heard once', async () => {
    await start();
    const body = toRobot('once');
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => push('robot', body)));
    await push('robot', toRobot('next'));
    await waitUntil('the next', () => heard.includes('next'));
    expect(heard).toEqual(['once', 'next']);
  });

  test('what the bot said itself is not heard on any road', async () => {
    await start();
    await bot.Contact.find({ id: 'alice' });
    await puppet.messageSendText('alice', 'mine');
    const own = fake.world.said().at(-1);
    const body = messageBody({
      messageId: own?.uid ?? 0n,
      sender: 'owner-of-the-robot',
      payload: textPayload('mine'),
    });
    for (const kind of ['message', 'mention', 'robot'] as const) await push(kind, body);
    await push('robot', toRobot('other'));
    await waitUntil('the other', () => heard.includes('other'));
    expect(heard).toEqual(['other']);
    expect(platform).toEqual([]);
  });

  test('a join told by the group and by a callback is one', async () => {
    await start();
    const joined: string[] = [];
    bot.on('room-join', (_room, people) => void joined.push(...people.map(({ id }) => id)));
    const json = '{"g":"g1","o":"alice","ms":["bob"]}';
    const payload = textPayload('', { type: 105, base64edData: base64Json(json) });
    await push('robot', messageBody({ payload }));
    await push('group.member', { operatorId: 'alice', groupId: 'g1', memberIds: ['bob'], type: 0 });
    await waitUntil('the join', () => joined.length > 0);
    await delay(100);
    expect(joined).toEqual(['bob']);
  });

  test('the same change later is another one', async () => {
    await start();
    await push('user.online', serverBodies['user.online']);
    await push('user.online', { ...serverBodies['user.online'], status: 1 });
    await push('user.online', serverBodies['user.online']);
    await waitUntil('both', () => platform.length >= 2);
    expect(new Set(platform.map(({ variables }) => variables['presence']))).toEqual(
      new Set(['offline', 'online']),
    );
  });

  test('the log says in words of this platform why a callback is refused', async () => {
    const lines: string[] = [];
    const warn = ({ en, zh }: Bilingual) => void lines.push(en, zh);
    await start(
      { allow: '127.0.0.0/8', proxies: '127.0.0.1' },
      { logger: { ...silentLogger, warn } },
    );
    await fetch(urlOf('robot').replace('nobody', 'somebody'), { method: 'POST', body: '{}' });
    const headers = { 'x-forwarded-for': '192.0.2.1' };
    await fetch(urlOf('robot'), { method: 'POST', body: '{}', headers });
    expect(lines).toEqual([
      'wildfire refused a request: the secret in its URL is wrong or missing; if real callbacks are missing, compare the callback URL on the platform with `callbackSecret`.',
      'wildfire 拒绝了一个请求：地址中的密钥不符或缺失；若收不到真实回调，请核对平台上的回调地址与 `callbackSecret`。',
      'wildfire refused a request: it comes from an address that is not in `allow`; behind a proxy, set `proxies`.',
      'wildfire 拒绝了一个请求：来源地址不在 `allow` 之列；若经过代理，请设置 `proxies`。',
    ]);
  });

  test('an unknown path, a wrong secret and broken JSON are refused', async () => {
    await start();
    const wrong = urlOf('robot').replace(/[^/]+\/robot$/u, 'guess/robot');
    const unknown = urlOf('robot').replace(/robot$/u, 'tomorrow');
    expect((await fake.push(wrong, toRobot('x'))).status).toBe(401);
    expect((await fake.push(unknown, toRobot('x'))).status).toBe(400);
    expect((await push('robot', '{"a":')).status).toBe(400);
    expect((await push('robot', '{"sender":"alice"}')).status).toBe(400);
    expect(heard).toEqual([]);
  });
});

const answerOutside = () => puppet.messageSendText('outside:alice|bob#0', 'here');

describe('in a group', () => {
  test('a mention of the robot is one of the bot, and the answer goes to the group', async () => {
    await start();
    const rooms: (string | undefined)[] = [];
    let hasAnswered = false;
    bot.on('message', async (message) => {
      rooms.push(await message.room()?.topic());
      if (!(await message.mentionSelf())) return;
      await message.say('here');
      hasAnswered = true;
    });
    await push('robot', inGroup('@Robot hi', mentioning('robot')));
    await waitUntil('the answer', () => hasAnswered);
    expect(fake.world.said()).toHaveLength(2);
    expect(fake.world.said().at(-1)).toMatchObject({
      sender: 'robot',
      conv: { type: 1, target: 'g1', line: 0 },
      payload: { searchableContent: 'here', persistFlag: 3 },
    });
    expect(rooms).toEqual(['产品群']);
  });

  test('an answer after a restart replies to its question where nothing else gets through', async () => {
    await start();
    const conv = { type: 0, target: 'bob' };
    const payload = { type: 1, searchableContent: '@Robot', ...mentioning('robot') };
    const eventId = String(fake.say({ sender: 'alice', conv, payload }).uid);
    await expect(answerOutside()).rejects.toMatchObject({ code: 'wildfire-not-mentioned' });
    await runInAnswer({ eventId, key: 't1/0' }, answerOutside);
    expect(fake.world.said().at(-1)).toMatchObject({ sender: 'robot', conv });
  });

  test('nobody heard of is written to by his id, a group by its', async () => {
    await start();
    await puppet.messageSendText('g1', 'to all', ['bob']);
    await puppet.messageSendText('bob', 'to one');
    expect(fake.world.said()).toMatchObject([
      { conv: { type: 1, target: 'g1' }, payload: { mentionedTarget: ['bob'] } },
      { conv: { type: 0, target: 'bob' } },
    ]);
  });
});

describe('the censor hook', () => {
  const asked = {
    sender: 'alice',
    conv: { type: 1, target: 'g1' },
    payload: { type: 1, searchableContent: 'bad word' },
  };

  test.each<[Verdict | undefined, object | string]>([
    [undefined, { searchableContent: 'bad word' }],
    [{ kind: 'allowed' }, { searchableContent: 'bad word' }],
    [
      { kind: 'allowed', text: '***' },
      { searchableContent: '***', persistFlag: 3 },
    ],
    [{ kind: 'refused', reason: 'no' }, 'refused'],
  ])('verdict %j', async (verdict, delivered) => {
    await start();
    const events: PlatformEvent[] = [];
    announceDecider(puppet, async (event) => {
      events.push(event);
      return verdict;
    });
    const outcome = await fake.censor(urlOf('censor'), asked);
    expect({ outcome }).toMatchObject({ outcome: delivered });
    expect(events).toMatchObject([
      {
        name: 'wildfire:censor',
        payload: { type: MessageType.Text, text: 'bad word', roomId: 'g1' },
      },
    ]);
  });

  test('never loses a message, whatever is asked', async () => {
    await start();
    announceDecider(puppet, () => Promise.resolve({ kind: 'refused', reason: '' }));
    const own = { ...asked, sender: 'robot' };
    expect(await fake.censor(urlOf('censor'), own)).toMatchObject({
      searchableContent: 'bad word',
    });
    expect((await push('censor', '{}')).body).toBe('');
    expect((await push('censor', '[]')).body).toBe('');
  });

  test('a replacement tells its length, as old servers need it', async () => {
    await start();
    announceDecider(puppet, () => Promise.resolve({ kind: 'allowed', text: '好' }));
    const response = await fetch(urlOf('censor'), {
      method: 'POST',
      body: bodyText(messageBody()),
    });
    const length = response.headers.get('content-length');
    expect(length).toBe(String(Buffer.byteLength(await response.text())));
  });
});

describe('files', () => {
  test('are fetched from origins that were named, and from no others', async () => {
    const files = createServer((_request, response) => response.end('text'));
    await new Promise<void>((resolve) => {
      files.listen(0, '127.0.0.1', resolve);
    });
    const origin = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
    await start({ files: origin, orderWindowMs: 0 });
    const contents: string[] = [];
    bot.on('message', async (message) => {
      const file = await message.toFileBox().catch((error: unknown) => error as Error);
      contents.push('toBuffer' in file ? (await file.toBuffer()).toString() : String(file));
    });
    await push('robot', fileMessage(`${origin}/a.txt`));
    await push('robot', fileMessage('http://127.0.0.1:1/a.txt'));
    await waitUntil('both', () => contents.length === 2);
    files.closeAllConnections();
    files.close();
    expect(contents.find((content) => content.startsWith('CallbackError'))).toContain('files');
    expect(contents).toContain('text');
  });
});
