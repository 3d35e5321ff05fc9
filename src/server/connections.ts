import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../core/clock.js';
import { systemClock } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import { silentLogger } from '../core/logger.js';
import { createOnceAMinute } from '../core/once-a-minute.js';
import { isOutOfFiles, outOfFiles } from '../core/open-files.js';
import { openFilesLimit } from './open-files-limit.js';

/** How much is borne of those who connect. */
export interface ConnectionLimits {
  /**
   * Connections at the same time. Default: 1,000. Never more than half of the files that the process
   * may open, so that as many are left for calls, journal and rules.
   */
  readonly maxConnections?: number;
  /** How long a stranger may take for a whole request, in ms. Default: 10,000. */
  readonly requestMs?: number;
  /** How long a connection is kept for a stranger's next request, in ms. Default: 5,000. */
  readonly idleMs?: number;
  /** Told once a minute when there are too many connections. Default: silent. */
  readonly logger?: Logger;
  /** Default: the machine's. */
  readonly clock?: Pick<Clock, 'now'>;
}

/** The connections of a server. */
export interface Connections {
  /** The request that is under way on a connection comes from where it should. */
  admit(socket: Socket): void;
}

const defaultMaxConnections = 1000;
const defaultRequestMs = 10_000;
const defaultIdleMs = 5000;

/**
 * How long a connection is kept for the next request of a platform, in ms. Longer than any platform
 * keeps it in its pool (OkHttp in WildfireChat: five minutes, Go in OpenIM: 90 s), because a request
 * on a connection that is just being closed is lost, or comes twice.
 */
const admittedIdleMs = 320_000;
/** How long a platform may take to send the rest of a request whose secret is right, in ms. */
const admittedRestMs = 290_000;

/** What a server is created with, so that strangers cannot hold on to it. */
export function serverOptions({ requestMs = defaultRequestMs }: ConnectionLimits): ServerOptions {
  return {
    requestTimeout: requestMs,
    headersTimeout: requestMs,
    // How often Node looks for what took too long.
    connectionsCheckingInterval: Math.min(1000, requestMs / 2),
  };
}

/** Bounds the connections of a server that was created with `serverOptions`. */
export function boundConnections(server: Server, limits: ConnectionLimits): Connections {
  const { maxConnections = defaultMaxConnections, idleMs = defaultIdleMs } = limits;
  const ceiling = Math.floor((openFilesLimit() ?? Infinity) / 2);
  server.maxConnections = Math.min(maxConnections, ceiling);
  server.keepAliveTimeout = idleMs;
  tellTrouble(server, limits);
  const admitted = new WeakSet<Socket>();
  // Before the handler, which may admit the request at once.
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    admitted.delete(socket);
    response.once('finish', () => {
      // Node has set the time of strangers just before.
      if (admitted.has(socket)) socket.setTimeout(admittedIdleMs);
    });
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === tookTooLong && admitted.has(socket)) endLater(socket);
    else refuse(socket, error.code);
  });
  return { admit: (socket) => void admitted.add(socket) };
}

const tookTooLong = 'ERR_HTTP_REQUEST_TIMEOUT';

/** What is answered to what is no request. */
const statusLines: Readonly<Record<string, string>> = {
  [tookTooLong]: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
};

/** Answers as Node does where nobody listens to this event. */
function refuse(socket: Socket, code: string | undefined): void {
  const { _httpMessage: answer } = socket as { readonly _httpMessage?: ServerResponse };
  if (!socket.writable || answer?.headersSent) socket.destroy();
  else {
    const line = statusLines[code ?? ''] ?? '400 Bad Request';
    socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\n\r\n`, () => socket.destroy());
  }
}

/** Node looks at it no more from now on. */
function endLater(socket: Socket): void {
  const end = setTimeout(() => socket.destroy(), admittedRestMs).unref();
  socket.once('close', () => clearTimeout(end));
}

/** Without this nobody would know why a platform does not get through. */
function tellTrouble(server: Server, limits: ConnectionLimits): void {
  const { logger = silentLogger, clock = systemClock } = limits;
  const onceAMinute = createOnceAMinute(clock);
  server.on('drop', () =>
    onceAMinute('drop', (more) => logger.warn(tooMany(server.maxConnections), { more })),
  );
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (isOutOfFiles(error.code)) {
      onceAMinute('files', (more) => logger.error(outOfFiles, { code: error.code, more }));
    }
  });
}

function tooMany(count: number) {
  return {
    en: `A connection was refused: there are ${count} already. Webhooks may not get through. Look who connects; \`server.maxConnections\` is the limit, at most half of \`ulimit -n\`.`,
    zh: `拒绝了一个连接：已有 ${count} 个连接，webhook 可能无法送达。请查看连接来源；上限为 \`server.maxConnections\`，且不超过 \`ulimit -n\` 的一半。`,
  };
}
