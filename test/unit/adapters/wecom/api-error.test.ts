import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refused, WeComApiError } from '../../../../src/adapters/wecom/client/api-error.js';
import { createWeComClient, type WeComClient } from '../../../../src/adapters/wecom/client.js';
import { isCallbackError } from '../../../../src/core/errors.js';
import { silentLogger } from '../../../../src/core/logger.js';
import { type RunningClient, startClient } from '../../../support/fake-wecom/running-client.js';
import type { Fault } from '../../../support/fake-wecom/world.js';
import { waitUntil } from '../../../support/wait-until.js';

let running: RunningClient;
beforeEach(async () => {
  running = await startClient({ timeoutMs: 300 });
});
afterEach(() => running.stop());

describe('what WeCom refuses', () => {
  it.each([
    40_001, 40_003, 40_007, 40_013, 40_014, 40_056, 40_058, 40_096, 42_001, 44_004, 45_001, 45_002,
    45_009, 45_033, 48_002, 50_002, 50_003, 60_011, 60_020, 60_111, 81_013, 82_001, 84_061, 86_003,
    301_002, 701_008, -1,
  ])('is said in both languages, with what to do (%i)', (errcode) => {
    const error = refused('message/send', errcode);
    expect(error.message).toContain(`errcode ${errcode}`);
    expect(error.message).not.toContain('devtool/query');
    expect(error.in('zh')).toMatch(/\p{Script=Han}{4}/u);
    expect(error.in('en')).toMatch(/\)\. [A-Z].*\.$|https:/u);
  });

  it('can be looked up when it is not known', () => {
    const { en, zh } = refused('tag/get', 99_999).text;
    const link = 'https://open.work.weixin.qq.com/devtool/query?e=99999';
    expect(en).toContain(link);
    expect(zh).toContain(link);
  });

  it.each([
    [-1, true, undefined],
    [45_009, true, 60_000],
    [45_033, true, 1000],
    [40_001, false, undefined],
    [60_020, false, undefined],
  ])('%i can or cannot be tried again', (errcode, isRetryable, retryAfterMs) => {
    const error = refused('message/send', errcode);
    expect(error.isRetryable).toBe(isRetryable);
    expect(error.retryAfterMs).toBe(retryAfterMs);
  });

  it('names the address that has to be trusted', async () => {
    const { client, fake } = running;
    fake.world.trustedIps = ['203.0.113.9'];
    const error = (await client.agent().catch((caught: unknown) => caught)) as WeComApiError;
    expect(error).toMatchObject({ errcode: 60_020, callerIp: '127.0.0.1', isRetryable: false });
    expect(error.message).toContain('Add 127.0.0.1 to 企业可信IP');
    expect(error.in('zh')).toContain('加入 127.0.0.1');
  });

  it.each([
    ['from ip: 203.0.113.5, more', '203.0.113.5'],
    ['from ip: 2001:db8::5, more', '2001:db8::5'],
    ['from ip: 203.0.113.5.', '203.0.113.5'],
    ['from ip: 999.1.1.1', undefined],
    ['nothing', undefined],
  ])('takes an address and nothing else out of %j', (errmsg, ip) => {
    expect(refused('agent/get', 60_020, errmsg).callerIp).toBe(ip);
    expect(refused('agent/get', 40_001, errmsg).callerIp).toBeUndefined();
    expect(refused('agent/get', 60_020, errmsg).message).not.toContain('more');
  });
});

describe('a platform in trouble', () => {
  it('is asked again up to three times while it is busy', async () => {
    const { client, fake, settle } = running;
    const busy: Fault = { errcode: -1 };
    fake.fault('getcallbackip', busy, busy, busy);
    await expect(settle(client.callbackIps())).resolves.toHaveLength(2);
    fake.fault('getcallbackip', busy, busy, busy, busy);
    await expect(settle(client.callbackIps())).rejects.toMatchObject({
      errcode: -1,
      isRetryable: true,
    });
    expect(fake.callsOf('getcallbackip')).toHaveLength(8);
  });

  it('is given longer and longer pauses', async () => {
    const { client, fake, settle } = running;
    const busy: Fault = { errcode: -1 };
    fake.fault('gettoken', busy, busy, busy);
    await settle(client.authorize(), 125);
    const times = fake.callsOf('gettoken').map(({ at }) => at);
    const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(pauses).toEqual([375, 750, 1500]);
  });

  it('is not asked again when it limits the rate', async () => {
    const { client, fake } = running;
    fake.fault('getcallbackip', { errcode: 45_009 });
    await expect(client.callbackIps()).rejects.toMatchObject({ retryAfterMs: 60_000 });
    expect(fake.callsOf('getcallbackip')).toHaveLength(1);
  });

  it.each([
    [502, true],
    [429, true],
    [404, false],
    [301, false],
  ])('may answer HTTP %i', async (status, isRetryable) => {
    const { client, fake } = running;
    fake.fault('getcallbackip', { status, body: '{"errcode":0,"ip_list":[]}' });
    await expect(client.callbackIps()).rejects.toMatchObject({
      code: 'wecom-unavailable',
      status,
      isRetryable,
    });
  });

  it.each([
    ['no JSON', '<html>'],
    ['no object', '[]'],
    ['an answer without what it promises', '{"errcode":0}'],
    ['one of the wrong type', '{"ip_list":"x"}'],
    ['nothing', ''],
  ])('may answer %s', async (_what, body) => {
    const { client, fake } = running;
    fake.fault('getcallbackip', { body });
    await expect(client.callbackIps()).rejects.toMatchObject({ code: 'wecom-unreadable' });
  });

  it('may flood', async () => {
    const { client, fake } = running;
    fake.fault('getcallbackip', { body: ' '.repeat(5 * 1024 * 1024) });
    await expect(client.callbackIps()).rejects.toThrow('too large');
  });

  it('may hang', async () => {
    const { client, fake } = running;
    await client.authorize();
    fake.fault('getcallbackip', 'hang');
    await expect(client.callbackIps()).rejects.toMatchObject({
      code: 'wecom-unreachable',
      isRetryable: true,
    });
  });

  it('may close a kept connection: it is replaced once', async () => {
    const { client, fake } = running;
    await client.authorize();
    fake.fault('getcallbackip', 'reset');
    await expect(client.callbackIps()).resolves.toHaveLength(2);
    fake.fault('getcallbackip', 'reset', 'reset');
    await expect(client.callbackIps()).rejects.toMatchObject({ code: 'wecom-unreachable' });
  });

  it('may not be there', async () => {
    const { client, fake } = running;
    await fake.close();
    const failure = client.callbackIps();
    await expect(failure).rejects.toMatchObject({ code: 'wecom-unreachable', isRetryable: true });
    await expect(failure).rejects.toThrow('ECONNREFUSED');
    running = await startClient();
  });
});

