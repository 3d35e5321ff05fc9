import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryTokenStore } from '../../../../src/adapters/shared/client/token-store.js';
import type { FakeWeCom } from '../../../support/fake-wecom/fake-wecom.js';
import { type RunningClient, startClient } from '../../../support/fake-wecom/running-client.js';

let running: RunningClient;
beforeEach(async () => {
  running = await startClient();
});
afterEach(() => running.stop());

const life = 7200 * 1000;
const grants = () => running.fake.callsOf('gettoken').length;

describe('getting a token', () => {
  it('asks once for calls that come at the same time', async () => {
    const { client } = running;
    await Promise.all(Array.from({ length: 20 }, () => client.callbackIps()));
    expect(grants()).toBe(1);
  });

  it('keeps it for 90 % of its life', async () => {
    const { client, clock } = running;
    await client.callbackIps();
    await clock.advance(life * 0.9 - 1);
    await client.callbackIps();
    expect(grants()).toBe(1);
    await clock.advance(1);
    await client.callbackIps();
    expect(grants()).toBe(2);
  });

  it('uses what is left of its life when WeCom gives none', async () => {
    const { client, clock, fake } = running;
    await client.callbackIps();
    await clock.advance(life * 0.95);
    fake.fault('gettoken', { status: 502 });
    await expect(client.callbackIps()).resolves.toHaveLength(2);
    await clock.advance(life * 0.05);
    fake.fault('gettoken', { status: 502 });
    await expect(client.callbackIps()).rejects.toMatchObject({ code: 'wecom-unavailable' });
  });

  it.each([
    ['secret', 40_001, (fake: FakeWeCom) => fake.world.apps.splice(0)],
    ['corp id', 40_013, (fake: FakeWeCom) => Object.assign(fake.world, { corpId: 'wwOther' })],
  ])('does not ask again with a wrong %s', async (_what, errcode, change) => {
    change(running.fake);
    const failure = { errcode, isRetryable: false };
    await expect(running.client.callbackIps()).rejects.toMatchObject(failure);
    expect(grants()).toBe(1);
  });
});

describe('a token that is refused', () => {
  it.each([40_014, 42_001])('is replaced and the call made again, once (%s)', async (errcode) => {
    const { client, fake } = running;
    await client.callbackIps();
    fake.revokeTokens(errcode);
    await expect(client.callbackIps()).resolves.toHaveLength(2);
    expect(grants()).toBe(2);
    expect(fake.callsOf('getcallbackip').map((call) => call.errcode)).toEqual([0, errcode, 0]);
  });

  it('is replaced once for calls that are refused at the same time', async () => {
    const { client, fake } = running;
    await client.callbackIps();
    fake.revokeTokens();
    await Promise.all(Array.from({ length: 20 }, () => client.callbackIps()));
    expect(grants()).toBe(2);
  });

  it('costs no good token when its refusal comes late', async () => {
    const { client, fake } = running;
    await client.callbackIps();
    fake.revokeTokens();
    fake.fault('getcallbackip', { delayMs: 100 });
    await Promise.all([client.callbackIps(), client.agent()]);
    expect(grants()).toBe(2);
    await client.agent();
    expect(grants()).toBe(2);
  });

  it('is not asked for again and again when WeCom insists on it', async () => {
    const { client, fake } = running;
    await client.callbackIps();
    fake.revokeTokens();
    fake.world.isTokenStuck = true;
    await expect(client.callbackIps()).rejects.toMatchObject({ errcode: 40_014 });
    expect(grants()).toBe(2);
    expect(fake.callsOf('getcallbackip')).toHaveLength(2);
  });

  it('is not replaced a second time in one call', async () => {
    const { client, fake } = running;
    await client.callbackIps();
    fake.revokeTokens();
    fake.fault('getcallbackip', { errcode: 42_001 }, { errcode: 42_001 });
    await expect(client.callbackIps()).rejects.toMatchObject({ errcode: 42_001 });
    expect(fake.callsOf('getcallbackip')).toHaveLength(3);
    expect(grants()).toBe(2);
  });
});

it('keeps the tokens of two apps of one corp apart', async () => {
  const store = memoryTokenStore();
  const token = { obtainedAt: 0, expiresAt: 1 };
  await store.write('corp:1', { value: 'one', ...token });
  await store.write('corp:2', { value: 'two', ...token });
  await store.drop('corp:1', 'two');
  expect(await store.read('corp:1')).toMatchObject({ value: 'one' });
  await store.drop('corp:1', 'one');
  expect(await store.read('corp:1')).toBeUndefined();
  expect(await store.read('corp:2')).toMatchObject({ value: 'two' });
});

it('lets one caller give up without ending the others', async () => {
  const { client, fake } = running;
  fake.fault('gettoken', { delayMs: 100 });
  const stop = new AbortController();
  const given = client.callbackIps(stop.signal);
  const other = client.callbackIps();
  stop.abort(new Error('enough'));
  await expect(given).rejects.toThrow('enough');
  await expect(other).resolves.toHaveLength(2);
  expect(grants()).toBe(1);
});
