import { open } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** What a webhook is measured against: `node:http` and nothing else. */
export interface BareServers {
  /** Reads the body. */
  readonly reading: number;
  /** Appends it to a file with `datasync`, too. */
  readonly appending: number;
  close(): Promise<void>;
}

/** Starts both; answers where they listen. The file is in `folder`. */
export async function startBareServers(folder: string): Promise<BareServers> {
  const file = await open(join(folder, 'bare'), 'a');
  const reading = await startBare(() => {});
  const appending = await startBare(async (body) => {
    await file.write(body);
    await file.datasync();
  });
  return {
    reading: portOf(reading),
    appending: portOf(appending),
    close: async () => {
      reading.close();
      appending.close();
      await file.close();
    },
  };
}

type Handle = (body: Buffer) => Promise<void> | void;

async function startBare(handle: Handle): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void Promise.resolve(handle(Buffer.concat(chunks))).then(() => response.end());
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
