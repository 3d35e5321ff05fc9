import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../../../../src/cli/program/run-program.js';
import { captureIo } from '../../../support/captured-io.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

async function doctor(config: object, ...args: string[]) {
  const folder = temporaryFolder();
  folder.write('.wechatyrc.json', JSON.stringify({ rules: [], ...config }));
  const io = captureIo(folder.path);
  const code = await runProgram(['doctor', '--server', ...args], io);
  return { code, out: io.out(), err: io.err() };
}

interface Reported {
  readonly checks: readonly { check: string; result: string; advice?: string; status?: number }[];
}

/** By check: its result, and `!` behind it where there is something to say. */
async function results(config: object): Promise<Readonly<Record<string, string>>> {
  const { out } = await doctor(config, '--json');
  const { checks } = JSON.parse(out) as Reported;
  return Object.fromEntries(
    checks.map(({ check, result, advice }) => [check, `${result}${advice ? '!' : ''}`]),
  );
}

const console = { enabled: true };
const quiet = { 'own-port': 'pass', 'console-tls': 'skipped!', 'proxy-addresses': 'skipped!' };

describe('what the sections say', () => {
  test('nothing is said of a bot that offers nothing, or on this computer alone', async () => {
    expect(await results({})).toMatchObject({ ...quiet, 'operators-host': 'skipped!' });
    expect((await doctor({})).code).toBe(0);
    expect(await results({ console })).toMatchObject({
      'own-port': 'pass',
      'console-tls': 'pass',
      'proxy-addresses': 'pass',
    });
  });

  test('a console beside webhooks on the network is refused, without TLS twice', async () => {
    const shared = { console, server: { host: '0.0.0.0' } };
    expect(await results(shared)).toMatchObject({ 'own-port': 'fail!', 'console-tls': 'fail!' });
    const { code, out } = await doctor(shared);
    expect(code).toBe(1);
    expect(out).toContain('`admin: { host: 127.0.0.1, port: 8789 }`');
    expect(out).toContain('`server.publicUrl`');
    expect(out).toContain('Checks that failed: 2.');
    expect((await doctor(shared, '--lang', 'zh')).out).toContain('控制台密码不以明文传输');
  });

  test('metrics beside webhooks on the network are refused as well', async () => {
    const shared = { metrics: { enabled: true }, server: { host: '0.0.0.0' } };
    expect(await results(shared)).toMatchObject({ ...quiet, 'own-port': 'fail!' });
  });

  test.each([
    ['on this computer', {}, { 'console-tls': 'pass', 'operators-host': 'pass' }],
    ['on the network', { host: '0.0.0.0' }, { 'console-tls': 'fail!', 'operators-host': 'pass!' }],
    [
      'behind a proxy',
      { publicUrl: 'https://a.example', trustProxy: true },
      { 'console-tls': 'pass', 'proxy-addresses': 'pass' },
    ],
    [
      'behind a proxy without TLS',
      { publicUrl: 'http://a.example', trustProxy: true },
      { 'console-tls': 'fail!', 'proxy-addresses': 'pass' },
    ],
    [
      'behind a proxy whose addresses are not believed',
      { publicUrl: 'https://a.example' },
      { 'console-tls': 'pass', 'proxy-addresses': 'fail!' },
    ],
    [
      'on the network, and who is forwarded is believed',
      { host: '0.0.0.0', publicUrl: 'https://a.example', trustProxy: true },
      { 'console-tls': 'pass', 'operators-host': 'pass!', 'proxy-addresses': 'pass!' },
    ],
  ])('a listener for operators %s', async (_where, admin, wanted) => {
    const server = { host: '0.0.0.0' };
    expect(await results({ console, server, admin })).toMatchObject({
      'own-port': 'pass',
      ...wanted,
    });
  });
});

/** What stands at the public address: a proxy in front of the bot. */
async function startProxy(bodies: Readonly<Record<string, readonly [number, string]>>) {
  const server = createServer(({ url = '' }, response) => {
    const [status, body] = bodies[url] ?? [404, 'Not Found'];
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = () => new Promise((resolve) => void server.close(resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('what strangers get at the public address', () => {
  const open = {
    '/metrics': [200, '# HELP wechaty_callback_events_total Events\n'],
    '/healthz': [200, '{"status":"ok","problems":[],"rules":1}'],
    '/console/api/session': [401, '{"error":{"code":"no-session","en":"","zh":""}}'],
  } as const;

  test('that is for operators is refused', async () => {
    const server = { publicUrl: await startProxy(open) };
    expect(await results({ console, server, admin: {} })).toMatchObject({
      'public-metrics': 'fail!',
      'public-health': 'fail!',
      'public-console': 'fail!',
    });
    const found = await results({ console, server });
    expect(found).toMatchObject({ 'public-metrics': 'fail!', 'public-health': 'fail!' });
    expect(found).not.toHaveProperty('public-console');
  });

  test('of webhooks alone is as it should be', async () => {
    const server = { publicUrl: await startProxy({ '/healthz': [200, ''] }) };
    expect(await results({ console, server, admin: {} })).toMatchObject({
      'public-metrics': 'pass',
      'public-health': 'pass',
      'public-console': 'pass',
    });
  });

  test('is not tested where nobody answers, or no address is known', async () => {
    const silent = { publicUrl: 'http://127.0.0.1:1' };
    expect(await results({ server: silent })).toMatchObject({ 'public-metrics': 'skipped!' });
    expect(await results({})).toMatchObject({ 'public-health': 'skipped!' });
  });
});
