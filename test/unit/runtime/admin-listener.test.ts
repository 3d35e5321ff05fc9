import { once } from 'node:events';
import { request } from 'node:http';
import { createServer, type Server } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startRuntime } from '../../../src/runtime/runtime.js';
import { freePort } from '../../support/child.js';
import { notingPino } from '../../support/noting-pino.js';
import { writeQuickPassword } from '../../support/quick-password.js';
import { consoleClient, password } from '../../support/running-console.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const rule = { name: '订阅', callback: { url: 'http://127.0.0.1:4000/' } };

async function start(sections: object, rules: readonly object[] = [rule]) {
  const folder = temporaryFolder();
  await writeQuickPassword(folder.path, password);
  const config = {
    journal: { store: 'memory' },
    metrics: { enabled: true },
    console: { enabled: true },
    ...sections,
    rules,
  };
  const file = folder.write('.wechatyrc', JSON.stringify(config));
  const { logger, lines } = notingPino();
  const runtime = startRuntime(file, { logger });
  onTestFinished(() => runtime.close(Date.now()));
  await runtime.ready;
  const warnings = () =>
    lines.filter(({ level, msg }) => level === 40 && /One port|共用端口/u.test(msg));
  return { runtime, lines, warnings };
}

/** Status and text at a path; `undefined` where nobody listens. */
async function ask(port: number, path: string, host = `127.0.0.1:${port}`) {
  return await new Promise<{ status: number; text: string } | undefined>((resolve) => {
    const headers = { host, connection: 'close' };
    const sent = request({ port, host: '127.0.0.1', path, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', () => resolve(undefined));
    sent.end();
  });
}

const statusAt = async (port: number, path: string) => (await ask(port, path))?.status;

describe('a listener for operators', () => {
  test('has console, metrics and the details of health, and the public one the bare status', async () => {
    const [port, own] = [await freePort(), await freePort()];
    const { runtime, warnings } = await start({
      server: { host: '0.0.0.0', port },
      admin: { port: own },
    });
    expect(await runtime.address()).toBe(`http://0.0.0.0:${port}`);
    await expect.poll(() => statusAt(own, '/console/')).toBe(200);
    expect(await ask(port, '/healthz')).toEqual({ status: 200, text: '' });
    for (const path of [
      '/console/',
      '/console',
      '/console/api/session',
      '/metrics',
      '/healthz/more',
      '/',
    ]) {
      expect([path, await statusAt(port, path)]).toEqual([path, 404]);
    }
    expect(JSON.parse((await ask(own, '/healthz'))?.text ?? '')).toMatchObject({ status: 'ok' });
    expect((await ask(own, '/metrics'))?.text).toContain('wechaty_callback_rules 1');
    expect(await statusAt(own, '/console/api/session')).toBe(401);
    expect(warnings()).toEqual([]);
  });

  test('is where the console is logged in to, by its own name', async () => {
    const [port, own] = [await freePort(), await freePort()];
    const { runtime } = await start({
      server: { port, publicUrl: 'https://bot.example.cn' },
      admin: { port: own, publicUrl: 'https://console.example.cn', trustProxy: true },
    });
    expect(await runtime.address()).toBe('https://bot.example.cn');
    await expect.poll(() => statusAt(own, '/console/')).toBe(200);
    expect((await ask(own, '/console/', 'console.example.cn'))?.status).toBe(200);
    expect((await ask(own, '/console/', 'bot.example.cn'))?.status).toBe(403);
    const client = consoleClient(`http://127.0.0.1:${own}`);
    const login = await client.send(
      'POST',
      '/login',
      { password },
      { origin: 'https://console.example.cn', 'x-forwarded-proto': 'https' },
    );
    expect([login.status, login.headers.get('set-cookie')]).toEqual([
      200,
      expect.stringMatching(/Secure/u),
    ]);
  });

  test('tells of rules that cannot be used, while the public one says 503 and no more', async () => {
    const [port, own] = [await freePort(), await freePort()];
    const { runtime } = await start({ server: { port }, admin: { port: own } }, [
      { ...rule, keyword: ['订阅'] },
    ]);
    await expect.poll(() => statusAt(own, '/console/')).toBe(503);
    expect((await ask(own, '/healthz'))?.text).toContain('rules-unusable');
    await runtime.address();
    expect(await ask(port, '/healthz')).toEqual({ status: 503, text: '' });
  });

  test('that cannot be had is named by its own key, and the bot runs on', async () => {
    const port = await freePort();
    const taken: Server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await once(taken, 'listening');
    const own = (taken.address() as { port: number }).port;
    const { runtime, lines } = await start({ server: { port }, admin: { port: own } });
    expect(await runtime.address()).toBe(`http://127.0.0.1:${port}`);
    await expect.poll(() => statusAt(port, '/healthz')).toBe(200);
    const errors = lines.filter(({ level }) => level === 50).map(({ msg }) => msg);
    expect(errors).toEqual([expect.stringContaining('admin.port')]);
  });

  test('at the very place of the server is the one port, which is meant then', async () => {
    const port = await freePort();
    const place = { host: '0.0.0.0', port };
    const { warnings } = await start({ server: place, admin: place });
    await expect.poll(() => statusAt(port, '/console/')).toBe(200);
    expect(await statusAt(port, '/metrics')).toBe(200);
    expect(warnings()).toEqual([]);
  });
});

describe('one port for all', () => {
  test('is what there is without a word, with a warning where the network reaches it', async () => {
    const port = await freePort();
    const { runtime, warnings } = await start({ server: { host: '0.0.0.0', port } });
    await expect.poll(() => statusAt(port, '/console/')).toBe(200);
    expect(await statusAt(port, '/metrics')).toBe(200);
    expect((await ask(port, '/healthz'))?.text).toContain('"status":"ok"');
    await runtime.address();
    expect(warnings().map(({ msg }) => msg)).toEqual([
      expect.stringMatching(/admin: \{ host: 127\.0\.0\.1, port: 8789 \}/u),
    ]);
  });

  test.each([
    ['only this computer reaches', { server: { host: '127.0.0.1', port: 0 } }],
    [
      'has nothing for operators',
      {
        server: { host: '0.0.0.0', port: 0 },
        metrics: { enabled: false },
        console: { enabled: false },
      },
    ],
  ])('that %s needs no warning', async (_, sections) => {
    const { runtime, warnings } = await start(sections);
    expect(await runtime.address()).toMatch(/^http:/u);
    expect(warnings()).toEqual([]);
  });
});
