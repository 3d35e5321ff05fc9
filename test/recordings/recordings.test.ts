import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WildfireOptions } from '../../src/adapters/wildfire/index.js';
import { type FakeOpenIM, startFakeOpenIM } from '../support/fake-openim/fake-openim.js';
import { FakeWildfire } from '../support/fake-wildfire/fake-wildfire.js';
import { callbackSecret, openIMPuppet } from '../support/openim-bot.js';
import { type RecordedRequest, recorded } from '../support/recorded.js';
import { wildfirePuppet } from '../support/wildfire-bot.js';
import { replayed } from './replay.js';

/** What is to come of each request of a recording: its number and kind, and what `replayed` says. */
function expectedIn(name: string): readonly string[] {
  const text = readFileSync(resolve(`test/recordings/${name}.expected`), 'utf8');
  return text.trimEnd().split('\n\n');
}

/** Every request with what is expected of it. */
function casesOf(name: string): readonly (readonly [string, RecordedRequest, string])[] {
  const expected = expectedIn(name);
  const requests = recorded(`${name}/requests.jsonl`);
  expect(expected).toHaveLength(requests.length);
  return requests.map((request, index) => [
    `${index + 1} ${request.kind}`,
    request,
    expected[index] ?? '',
  ]);
}

const withSecret = (request: RecordedRequest) => ({
  ...request,
  path: request.path.replace('SECRET', callbackSecret),
});

describe('what an OpenIM v3.8.3-patch.16 sent', () => {
  let fake: FakeOpenIM;

  beforeAll(async () => {
    fake = await startFakeOpenIM();
    const members = ['alice', 'bot', 'bob', 'carol'];
    fake.world.groups.set('3650197302', { groupID: '3650197302', groupName: '产品群', members });
  });
  afterAll(() => fake.close());

  test.each(casesOf('openim'))('%s', async (title, request, expected) => {
    const seen = await replayed(openIMPuppet(fake), withSecret(request));
    expect(`${title}\n${seen}`).toBe(expected);
  });
});

describe('what a WildfireChat 1.4.8 sent', () => {
  let fake: FakeWildfire;

  beforeAll(async () => {
    fake = await FakeWildfire.start();
    const { users, groups, robots, channels } = fake.world;
    robots.set('FireRobot', { secret: 'robot-secret' });
    channels.set('c1', { secret: 'channel-secret' });
    const names = { FireRobot: '小火', u_alice: 'alice', u_bob: 'bob 显示', u_carol: '新卡罗尔' };
    for (const [id, displayName] of Object.entries(names)) users.set(id, { displayName });
    const members = ['u_alice', 'u_bob', 'u_carol', 'FireRobot', 'Robot2'];
    groups.set('g1', { name: '测试群', owner: 'u_alice', members });
  });
  afterAll(() => fake.close());

  /** The three bots that were configured there. */
  const bots: Readonly<Record<string, Partial<WildfireOptions>>> = {
    wildfire: { robot: { id: 'FireRobot', secret: 'robot-secret' } },
    wfc: { robot: undefined, channel: { id: 'c1', secret: 'channel-secret' }, path: '/wfc' },
    wfu: { robot: undefined, user: { id: 'u_carol' }, path: '/wfu' },
  };

  test.each(casesOf('wildfire'))('%s', async (title, request, expected) => {
    const [, root = ''] = request.path.split('/');
    const admin = { server: fake.api.adminUrl, secret: fake.world.adminSecret };
    const options = { admin, orderWindowMs: 0, callbackSecret, ...bots[root] };
    const seen = await replayed(wildfirePuppet(fake, options), withSecret(request));
    expect(`${title}\n${seen}`).toBe(expected);
  });
});
