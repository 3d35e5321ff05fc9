import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { whenAdmitted } from '../core/admission.js';
import { boundConnections, type ConnectionLimits, serverOptions } from './connections.js';
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
  // Without `overrideGlobalObjects: false` the adapter replaces the process's Request and Response.
  const server = createAdaptorServer({
    fetch: (request, env) => {
      const { socket } = (env as { readonly incoming: IncomingMessage }).incoming;
      whenAdmitted(request, () => connections.admit(socket));
      return served.fetch(withPeer(request, env), env);
    },
    overrideGlobalObjects: false,
    serverOptions: serverOptions(limits),
  }) as Server;
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
