import { once } from 'node:events';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { withPeer } from './with-peer.js';

/** Where to listen: an address, or the path of a socket. */
export type ListenOn = { readonly host: string; readonly port: number } | { readonly path: string };

/** What is served: a Hono app, or anything with the same way in. */
export interface Served {
  readonly fetch: (request: Request, env: object) => Response | Promise<Response>;
}

/** How it is listened. */
export interface ListenOptions {
  /** Called the moment the address is taken, before anybody can have connected. */
  readonly onBound?: () => void;
  /** Whether it alone keeps the process running. Default: true. */
  readonly ref?: boolean;
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

/**
 * How long a connection is kept for the next request, in ms. Longer than any platform keeps it in
 * its pool (OkHttp in WildfireChat: five minutes, Go in OpenIM: 90 s), because a request on a
 * connection that is just being closed is lost, or comes twice. `headersTimeout`, which guards
 * against slow senders, begins anew with every request and needs no change.
 */
const keepAliveMs = 320_000;

/** Serves. Rejects with the system's error when the address cannot be had. */
export async function listen(
  served: Served,
  where: ListenOn,
  { onBound, ref = true }: ListenOptions = {},
): Promise<Listener> {
  // Without `overrideGlobalObjects: false` the adapter replaces the process's Request and Response.
  const server = createAdaptorServer({
    fetch: (request, env) => served.fetch(withPeer(request, env), env),
    overrideGlobalObjects: false,
  }) as Server;
  server.keepAliveTimeout = keepAliveMs;
  const listening = once(server, 'listening');
  server.listen(where);
  if (!ref) server.unref();
  // The system call is made at once; a failure is told later.
  if (server.listening) onBound?.();
  await listening;
  server.on('error', () => {});
  const address = server.address();
  let closed: Promise<void> | undefined;
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: (graceMs = defaultGraceMs) => (closed ??= close(server, graceMs)),
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
