import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../../../../src/cli/program/run-program.js';
import { serveWebhooks } from '../../../../src/index.js';
import { captureIo } from '../../../support/captured-io.js';
import { freePort } from '../../../support/child.js';
import { type FakeWeCom, startFakeWeCom } from '../../../support/fake-wecom/fake-wecom.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { weComPuppet } from '../../../support/wecom-app.js';
import { type WeComRules, writeWeComRules } from '../../../support/wecom-rules.js';

let fake: FakeWeCom;
let cwd: string;
let port: number;

beforeEach(async () => {
  fake = await startFakeWeCom();
  cwd = temporaryFolder().path;
  port = await freePort();
});

afterEach(async () => {
  await fake.close();
});

function rules(told: Partial<WeComRules> = {}): void {
  writeWeComRules(cwd, fake, { receiver: 'http://127.0.0.1:9/', port, isAlone: true, ...told });
}

async function doctor(...args: string[]) {
  const io = captureIo(cwd);
  const code = await runProgram(['doctor', ...args], io);
  return { code, out: io.out(), err: io.err() };
}

/** What came of each check, with its advice. */
async function findings() {
  const { code, out } = await doctor('--adapter', '售后', '--json');
  const { checks } = JSON.parse(out) as {
    checks: { check: string; result: string; advice?: string }[];
  };
  const results = checks.map(({ check, result }) => `${check} ${result}`);
  const advice = (name: string) => checks.find(({ check }) => check === name)?.advice ?? '';
  return { code, results, advice };
}

/** Serves the app's webhook, or something in its place, where the file says. */
async function serve(): Promise<void> {
  const server = await serveWebhooks([weComPuppet(fake)], { port });
  onTestFinished(() => server.close());
}

async function serveInstead(listener: RequestListener): Promise<void> {
  const server = createServer(listener).listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
}

describe('doctor --adapter', () => {
  test('finds nothing wrong with an app as it should be', async () => {
    rules();
    await serve();
    const { code, out } = await doctor('--adapter', '售后');
    expect(out).toContain('售后 (wecom)\n');
    expect(out).toContain('App: 测试应用');
    expect(out).toContain('pass  the webhook here passes the check of the URL\n');
    expect(out).toContain('The adapter can be used.');
    expect([code, out.includes('FAIL')]).toEqual([0, false]);
    expect(out).not.toContain(fake.app.secret);
  });

  test.each([
    ['40001, a wrong secret', { secret: 'wrong' }, 'token', ['the secret is wrong', '40001']],
    [
      '40013, a wrong corp id',
      { corpId: 'wwffffffffffffffff' },
      'token',
      ['the corp id is wrong', '40013', '我的企业'],
    ],
    [
      '301002 or 40056, a wrong agent id',
      { agentId: 1_000_099 },
      'agent',
      [/agent id (is not valid|belongs to another app)/u, /40056|301002/u],
    ],
  ])('tells %s', async (_what, app, check, said) => {
    rules({ app });
    const { code, results, advice } = await findings();
    expect(code).toBe(1);
    expect(results).toContain(`${check} fail`);
    for (const words of said) expect(advice(check)).toMatch(words);
  });

  test('tells 40056, an agent id that is none', async () => {
    rules();
    fake.fault('agent/get', { errcode: 40_056 });
    const { advice } = await findings();
    expect(advice('agent')).toMatch(/the agent id is not valid.*40056/u);
  });

  test('tells 60020, an address that is not trusted, and names it', async () => {
    rules();
    fake.world.trustedIps = ['203.0.113.7'];
    const { code, results, advice } = await findings();
    expect(code).toBe(1);
    expect(results).toContain('callback-ips fail');
    expect(advice('callback-ips')).toMatch(/127\.0\.0\.1 is not trusted.*60020.*企业可信IP/u);
    expect(advice('callback-ips')).toContain('only after the callback URL');
  });

  test('skips the webhook that is not served', async () => {
    rules({ server: { publicUrl: 'http://127.0.0.1:9' } });
    const { code, results, advice } = await findings();
    expect([code, ...results.slice(-2)]).toEqual([0, 'webhook skipped', 'public-url skipped']);
    expect(advice('webhook')).toContain(`http://127.0.0.1:${port}/wecom`);
  });

  test('skips the calls of an app that has no secret', async () => {
    rules({ app: { secret: undefined } });
    const { code, results } = await findings();
    expect([code, results]).toEqual([
      0,
      [
        'settings pass',
        'token skipped',
        'callback-ips skipped',
        'agent skipped',
        'webhook skipped',
      ],
    ]);
    expect(fake.calls).toEqual([]);
  });

  test('tells a webhook that was started with another key', async () => {
    rules({ app: { token: 'Another1' } });
    await serve();
    const { code, results, advice } = await findings();
    expect([code, results.at(-1)]).toEqual([1, 'webhook fail']);
    expect(advice('webhook')).toMatch(/HTTP 401\. Another Token/u);
  });

  test.each([
    [200, /Something else answers there/u],
    [302, /A proxy or a firewall/u],
    [404, /Nothing is offered at this path/u],
    [503, /is not running there/u],
  ])('tells what HTTP %i in its place means', async (status, words) => {
    rules();
    await serveInstead((_request, response) => {
      response.writeHead(status, { location: '/' }).end('"1234"');
    });
    const { results, advice } = await findings();
    expect(results.at(-1)).toBe('webhook fail');
    expect(advice('webhook')).toMatch(words);
  });

  test('tells a public address that leads nowhere', async () => {
    rules({ server: { publicUrl: 'http://127.0.0.1:9' } });
    await serve();
    const { code, results, advice } = await findings();
    expect([code, ...results.slice(-2)]).toEqual([1, 'webhook pass', 'public-url fail']);
    expect(advice('public-url')).toContain('within one second');
  });

  test('names the adapters there are', async () => {
    rules();
    expect(await doctor('--adapter', 'x')).toEqual({
      code: 2,
      out: '',
      err: 'Error: There is no adapter "x". There are: 售后.\n',
    });
  });

  test('wants a URL or an adapter, and not both', async () => {
    for (const args of [[], ['http://127.0.0.1:9/', '--adapter', '售后']]) {
      const { code, err } = await doctor(...args);
      expect([code, err]).toEqual([2, expect.stringContaining('one of them')]);
    }
  });
});
