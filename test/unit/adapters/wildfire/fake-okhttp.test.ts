import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { OkHttp } from '../../../support/fake-wildfire/okhttp.js';
import { waitUntil } from '../../../support/wait-until.js';

const servers: Server[] = [];
const clients: OkHttp[] = [];

afterEach(async () => {
  for (const one of clients.splice(0)) one.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function client(): OkHttp {
  const made = new OkHttp();
  clients.push(made);
  return made;
}

test('five calls go at a time, whatever the port', async () => {
  const waiting: (() => void)[] = [];
  const hold: RequestListener = (_request, response) => void waiting.push(() => response.end());
  const urls = [await listen(hold), await listen(hold)];
  const http = client();
  const posts = Array.from({ length: 12 }, (_, index) => http.post(urls[index % 2] ?? '', '{}'));
  await waitUntil('five wait', () => waiting.length === 5);
  let answered = 0;
  while (answered < 12) {
    await waitUntil('one more', () => waiting.length > 0);
    waiting.shift()?.();
    answered += 1;
  }
  await Promise.all(posts);
  expect(http.peak).toBe(5);
});

test('a post on a connection that breaks is sent again', async () => {
  let requests = 0;
  const url = await listen((request, response) => {
    requests += 1;
    if (requests === 2) request.socket.resetAndDestroy();
    else response.end();
  });
  const http = client();
  await http.post(url, '{}');
  expect(await http.post(url, '{}')).toMatchObject({ status: 200, sent: 2 });
});

test.each([
  [408, {}, 2],
  [503, { 'retry-after': '0' }, 2],
  [503, {}, 1],
  [500, {}, 1],
])('an answer of %i with %j is sent %i times', async (status, headers, sent) => {
  const url = await listen((_request, response) => response.writeHead(status, headers).end());
  expect(await client().post(url, '{}')).toMatchObject({ status, sent });
});

test.each([
  [302, 'GET'],
  [307, 'POST'],
])('a redirect of %i becomes a %s', async (status, method) => {
  const methods: string[] = [];
  const url = await listen((request, response) => {
    methods.push(request.method ?? '');
    if (request.url === '/') response.writeHead(status, { location: '/there' }).end();
    else response.end();
  });
  await client().post(url, '{}');
  expect(methods).toEqual(['POST', method]);
});
