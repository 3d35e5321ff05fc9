import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkOptions } from '../../../../src/adapters/shared/check-options.js';
import {
  type WildfireOptions,
  wildfireOptionsSchema,
} from '../../../../src/adapters/wildfire/options.js';
import { selfTest } from '../../../../src/adapters/wildfire/self-test.js';
import { FakeWildfire } from '../../../support/fake-wildfire/fake-wildfire.js';

const callbackSecret = 'nobody-can-guess-this';
let fake: FakeWildfire;

beforeEach(async () => {
  fake = await FakeWildfire.start();
});

afterEach(() => fake.close());

async function tested(more: Partial<WildfireOptions> = {}) {
  const robot = { id: 'robot', secret: 'robot-secret' };
  const options = { server: fake.api.url, robot, callbackSecret, ...more };
  return await selfTest(checkOptions('wildfire', wildfireOptionsSchema, options));
}

const results = (findings: Awaited<ReturnType<typeof tested>>) =>
  findings.map(({ name, result }) => [name, result]);

/** Where the server sends the robot's messages. */
function callback(url: string): void {
  fake.world.robots.set('robot', { secret: 'robot-secret', callback: url });
}

test('settings that fit pass', async () => {
  fake.world.users.set('robot', { displayName: 'Robot' });
  callback(`https://bot.example.com/im/wildfire/${callbackSecret}/robot`);
  const admin = { server: fake.api.adminUrl, secret: fake.world.adminSecret };
  expect(results(await tested({ admin }))).toEqual([
    ['account', 'pass'],
    ['admin', 'pass'],
    ['callback', 'pass'],
  ]);
});

test('a wrong secret is told apart from a wrong address', async () => {
  const [refused] = await tested({ robot: { id: 'robot', secret: 'wrong' } });
  expect(refused).toMatchObject({ result: 'fail', advice: { zh: expect.stringContaining('244') } });
  const [, wrongPort] = await tested({ admin: { server: fake.api.url, secret: 'x' } });
  expect(wrongPort).toMatchObject({
    result: 'fail',
    advice: { en: expect.stringContaining('port is wrong') },
  });
});

test.each([
  ['http://127.0.0.1:8883/robot/recvmsg', /leads elsewhere/u],
  [`http://127.0.0.1:8788/wildfire/${callbackSecret}/message`, /leads elsewhere/u],
  ['', /has no callback/u],
])('a callback %j is found, and no secret is shown', async (url, advice) => {
  callback(url);
  const last = (await tested()).at(-1);
  expect(last).toMatchObject({ name: 'callback', result: 'fail' });
  expect(last?.advice?.en).toMatch(advice);
  expect(JSON.stringify(last)).not.toContain(callbackSecret);
});