it('uses one connection for calls that follow each other, until it is closed', async () => {
  const { client, fake } = running;
  for (let count = 0; count < 5; count += 1) await client.callbackIps();
  expect(fake.connections).toBe(1);
  expect(fake.openConnections).toBe(1);
  await client.close();
  await waitUntil('the connection is closed', () => fake.openConnections === 0, 2000);
});

it.each(['qyapi.weixin.qq.com', 'ftp://example.com', ''])('refuses the base URL %j', (baseUrl) => {
  const { clock } = running;
  const options = { corpId: 'ww', agentId: 1, secret: 's', baseUrl, clock, logger: silentLogger };
  expect(() => createWeComClient(options)).toThrow('base URL');
});

it('may be reached through a proxy that has a path', async () => {
  const { fake, clock } = running;
  const { corpId, app } = fake;
  const options = { corpId, agentId: app.agentId, secret: app.secret, clock, logger: silentLogger };
  const proxied = createWeComClient({ ...options, baseUrl: `${fake.origin}/wecom/` });
  await expect(proxied.authorize()).rejects.toMatchObject({ status: 404 });
  expect(fake.calls[0]?.api).toBe('/wecom/cgi-bin/gettoken');
  await proxied.close();
});

const text = '只有收件人能看的话';
const calls: readonly ((client: WeComClient) => Promise<unknown>)[] = [
  (client) => client.authorize(),
  (client) => client.agent(),
  (client) => client.directory.members.get('bob'),
  (client) =>
    client.messages.send({ users: ['bob'] }, { msgtype: 'text', text: { content: text } }),
  (client) => client.messages.send({ users: ['x'] }, { msgtype: 'text', text: { content: text } }),
  (client) =>
    client.messages.send({ users: ['x'] }, { msgtype: 'text', text: { content: text.repeat(99) } }),
  (client) => client.media.upload({ name: 'a', bytes: Buffer.from(text) }),
  (client) => client.media.download('id'),
  (client) => client.appChats.create({ members: ['bob', 'AliceWang'] }),
];
const apis = ['gettoken', 'agent/get', 'user/get', 'message/send', 'media/upload', 'media/get'];

it('never has a secret, a token, an address or what was said in an error or a log line', async () => {
  const { fake, client, lines, settle } = running;
  const leak = () =>
    `${fake.app.secret} ${fake.world.tokens.map(({ value }) => value).join(' ')} ${text}`;
  const fault = fc.oneof(
    fc.record({ errcode: fc.constantFrom(-1, 40_001, 40_014, 45_009, 60_020, 77, 9e9) }),
    fc.record({ status: fc.constantFrom(301, 400, 502) }),
    fc.constant({ body: 'leak' }),
    fc.constantFrom('reset' as const),
  );
  const seen: string[] = [];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...calls),
      fc.array(fc.tuple(fc.constantFrom(...apis), fault), { maxLength: 6 }),
      async (call, faults) => {
        fake.world.faults.clear();
        fake.revokeTokens();
        for (const [api, each] of faults) {
          const errmsg = `leak ${leak()} from ip: 1.2.3.4 ${leak()}`;
          if (typeof each === 'string') fake.fault(api, each);
          else if ('errcode' in each) fake.fault(api, { ...each, errmsg });
          else fake.fault(api, { body: leak(), ...each });
        }
        const error: unknown = await settle(call(client)).then(
          () => undefined,
          (caught: unknown) => caught,
        );
        if (error === undefined) return;
        expect(isCallbackError(error)).toBe(true);
        const { text: said, stack, cause } = error as WeComApiError;
        expect(error instanceof WeComApiError).toBe(!said.en.includes('cannot be sent'));
        const shown = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error)];
        seen.push([...shown, said.en, said.zh, stack, inspect(cause)].join('\n'));
      },
    ),
    { numRuns: 150 },
  );
  const everything = [...seen, ...lines].join('\n');
  expect(seen.length).toBeGreaterThan(50);
  const secrets = [fake.app.secret, ...fake.world.tokens.map(({ value }) => value)];
  for (const secret of secrets) expect(everything.includes(secret)).toBe(false);
  expect(everything).not.toMatch(/access_token=|corpsecret=|127\.0\.0\.1:\d+|leak/u);
  expect(everything).not.toContain(text);
});
