import { get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Hono } from 'hono';
import { afterEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../../../src/core/logger.js';
import { type HttpServer, startHttpServer } from '../../../src/server/http-server.js';
import { createRoutes } from '../../../src/server/routes.js';
import { timed } from '../../support/timed.js';

const loopback = { host: '127.0.0.1', port: 0 };
let servers: HttpServer[] = [];

afterEach(async () => {
  await Promise.all(servers.map((server) => server.close(0)));
  servers = [];
});

async function start(routes = createRoutes(), where = loopback): Promise<HttpServer> {
  const server = await startHttpServer(routes, where);
  servers.push(server);
  return server;
}

function saying(text: string): Hono {
  return new Hono()
    .get('/', (context) => context.text(text))
    .get('/deep/:id', (context) => context.text(`${text} ${context.req.param('id')}`));
}

function answering(text: string) {
  return () => Promise.resolve(new Response(text));
}

async function textAt(url: string): Promise<string> {
  return await (await fetch(url)).text();
}

describe('the routes', () => {
  test('lead to the part that was added at a path, and below it', async () => {
    const routes = createRoutes();
    routes.add('/hook', saying('你好'));
    const { origin } = await start(routes);
    expect(await textAt(`${origin}/hook`)).toBe('你好');
    expect(await textAt(`${origin}/hook/deep/${encodeURIComponent('周报 📰')}`)).toBe(
      '你好 周报 📰',
    );
  });

  test('answer 404 where nothing was added, and never with JSON', async () => {
    const routes = createRoutes();
    routes.add('/hook', saying('a'));
    const { origin } = await start(routes);
    const response = await fetch(`${origin}/hooked`);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('Not Found');
  });

  test('take parts that come and go while the server runs', async () => {
    const routes = createRoutes();
    const { origin } = await start(routes);
    expect((await fetch(`${origin}/late`)).status).toBe(404);
    const remove = routes.add('/late', saying('late'));
    expect(await textAt(`${origin}/late`)).toBe('late');
    remove();
    expect((await fetch(`${origin}/late`)).status).toBe(404);
  });

  test('refuse a path that is taken', () => {
    const routes = createRoutes();
    routes.add('/a', saying('a'));
    expect(() => routes.add('/a', saying('b'))).toThrow('/a is taken.');
  });

  test('lead to the handler whose path is the longest, before any part', async () => {
    const routes = createRoutes();
    routes.add('/other', saying('part'));
    const remove = routes.addHandle('/wecom', answering('one'));
    routes.addHandle('/wecom/sales', answering('two'));
    const { origin } = await start(routes);
    const paths = ['/wecom', '/wecom/', '/wecom/x?a=/wecom/sales', '/wecom/sales/y', '/other'];
    const answers = await Promise.all(paths.map((path) => textAt(`${origin}${path}`)));
    expect(answers).toEqual(['one', 'one', 'one', 'two', 'part']);
    expect((await fetch(`${origin}/wecoms`)).status).toBe(404);
    expect(() => routes.add('/wecom', saying('b'))).toThrow('/wecom is taken.');
    remove();
    expect((await fetch(`${origin}/wecom`)).status).toBe(404);
    expect(routes.has('/wecom')).toBe(false);
  });

  test('are logged when somebody wants that, without the query', async () => {
    const lines: unknown[] = [];
    const logger = { ...silentLogger, debug: (...line: unknown[]) => void lines.push(line[1]) };
    let isWanted = false;
    const routes = createRoutes({ logger, isWanted: () => isWanted });
    routes.addHandle('/wecom', () => Promise.resolve(new Response('x', { status: 401 })));
    const { origin } = await start(routes);
    await fetch(`${origin}/wecom?msg_signature=abc`);
    isWanted = true;
    await fetch(`${origin}/wecom?msg_signature=abc`, { method: 'POST', body: '密码' });
    expect(lines).toEqual([
      { method: 'POST', path: '/wecom', status: 401, ms: expect.any(Number) },
    ]);
  });

  test('answer 500 without a word of what went wrong', async () => {
    const routes = createRoutes();
    routes.add(
      '/broken',
      new Hono().get('/', () => {
        throw new Error('somebody said: 秘密');
      }),
    );
    const { origin } = await start(routes);
    const response = await fetch(`${origin}/broken`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('秘密');
  });

  test('hand the bytes of a body on', async () => {
    const routes = createRoutes();
    const echo = new Hono().post('/', async (context) => context.text(await context.req.text()));
    routes.add('/echo', echo);
    const { origin } = await start(routes);
    const response = await fetch(`${origin}/echo`, { method: 'POST', body: '订阅 📰' });
    expect(await response.text()).toBe('订阅 📰');
  });
});

describe('a port that cannot be had', () => {
  test('is named in both languages when another program uses it', async () => {
    const { origin } = await start();
    const port = Number(new URL(origin).port);
    const failure = startHttpServer(createRoutes(), { host: '127.0.0.1', port });
    await expect(failure).rejects.toMatchObject({
      code: 'port-in-use',
      text: {
        en: expect.stringContaining(`127.0.0.1:${port} is in use`),
        zh: expect.stringContaining(`127.0.0.1:${port} 已被其他程序占用`),
      },
    });
  });

  test('is an error of its own when the address is not of this computer', async () => {
    const failure = startHttpServer(createRoutes(), { host: '192.0.2.1', port: 0 });
    await expect(failure).rejects.toMatchObject({
      code: 'listen-failed',
      message: expect.stringContaining('server.host'),
    });
  });
});

describe('closing', () => {
  test('does not wait for connections that are kept alive', timed, async () => {
    const routes = createRoutes();
    routes.add('/a', saying('a'));
    const { origin } = await start(routes);
    await textAt(`${origin}/a`);
    const begun = performance.now();
    await servers[0]?.close();
    expect(performance.now() - begun).toBeLessThan(1000);
    await expect(fetch(`${origin}/a`)).rejects.toThrow('fetch failed');
  });

  test('lets an answer that is under way be sent', async () => {
    const routes = createRoutes();
    const slow = new Hono().get('/', async (context) => {
      await pause(200);
      return context.text('done');
    });
    routes.add('/slow', slow);
    const server = await start(routes);
    const answer = textAt(`${server.origin}/slow`);
    await pause(50);
    await server.close();
    expect(await answer).toBe('done');
  });

  test('breaks what takes longer than the time it has', timed, async () => {
    const routes = createRoutes();
    routes.add(
      '/never',
      new Hono().get('/', () => new Promise<Response>(() => {})),
    );
    const server = await start(routes);
    const broken = new Promise((resolve) => {
      get(`${server.origin}/never`).on('error', resolve);
    });
    await pause(50);
    const begun = performance.now();
    await server.close(100);
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(await broken).toMatchObject({ code: 'ECONNRESET' });
  });
});
