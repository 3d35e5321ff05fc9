import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createTransport } from '../../../../src/adapters/shared/client/transport.js';
import { freePort } from '../../../support/free-port.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function transport(timeoutMs?: number) {
  const made = createTransport(timeoutMs);
  closing.push(() => made.close());
  return made;
}

async function listening(server: ReturnType<typeof createServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A server of which every connection is handed over as it is. */
async function rawServer(onConnection: (socket: Socket) => void): Promise<number> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  closing.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return await listening(server);
}

async function httpServer(server: Server): Promise<number> {
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return await listening(server);
}

const post = { method: 'POST', body: Buffer.from('{}') } as const;

test('a refused connection has surely carried nothing', async () => {
  const url = `http://127.0.0.1:${await freePort()}/`;
  expect(await transport().request({ ...post, url })).toEqual({
    kind: 'failure',
    code: 'ECONNREFUSED',
    isUnsent: true,
  });
});

test('a name that is not known has surely carried nothing', async () => {
  const url = 'http://no-such-host.invalid/';
  expect(await transport().request({ ...post, url })).toMatchObject({ isUnsent: true });
});

test('a TLS handshake that breaks has surely carried nothing', async () => {
  const port = await rawServer((socket) => socket.once('data', () => socket.destroy()));
  const url = `https://127.0.0.1:${port}/`;
  expect(await transport().request({ ...post, url })).toMatchObject({ isUnsent: true });
});

test('of a connection that is cut after the request nobody can say', async () => {
  const port = await rawServer((socket) => socket.once('data', () => socket.destroy()));
  const url = `http://127.0.0.1:${port}/`;
  expect(await transport().request({ ...post, url })).toMatchObject({
    kind: 'failure',
    isUnsent: false,
  });
});

test('of silence nobody can say', async () => {
  const port = await rawServer(() => {});
  const url = `http://127.0.0.1:${port}/`;
  expect(await transport(30).request({ ...post, url })).toEqual({
    kind: 'failure',
    code: 'ETIMEDOUT',
    isUnsent: false,
  });
});

/** Answers the first request of a connection, and breaks the connection at the second. */
async function serverOfOneRequest() {
  const seen: number[] = [];
  const server = createHttpServer((request, response) => {
    const { remotePort = 0 } = request.socket;
    const isSecond = seen.includes(remotePort);
    seen.push(remotePort);
    if (isSecond) request.socket.destroy();
    else response.end('{}');
  });
  return { url: `http://127.0.0.1:${await httpServer(server)}/`, seen };
}

test('what matters twice uses a kept connection, and none that was closed meanwhile', async () => {
  const seen: number[] = [];
  const server = createHttpServer((request, response) => {
    seen.push(request.socket.remotePort ?? 0);
    response.end('{}');
  });
  const call = { ...post, url: `http://127.0.0.1:${await httpServer(server)}/`, isOnce: true };
  const made = transport();
  for (let n = 0; n < 3; n += 1) {
    if (n === 2) server.closeIdleConnections();
    expect(await made.request(call)).toMatchObject({ status: 200 });
  }
  expect(seen).toEqual([seen[0], seen[0], expect.any(Number)]);
  expect(new Set(seen).size).toBe(2);
});

test('what matters twice is not repeated when its connection breaks', async () => {
  let requests = 0;
  const port = await rawServer((socket) => {
    socket.once('data', () => {
      requests += 1;
      socket.resetAndDestroy();
    });
  });
  const call = { ...post, url: `http://127.0.0.1:${port}/`, isOnce: true };
  expect(await transport().request(call)).toMatchObject({ kind: 'failure', isUnsent: false });
  expect(requests).toBe(1);
});

test('what does not is repeated over another connection', async () => {
  const { url, seen } = await serverOfOneRequest();
  const made = transport();
  for (let n = 0; n < 2; n += 1)
    expect(await made.request({ ...post, url })).toMatchObject({ status: 200 });
  expect(seen).toHaveLength(3);
});
