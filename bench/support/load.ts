import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Requests to be sent, each once, by so many connections that each wait for an answer. */
export interface Load {
  readonly port: number;
  readonly connections: number;
  /** Whole HTTP requests, byte for byte. */
  readonly requests: readonly Buffer[];
}

/** What came of it. */
export interface LoadFigures {
  /** How long each answer took, in ms. */
  readonly times: readonly number[];
  readonly perSecond: number;
  /** How many answers of each status. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** Sends requests from a process of its own, so that it does not share the server's core. */
export interface LoadGenerator {
  send(load: Load): Promise<LoadFigures>;
  stop(): void;
}

/** Starts it. */
export function startLoadGenerator(): LoadGenerator {
  const child: ChildProcess = fork(fileURLToPath(new URL('load-child.js', import.meta.url)), {
    serialization: 'advanced',
  });
  process.once('exit', () => child.kill());
  return {
    send: async (load) => {
      child.send(load);
      const [figures] = (await once(child, 'message')) as [LoadFigures];
      return figures;
    },
    stop: () => child.kill(),
  };
}

/** One POST over a connection that is kept. */
export function postRequest(path: string, body: Buffer, contentType: string): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    `Content-Type: ${contentType}`,
    `Content-Length: ${body.length}`,
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
