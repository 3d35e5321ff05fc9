import { once } from 'node:events';
import { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { admit } from '../../../src/core/admission.js';
import type { Bilingual } from '../../../src/core/language.js';
import { silentLogger } from '../../../src/core/logger.js';
import { boundConnections, type ConnectionLimits } from '../../../src/server/connections.js';
import { startHttpServer } from '../../../src/server/http-server.js';
import { openFilesLimit } from '../../../src/server/open-files-limit.js';
import { createRoutes } from '../../../src/server/routes.js';

const answer = async (request: Request) => new Response(String((await request.text()).length));

/** A server that reads every body; requests at `/known` come from where they should. */
async function start(limits: ConnectionLimits): Promise<number> {
  const routes = createRoutes();
  routes.addHandle('/known', (request) => {
    admit(request);
    return answer(request);
  });
  routes.addHandle('/stranger', answer);
  const server = await startHttpServer(routes, { host: '127.0.0.1', port: 0, limits });
  onTestFinished(() => server.close(0));
  return server.port;
}

interface Connection {
  readonly socket: Socket;
  /** All that came. */
  readonly text: () => string;
  readonly closed: Promise<unknown>;
}

async function open(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1' });
  onTestFinished(() => {
    socket.destroy();
  });
  let text = '';
  socket.setEncoding('latin1').on('data', (data: string) => {
    text += data;
  });
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  return { socket, text: () => text, closed };
}

const head = (path: string, length: number) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`;

test('a body that drips in is given up, one whose sender is known is not', async () => {
  const port = await start({ requestMs: 200 });
  const known = await open(port);
  const stranger = await open(port);
  known.socket.write(head('/known', 4));
  stranger.socket.write(head('/stranger', 1_000_000));
  const drip = setInterval(() => stranger.socket.write('x'), 20);
  onTestFinished(() => clearInterval(drip));
  await stranger.closed;
  expect(stranger.text()).toMatch(/^HTTP\/1\.1 408 /u);
  // Older than the stranger's, and still under way.
  known.socket.write('abcd');
  await expect.poll(known.text).toMatch(/^HTTP\/1\.1 200 OK[^]*\r\n\r\n4$/u);
});

test('a connection on which nothing was ever said is closed', async () => {
  const { closed, text } = await open(await start({ requestMs: 200 }));
  await closed;
  expect(text()).toMatch(/^(?:HTTP\/1\.1 408 |$)/u);
});

test('an idle connection is kept for long only when a request on it was admitted', async () => {
  const port = await start({ idleMs: 50 });
  const known = await open(port);
  known.socket.write(`${head('/known', 2)}ok`);
  await expect.poll(known.text).toContain('200 OK');
  const stranger = await open(port);
  stranger.socket.write(`${head('/stranger', 2)}ok`);
  await stranger.closed;
  expect(stranger.text()).toContain('200 OK');
  expect(known.socket.closed).toBe(false);
  known.socket.write(`${head('/known', 3)}yes`);
  await expect.poll(known.text).toMatch(/\r\n\r\n3$/u);
  // What came last decides.
  known.socket.write(`${head('/stranger', 2)}no`);
  await known.closed;
});

test('more connections than wanted are refused, which the log says once a minute', async () => {
  const lines: Bilingual[] = [];
  const logger = { ...silentLogger, warn: (text: Bilingual) => void lines.push(text) };
  const port = await start({ maxConnections: 2, logger });
  const [first] = [await open(port), await open(port)];
  const refused = [await open(port), await open(port), await open(port)];
  await Promise.all(refused.map(({ closed }) => closed));
  expect(lines.map(({ en }) => en)).toEqual([expect.stringContaining('server.maxConnections')]);
  first?.socket.write(`${head('/stranger', 2)}ok`);
  await expect.poll(() => first?.text()).toContain('200 OK');
});

test('half of the files that the process may open are left for its own work', () => {
  const limit = openFilesLimit();
  expect(limit !== undefined).toBe(process.platform === 'linux');
  const server = new Server();
  boundConnections(server, { maxConnections: 1_000_000_000 });
  expect(server.maxConnections).toBe(Math.floor((limit ?? Infinity) / 2) || 1_000_000_000);
});

test('a connection that cannot be taken for want of files is told, with what to do', () => {
  const lines: Bilingual[] = [];
  const logger = { ...silentLogger, error: (text: Bilingual) => void lines.push(text) };
  const server = new Server();
  boundConnections(server, { logger });
  for (const code of ['EMFILE', 'EMFILE', 'ECONNABORTED']) {
    server.emit('error', Object.assign(new Error('accept'), { code }));
  }
  expect(lines).toHaveLength(1);
  expect(lines[0]?.en).toContain('ulimit -n');
});
