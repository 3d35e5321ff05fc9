import { copyFile, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import { checkOptions } from '../../../../src/adapters/shared/check-options.js';
import { createFileStreamStore } from '../../../../src/adapters/shared/file-stream-store.js';
import type {
  PuppetWildfire,
  WildfireOptions,
  WildfireParts,
} from '../../../../src/adapters/wildfire/index.js';
import { wildfireOptionsSchema } from '../../../../src/adapters/wildfire/options.js';
import type { CallbackKind } from '../../../../src/adapters/wildfire/schema/callback-kinds.js';
import { selfTest } from '../../../../src/adapters/wildfire/self-test.js';
import { announceKeeper, promiseAcceptance } from '../../../../src/core/acceptance.js';
import type { Bilingual } from '../../../../src/core/language.js';
import { silentLogger } from '../../../../src/core/logger.js';
import type { PlatformEvent } from '../../../../src/core/platform-event.js';
import { puppetExtras } from '../../../../src/core/puppet-extras.js';
import { createMemoryStreamStore } from '../../../../src/core/stream-store.js';
import { webhookListener } from '../../../../src/index.js';
import { createMemorySharedState } from '../../../../src/journal/memory-shared-state.js';
import { mentioning } from '../../../support/fake-wildfire/bodies.js';
import { deliver } from '../../../support/fake-wildfire/delivery.js';
import { FakeWildfire, type Sending } from '../../../support/fake-wildfire/fake-wildfire.js';
import { type ManualClock, manualClock } from '../../../support/manual-clock.js';
import { recorded } from '../../../support/recorded.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { waitUntil } from '../../../support/wait-until.js';
import { callbackPath, wildfirePuppet } from '../../../support/wildfire-bot.js';

let fake: FakeWildfire;
let bot: WechatyInterface;
let puppet: PuppetWildfire;
let server: Server;
let clock: ManualClock;
let heard: string[];
let platform: PlatformEvent[];
let logged: string[];

beforeEach(async () => {
  log.level('silent');
  fake = await FakeWildfire.start();
  clock = manualClock(Date.now());
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
  logged = [];
  const logger = { ...silentLogger, info: ({ en }: Bilingual) => void logged.push(en) };
  // Order is restored elsewhere; here time stands still.
  puppet = wildfirePuppet(fake, { orderWindowMs: 0, ...more }, { clock, logger, ...parts });
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

/** The robot's callback is set, and every message is forwarded. */
async function startOnBothRoads(more: Partial<WildfireOptions> = {}, parts: WildfireParts = {}) {
  await start(more, parts);
  fake.world.robots.set('robot', { secret: 'robot-secret', callback: urlOf('robot') });
}

const send = (sending: Sending) => deliver(fake, sending, { message: urlOf('message') }).outcomes;

const said = (text: string, more: Partial<Sending> = {}): Sending => ({
  sender: 'alice',
  conv: { type: 0, target: 'robot' },
  ...more,
  payload: { type: 1, searchableContent: text, ...more.payload },
});

const names = () => platform.map(({ name, variables }) => [name, variables['sender']]);

/** What a kill at this moment leaves on the disk, for another process. */
async function afterKill(path: string) {
  const copy = `${path}.copy`;
  await copyFile(path, copy);
  const other = wildfirePuppet(
    fake,
    { orderWindowMs: 0 },
    { clock, store: createFileStreamStore({ path: copy, clock }) },
  );
  const events: PlatformEvent[] = [];
  other.onPlatform((event) => void events.push(event));
  await other.start();
  onTestFinished(() => other.stop());
  return { other, events };
}

describe('a robot on both roads', () => {
  test('hears every message for it once, as its own', async () => {
    await startOnBothRoads();
    for (let index = 0; index < 29; index += 1) {
      const outcomes = await send(said(String(index)));
      expect(outcomes.map(({ status }) => status)).toEqual([200, 200]);
    }
    expect(heard).toEqual(Array.from({ length: 29 }, (_, index) => String(index)));
    await clock.advance(60_000);
    expect(names()).toEqual([]);
  });

  test('hears it once, too, when its own callback comes first', async () => {
    await startOnBothRoads();
    const { body } = fake.say(said('own first'));
    await fake.push(urlOf('robot'), body);
    await fake.push(urlOf('message'), body);
    await clock.advance(60_000);
    expect([heard, names()]).toEqual([['own first'], []]);
  });

  test('hears what is said in its groups, to everybody and to it', async () => {
    await startOnBothRoads();
    const conv = { type: 1, target: 'g1' };
    await send(said('all', { conv }));
    await send(said('directed', { conv, toUsers: ['robot'] }));
    await send(said('@Robot', { conv, payload: mentioning('robot') }));
    await clock.advance(60_000);
    // Wechaty asks what the room is called before it tells of the first.
    await waitUntil('all', () => heard.length === 3);
    expect([heard.toSorted(), names()]).toEqual([['@Robot', 'all', 'directed'], []]);
  });

  test('is told of all else as events', async () => {
    await startOnBothRoads();
    await send(said('to bob', { conv: { type: 0, target: 'bob' } }));
    fake.world.groups.set('g2', { name: '别的群', owner: 'alice', members: ['alice', 'bob'] });
    await send(said('elsewhere', { conv: { type: 1, target: 'g2' }, sender: 'bob' }));
    await send(said('not to it', { conv: { type: 1, target: 'g1' }, toUsers: ['bob'] }));
    await waitUntil('all', () => platform.length === 3);
    expect([heard, names()]).toEqual([
      [],
      [
        ['wildfire:message', 'alice'],
        ['wildfire:message', 'bob'],
        ['wildfire:message', 'alice'],
      ],
    ]);
  });

  test('is told of a message that never comes on its own road', async () => {
    await startOnBothRoads();
    const { body } = fake.say(said('censored'));
    // It was forwarded, and then the word filter kept it back.
    expect(await fake.push(urlOf('message'), body)).toMatchObject({ status: 200 });
    expect(names()).toEqual([]);
    await clock.advance(60_000);
    await waitUntil('the event', () => platform.length === 1);
    expect([heard, names()]).toEqual([[], [['wildfire:message', 'alice']]]);
  });

  test('loses nothing that it waits for when it stops', async () => {
    await startOnBothRoads();
    await fake.push(urlOf('message'), fake.say(said('late')).body);
    await bot.stop();
    expect(names()).toEqual([['wildfire:message', 'alice']]);
  });

  describe('that is killed', () => {
    let path: string;

    beforeEach(async () => {
      path = join(temporaryFolder().path, 'wildfire.streams');
      await startOnBothRoads({}, { store: createFileStreamStore({ path, clock }) });
    });

    test('loses nothing that it waited for, and was acknowledged', async () => {
      const { body } = fake.say(said('acknowledged'));
      expect(await fake.push(urlOf('message'), body)).toMatchObject({ status: 200 });
      const { events } = await afterKill(path);
      expect(events).toEqual([]);
      await clock.advance(10_000);
      await waitUntil('the event', () => events.length > 0);
      await clock.advance(60_000);
      expect(events).toMatchObject([
        { name: 'wildfire:message', payload: { text: 'acknowledged' } },
      ]);
    });

    test('hears it as its own, once, when its callback comes after the start', async () => {
      const { body } = fake.say(said('late'));
      await fake.push(urlOf('message'), body);
      const { other, events } = await afterKill(path);
      const texts: string[] = [];
      const own = new Request(urlOf('robot'), { method: 'POST', body });
      other.on('message', ({ messageId }) => void texts.push(messageId));
      expect((await other.handle(own)).status).toBe(200);
      await clock.advance(60_000);
      expect([texts.length, events]).toEqual([1, []]);
    });

    test('tells nothing again that was heard before', async () => {
      await send(said('heard'));
      await fake.push(urlOf('message'), fake.say(said('censored')).body);
      await clock.advance(60_000);
      await waitUntil('the event', () => platform.length === 1);
      await bot.stop();
      const { events } = await afterKill(path);
      await clock.advance(60_000);
      expect([heard, names(), events]).toEqual([['heard'], [['wildfire:message', 'alice']], []]);
    });

    test('forgets what a person said, and tells nothing of it', async () => {
      await fake.push(urlOf('message'), fake.say(said('秘密')).body);
      await fake.push(urlOf('message'), fake.say(said('别人的', { sender: 'bob' })).body);
      const { personal } = puppetExtras(puppet);
      expect((await personal?.of('alice'))?.map(({ kind }) => kind)).toEqual(['held']);
      await personal?.forget('alice');
      expect(await personal?.of('alice')).toEqual([]);
      expect(await readFile(path, 'utf8')).not.toContain('秘密');
      await clock.advance(60_000);
      await waitUntil('the event', () => platform.length > 0);
      expect(names()).toEqual([['wildfire:message', 'bob']]);
    });

    test('forgets likewise what an earlier process held', async () => {
      await fake.push(urlOf('message'), fake.say(said('秘密')).body);
      const { other, events } = await afterKill(path);
      await puppetExtras(other).personal?.forget('alice');
      await clock.advance(60_000);
      expect([events, await puppetExtras(other).personal?.of('alice')]).toEqual([[], []]);
    });

    test('hears at once what it cannot keep', async () => {
      await bot.stop();
      server.closeAllConnections();
      const store = createMemoryStreamStore();
      const full = { ...store, put: () => Promise.reject(new Error('ENOSPC')) };
      await startOnBothRoads({}, { store: full });
      const { body } = fake.say(said('no disk'));
      expect(await fake.push(urlOf('message'), body)).toMatchObject({ status: 200 });
      expect(names()).toEqual([['wildfire:message', 'alice']]);
    });
  });

  test('says so in the log once', async () => {
    await startOnBothRoads();
    await send(said('one'));
    await send(said('two'));
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('`message.forward.url`');
  });
});

test('two instances that are told on a road each hear a message once together', async () => {
  const state = createMemorySharedState();
  const share = (one: PuppetWildfire, wechaty: WechatyInterface) => {
    const keeper = {};
    announceKeeper(one, keeper);
    const accept = () => promiseAcceptance(keeper)({ kind: 'accepted', speaks: false });
    wechaty.on('message', accept);
    one.onPlatform(accept);
    puppetExtras(one).share?.(state);
  };
  await startOnBothRoads();
  share(puppet, bot);
  const other = wildfirePuppet(fake, { orderWindowMs: 0 }, { clock });
  const otherBot = WechatyBuilder.build({ puppet: other, name: `wildfire-${Math.random()}` });
  await otherBot.start();
  onTestFinished(() => otherBot.stop());
  const events: PlatformEvent[] = [];
  other.onPlatform((event) => void events.push(event));
  share(other, otherBot);
  const { body } = fake.say(said('once'));
  const forwarded = new Request(urlOf('message'), { method: 'POST', body });
  expect((await other.handle(forwarded)).status).toBe(200);
  await fake.push(urlOf('robot'), body);
  await clock.advance(60_000);
  await otherBot.stop();
  expect([heard, events]).toEqual([['once'], []]);
});

const tested = async (callbackSecret = 'nobody-can-guess-this') => {
  const robot = { id: 'robot', secret: 'robot-secret' };
  const options = { server: fake.api.url, robot, callbackSecret };
  const checked = checkOptions('wildfire', wildfireOptionsSchema, options);
  const webhookOrigin = new URL(urlOf('robot')).origin;
  return (await selfTest({ ...checked, webhookOrigin })).find(({ name }) => name === 'roads');
};

describe('the self-test', () => {
  test('notices that the bot that runs is told on two roads, and says what that means', async () => {
    await startOnBothRoads();
    await fake.push(urlOf('robot'), fake.say(said('own')).body);
    expect(await tested()).toBeUndefined();
    await send(said('both'));
    expect(await tested()).toMatchObject({
      result: 'pass',
      advice: { en: expect.stringContaining('`message.forward.url`') },
    });
  });

  test('is told nothing without the secret', async () => {
    await startOnBothRoads();
    await send(said('both'));
    expect(await tested('somebody-guesses-this')).toBeUndefined();
    const base = urlOf('robot').replace(/\/robot$/u, '');
    expect((await fetch(base)).status).toBe(200);
    expect((await fetch(base.replace('nobody', 'somebody'))).status).toBe(401);
    expect((await fetch(urlOf('robot'))).status).toBe(405);
  });
});

test('a channel on both roads hears every message for it once, and never itself', async () => {
  await start({
    robot: undefined,
    channel: { id: 'channel', secret: 'channel-secret' },
  });
  const callback = urlOf('channel.message').replace(/\/message$/u, '');
  fake.world.channels.set('channel', { secret: 'channel-secret', callback });
  const conv = { type: 3, target: 'channel' };
  await send(said('in the channel', { conv }));
  await clock.advance(60_000);
  expect([heard, names()]).toEqual([['in the channel'], []]);
  await puppet.messageSendText('alice', 'an answer');
  const own = fake.world.said().at(-1);
  const { body } = fake.say(said('an answer', { conv, sender: 'owner', toUsers: ['alice'] }));
  await fake.push(urlOf('message'), body.replace(/"messageId":\d+/u, `"messageId":${own?.uid}`));
  await clock.advance(60_000);
  expect([heard, names()]).toEqual([['in the channel'], []]);
});

test('a bot that has but the forwarding waits a second for its own road, no longer', async () => {
  await start();
  await send(said('nobody tells it'));
  await clock.advance(1000);
  await waitUntil('the event', () => platform.length === 1);
  expect(names()).toEqual([['wildfire:message', 'alice']]);
});

describe('as a real server sent it', () => {
  test.each(['as recorded', 'backwards'])('%s', async (order) => {
    await start({ robot: { id: 'FireRobot', secret: 'robot-secret' } });
    fake.world.robots.set('FireRobot', { secret: 'robot-secret' });
    const requests = recorded('wildfire/two-roads.jsonl').filter(({ path }) =>
      /^\/wildfire\/SECRET\/(?:robot|message)$/u.test(path),
    );
    const sent = order === 'backwards' ? requests.toReversed() : requests;
    for (const { path, body } of sent) {
      const kind = path.endsWith('/robot') ? 'robot' : 'message';
      expect(await fake.push(urlOf(kind), body)).toMatchObject({ status: 200 });
    }
    const onBoth = requests.filter(({ path }) => path.endsWith('/robot'));
    const elsewhere = requests.length - 2 * onBoth.length;
    await clock.advance(60_000);
    await waitUntil('the others', () => platform.length >= elsewhere);
    expect([heard.length, platform.length]).toEqual([onBoth.length, elsewhere]);
  });
});
