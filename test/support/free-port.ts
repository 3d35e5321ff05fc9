import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * The ports that `freePort` gives. They lie below the range that systems take for outgoing
 * connections and for port 0 (Linux from 32768, others from 49152): between the probe and
 * the program that listens later, nobody is given such a port by chance.
 */
const FIRST = 12_000;
const COUNT = 20_000;

/** Where this process goes on: parallel test processes begin at places of their own. */
let next = Math.floor(Math.random() * COUNT);

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch {
    return false;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}

/** A port of 127.0.0.1 that nobody listens on; no process is given the same one soon. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + next;
    next = (next + 1) % COUNT;
    if (await isFree(port)) return port;
  }
}
