import { once } from 'node:events';
import { createServer } from 'node:net';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Child, freePort, startChild } from '../support/child.js';
import { startCommand } from '../support/command.js';
import { compiled } from '../support/compiled.js';
import { type FakeWeCom, startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { waitUntil } from '../support/wait-until.js';
import { weComCallers, writeWeComRules } from '../support/wecom-rules.js';

const client = compiled('test/support/grpc-client.ts');

let fake: FakeWeCom;
let cwd: string;
let port: number;
let grpcPort: number;

beforeEach(async () => {
  fake = await startFakeWeCom();
  onTestFinished(() => fake.close());
  cwd = temporaryFolder().path;
  [port, grpcPort] = await Promise.all([freePort(), freePort()]);
  writeWeComRules(cwd, fake, { receiver: 'http://127.0.0.1:9/', port, isAlone: true });
});

function serve(): Child {
  const env = { WECHATY_PUPPET_SERVICE_TOKEN: 'insecure_e2e' };
  return startCommand(['serve-puppet', '--port', String(grpcPort)], { cwd, env });
}

async function connect(): Promise<Child> {
  const env = {
    WECHATY_PUPPET_SERVICE_TOKEN: 'insecure_e2e',
    WECHATY_PUPPET_SERVICE_ENDPOINT: `127.0.0.1:${grpcPort}`,
  };
  const bot = startChild(process.execPath, [client], { cwd, env });
  await bot.prints('in\n');
  return bot;
}

const shown = (userid: string) => fake.shownTo(userid).map(({ content }) => content['content']);

describe('serve-puppet', () => {
  test('lends an app to a bot in another process, which may go and come back', async () => {
    const server = serve();
    await server.prints('WECHATY_PUPPET_SERVICE_ENDPOINT');
    expect(server.printed()).toContain(`  售后  http://127.0.0.1:${port}/wecom\n`);
    expect(server.printed()).toContain(`ENDPOINT=127.0.0.1:${grpcPort}  # 售后\n`);
    const { service } = weComCallers(fake, port);
    const statuses = async (text: string) =>
      (await service.say('bob', text)).attempts.map(({ status }) => status);

    // An admin saves the URL before anybody listens; messages wait until somebody does.
    expect(await service.verifyUrl()).toBeUndefined();
    expect(await statuses('太早')).toEqual([503, 503, 503, 503]);

    const first = await connect();
    expect(await statuses('你好 🌏')).toEqual([200]);
    await waitUntil('the answer', () => fake.shownTo('bob').length === 1);

    first.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0 });
    expect(await service.verifyUrl()).toBeUndefined();
    expect(await statuses('没人')).toEqual([503, 503, 503, 503]);

    const second = await connect();
    expect(await statuses('又来了')).toEqual([200]);
    await waitUntil('the answer', () => fake.shownTo('bob').length === 2);

    // One that dies says no farewell.
    second.kill('SIGKILL');
    await second.ended;
    const isMissed = async () => (await statuses('死了')).at(-1) === 503;
    await expect.poll(isMissed, { timeout: 90_000 }).toBe(true);

    const third = await connect();
    expect(await statuses('还在')).toEqual([200]);
    await waitUntil('the answer', () => shown('bob').includes('Bob：还在'));
    expect(shown('bob').slice(0, 2)).toEqual(['Bob：你好 🌏', 'Bob：又来了']);

    server.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, signal: null });
    third.kill('SIGKILL');
    await third.ended;
  });

  test('ends with 1 when its gRPC port is in use, and says what to do', async () => {
    const other = createServer().listen(grpcPort, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { code, printed } = await serve().ended;
    expect(code).toBe(1);
    expect(printed).toContain(
      `Error: The gRPC address 127.0.0.1:${grpcPort} is in use by another program: choose another --host or --port.\n`,
    );
  });
});
