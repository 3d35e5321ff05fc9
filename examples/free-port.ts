import { once } from 'node:events';
import { createServer } from 'node:net';

/** So many are tried. */
const tries = 20;

/** The first port of this machine from `port` on that nobody listens on; `undefined`: look elsewhere. */
export async function firstFreePort(port: number): Promise<number | undefined> {
  for (let next = port; next < port + tries; next += 1) if (await isFree(next)) return next;
  return undefined;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
