import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import type { PuppetWildfire, WildfireOptions } from '../../../../src/adapters/wildfire/index.js';
import type { CallbackKind } from '../../../../src/adapters/wildfire/schema/callback-kinds.js';
import { announceKeeper, promiseAcceptance } from '../../../../src/core/acceptance.js';
import { runInAnswer } from '../../../../src/core/answer-scope.js';
import type { PlatformEvent } from '../../../../src/core/platform-event.js';
import { puppetExtras } from '../../../../src/core/puppet-extras.js';
import { createMemorySharedState } from '../../../../src/journal/memory-shared-state.js';
import { mentioning } from '../../../support/fake-wildfire/bodies.js';
import { FakeWildfire, type Sending } from '../../../support/fake-wildfire/fake-wildfire.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { waitUntil } from '../../../support/wait-until.js';
import { callbackPath, wildfirePuppet } from '../../../support/wildfire-bot.js';

let fake: FakeWildfire;

beforeEach(async () => {
  log.level('silent');
  fake = await FakeWildfire.start();
  fake.world.robots.set('robot', { secret: 'robot-secret' });
});

afterEach(() => fake.close());

interface Running {
  readonly bot: WechatyInterface;
  readonly puppet: PuppetWildfire;
  hear(kind: CallbackKind, sending: Sending): Promise<string>;
}

async function start(more: Partial<WildfireOptions> = {}): Promise<Running> {
  const puppet = wildfirePuppet(fake, { orderWindowMs: 0, ...more });
  const bot = WechatyBuilder.build({ puppet, name: `wildfire-${Math.random()}` });
  await bot.start();
  onTestFinished(() => bot.stop());
  return {
    bot,
    puppet,
    hear: async (kind, sending) => {
      const { uid, body } = fake.say(sending);
      const url = `http://127.0.0.1${callbackPath(kind)}`;
      const response = await puppet.handle(new Request(url, { method: 'POST', body }));
      expect(response.status).toBe(200);
      return String(uid);
    },
  };
}

const group = { type: 1, target: 'g1' };

const said = (text: string, more: Partial<Sending> = {}): Sending => ({
  sender: 'alice',
  conv: group,
  ...more,
  payload: { type: 1, searchableContent: text, ...more.payload },
});

/** What was answered, and to whom: `[]` is the whole chat. */
const answers = (sender = 'robot') =>
  fake.world
    .said()
    .filter((message) => message.sender === sender)
    .map(({ payload, toUsers }) => [payload.searchableContent, toUsers]);

const answer = ({ puppet }: Running, eventId: string, text: string, room = 'g1') =>
  runInAnswer({ eventId, key: `t${eventId}/0` }, () => puppet.messageSendText(room, text));

const meant = ['robot', 'bob', 'alice'];
const toSome = { toUsers: ['robot', 'bob'] };

describe('an answer to a directed message', () => {
  test('goes to those it was directed at and to who asked, whatever is said in between', async () => {
    const running = await start();
    const directed = await running.hear('robot', said('quietly', toSome));
    const open = await running.hear('robot', said('aloud'));
    await answer(running, directed, 'to some');
    await answer(running, open, 'to all');
    await running.puppet.messageSendText('g1', 'by itself');
    expect(answers()).toEqual([
      ['to some', meant],
      ['to all', []],
      ['by itself', []],
    ]);
  });

  test('stays there when a script answers what it hears', async () => {
    const running = await start();
    running.bot.on('message', async (message) => void (await message.say('an answer')));
    await running.hear('robot', said('quietly', toSome));
    await waitUntil('the answer', () => answers().length > 0);
    expect(answers()).toEqual([['an answer', meant]]);
  });

  test('stays there after a restart', async () => {
    const store = join(temporaryFolder().path, 'streams');
    const first = await start({ store });
    const directed = await first.hear('robot', said('quietly', toSome));
    await first.bot.stop();
    await answer(await start({ store }), directed, 'to some');
    expect(answers()).toEqual([['to some', meant]]);
  });

  test('stays there when another instance answers', async () => {
    const [one, other] = [await start(), await start()];
    const state = createMemorySharedState();
    for (const { bot, puppet } of [one, other]) {
      const keeper = {};
      announceKeeper(puppet, keeper);
      bot.on('message', () => promiseAcceptance(keeper)({ kind: 'accepted', speaks: true }));
      puppetExtras(puppet).share?.(state);
    }
    const directed = await one.hear('robot', said('quietly', toSome));
    await answer(other, directed, 'to some');
    expect(answers()).toEqual([['to some', meant]]);
  });

  test('grows on the screens of these alone', async () => {
    const running = await start();
    const directed = await running.hear('robot', said('quietly', toSome));
    const { answers: port } = puppetExtras(running.puppet);
    await runInAnswer({ eventId: directed, key: 't1/0' }, async () => port?.show('g1', 'to'));
    await waitUntil('the first words', () => answers().length > 0);
    await runInAnswer({ eventId: directed, key: 't1/0' }, () =>
      running.puppet.messageSendText('g1', 'to some'),
    );
    expect(answers()).toEqual([
      ['to', meant],
      ['to some', meant],
    ]);
  });

  test('of a robot that is no member goes to who asked', async () => {
    fake.world.groups.set('g2', { name: '别的群', owner: 'alice', members: ['alice', 'bob'] });
    const running = await start();
    const conv = { type: 1, target: 'g2' };
    const asked = said('@Robot', { conv, ...toSome, payload: mentioning('robot') });
    await answer(running, await running.hear('robot', asked), 'to one', 'g2');
    expect(answers()).toEqual([['to one', ['alice']]]);
  });

  test('of a rule on what is forwarded goes to these, too', async () => {
    const running = await start();
    const events: PlatformEvent[] = [];
    running.puppet.onPlatform((event) => void events.push(event));
    await running.hear('message', said('between two', { toUsers: ['bob'] }));
    await answer(running, events[0]?.id ?? '', 'to two');
    expect(answers()).toEqual([['to two', ['bob', 'alice']]]);
  });

  test('of a user goes to these, through the admin API', async () => {
    const admin = { server: fake.api.adminUrl, secret: fake.world.adminSecret };
    const running = await start({ robot: undefined, user: { id: 'bob' }, admin });
    const directed = await running.hear('message', said('quietly', { toUsers: ['bob'] }));
    await answer(running, directed, 'to some');
    expect(answers('bob')).toEqual([['to some', ['bob', 'alice']]]);
  });
});
