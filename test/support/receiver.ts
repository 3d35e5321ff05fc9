import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** One call as it came in. */
export interface ReceivedCall {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What a receiver does with one call. */
export type Behaviour = (response: ServerResponse, call: ReceivedCall) => void | Promise<void>;

/** A real HTTP server on the loopback interface that behaves as told, however badly. */
export interface Receiver {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly calls: readonly ReceivedCall[];
  /** Connections opened so far. */
  readonly connections: number;
  /** Behaves so from now on: the first call by the first, …, all further ones by the last. */
  behave(...behaviours: readonly [Behaviour, ...Behaviour[]]): void;
  close(): Promise<void>;
}

/** Starts a receiver that answers `ok`; `close` it in `afterEach`. */
export async function startReceiver(...first: readonly Behaviour[]): Promise<Receiver> {
  const calls: ReceivedCall[] = [];
  let queue: readonly Behaviour[] =
    first.length > 0 ? first : [json({ success: true, message: 'ok' })];
  let connections = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const content = Buffer.concat(chunks).toString('utf8');
      const call = { method, path, headers, body: content, at: Date.now() };
      calls.push(call);
      const [behaviour, ...rest] = queue;
      if (rest.length > 0) queue = rest;
      void behaviour?.(response, call);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  // A test of slowness must not be decided by the server's own patience.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    calls,
    get connections() {
      return connections;
    },
    behave: (...behaviours) => {
      queue = behaviours;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a status, headers and a body. */
export function status(
  code: number,
  headers: Readonly<Record<string, string>> = {},
  content: string | Buffer = '',
): Behaviour {
  return (response) => {
    response.writeHead(code, headers).end(content);
  };
}

/** Answers 200 with a body of that content type. */
export function body(contentType: string, content: string | Buffer): Behaviour {
  return status(200, { 'content-type': contentType }, content);
}

/** Answers 200 with a value as JSON. */
export function json(value: unknown): Behaviour {
  return body('application/json', JSON.stringify(value));
}

/** Takes the call and never answers. */
export const hang: Behaviour = () => {};

/** Closes the connection without a word. */
export const reset: Behaviour = (response) => {
  response.socket?.resetAndDestroy();
};

/** Begins a response and breaks the connection in the middle of it. */
export function breakAfter(
  content: string | Buffer,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
): Behaviour {
  return (response) => {
    response.writeHead(200, headers);
    response.write(content, () => response.socket?.destroy());
  };
}

/** Sends pieces with a pause between them, then ends, unless told to stay open. */
export function trickle(
  pieces: Iterable<string | Uint8Array>,
  options: { contentType: string; pauseMs: number; stayOpen?: boolean; code?: number },
): Behaviour {
  return async (response) => {
    response.writeHead(options.code ?? 200, { 'content-type': options.contentType });
    for (const piece of pieces) {
      if (response.destroyed) return;
      response.write(piece);
      await new Promise((resolve) => {
        setTimeout(resolve, options.pauseMs);
      });
    }
    if (!options.stayOpen) response.end();
  };
}

/** Sends as many bytes as are taken, up to `bytes`; `sent` tells how many left. */
export function flood(
  bytes: number,
  sent: (total: number) => void,
  options: { contentType?: string; code?: number } = {},
): Behaviour {
  const chunk = Buffer.alloc(64 * 1024, ' ');
  return (response) => {
    let total = 0;
    const { contentType = 'application/json', code = 200 } = options;
    response.writeHead(code, { 'content-type': contentType });
    const more = () => {
      while (total < bytes && !response.destroyed) {
        total += chunk.length;
        sent(total);
        if (!response.write(chunk)) return;
      }
      response.end();
    };
    response.on('drain', more);
    more();
  };
}

/** A small body that unpacks to `bytes`. */
export function gzipBomb(bytes: number): Behaviour {
  const packed = gzipSync(Buffer.alloc(bytes, ' '));
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  return status(200, headers, packed);
}
