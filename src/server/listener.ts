import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { whenAdmitted } from '../core/admission.js';
import type { ReadyAnswer } from './busy-answer.js';
import { boundConnections, type ConnectionLimits, serverOptions } from './connections.js';
import { withPeer } from './with-peer.js';

/** Where to listen: an address, or the path of a socket. */
export type ListenOn = { readonly host: string; readonly port: number } | { readonly path: string };

/** What is served: a Hono app, or anything with the same way in. */
export interface Served {
  readonly fetch: (request: Request, env: object) => Response | Promise<Response>;
  /** The answer to a GET of this path that is there already. Default: none is. */
  readonly ready?: (path: string) => ReadyAnswer | undefined;
}

/** How it is listened. */
export interface ListenOptions {
  /** Called the moment the address is taken, before anybody can have connected. */
  readonly onBound?: () => void;
  /** Whether it alone keeps the process running. Default: true. */
  readonly ref?: boolean;
  /** Default: as `ConnectionLimits` says. */
  readonly limits?: ConnectionLimits;
}

/** Something that listens. */
export interface Listener {
  /** The port, 0 for a socket. */
  readonly port: number;
  /**
   * Takes no more connections, ends idle ones at once and the others when their answer is sent, at
   * the latest after `graceMs` (default: 2,000). May be called again. Never rejects.
   */
  close(graceMs?: number): Promise<void>;
}

const defaultGraceMs = 2000;

/** Serves. Rejects with the system's error when the address cannot be had. */
export async function listen(
  served: Served,
  where: ListenOn,
  { onBound, ref = true, limits = {} }: ListenOptions = {},
): Promise<Listener> {
  const answer = getRequestListener(
    (request, env) => {
      const { socket } = (env as { readonly incoming: IncomingMessage }).incoming;
      whenAdmitted(request, () => connections.admit(socket));
      return served.fetch(withPeer(request, env), env);
    },
    // Otherwise the adapter replaces the process's Request and Response.
    { overrideGlobalObjects: false },
  );
  const server = createServer(serverOptions(limits), readyFirst(served, answer));
  const connections = boundConnections(server, limits);
  const listening = once(server, 'listening');
  server.listen(where);
  if (!ref) server.unref();
  // The system call is made at once; a failure is told later.
  if (server.listening) onBound?.();
  await listening;
  const address = server.address();
  let closed: Promise<void> | undefined;
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: (graceMs = defaultGraceMs) => (closed ??= close(server, graceMs)),
  };
}

/** What is ready is sent before anything is made of the request. */
function readyFirst(
  { ready = () => undefined }: Served,
  answer: (...request: Parameters<RequestListener>) => Promise<void>,
): RequestListener {
  return (request, response) => {
    const { method, url = '' } = request;
    const sent = method === 'GET' ? ready(url.split('?', 1)[0] ?? '') : undefined;
    if (sent === undefined) void answer(request, response);
    else response.writeHead(sent.status, sent.headers).end(sent.body);
  };
}

async function close(server: Server, graceMs: number): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  // A connection that is kept alive becomes idle only now and then: look again and again.
  const look = setInterval(() => server.closeIdleConnections(), 20);
  const enough = setTimeout(() => server.closeAllConnections(), graceMs);
  await gone;
  clearInterval(look);
  clearTimeout(enough);
}
