import { isIPv6 } from 'node:net';
import type { ConnectionLimits } from './connections.js';
import { listen, type Served } from './listener.js';
import { listenError, type ServerSection } from './server-error.js';

/** Where the HTTP server listens. */
export interface HttpServerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** How much is borne of those who connect. */
  readonly limits?: ConnectionLimits;
}

/** The one HTTP server of a runtime. */
export interface HttpServer {
  /** `http://<host>:<port>`, with the port that was really taken. */
  readonly origin: string;
  /** The port that was really taken. */
  readonly port: number;
  /**
   * Takes no more requests and waits for those under way, at most `graceMs` (default: 2,000).
   * Never rejects.
   */
  close(graceMs?: number): Promise<void>;
}

/**
 * Starts the server.
 *
 * @param section the key of the configuration that errors name
 * @throws CallbackError `port-in-use` or `listen-failed`
 */
export async function startHttpServer(
  served: Served,
  { host, port, limits = {} }: HttpServerOptions,
  section: ServerSection = 'server',
): Promise<HttpServer> {
  const shownHost = isIPv6(host) ? `[${host}]` : host;
  try {
    const listener = await listen(served, { host, port }, { limits });
    return {
      origin: `http://${shownHost}:${listener.port}`,
      port: listener.port,
      close: (graceMs) => listener.close(graceMs),
    };
  } catch (error) {
    throw listenError(`${shownHost}:${port}`, error, section);
  }
}
