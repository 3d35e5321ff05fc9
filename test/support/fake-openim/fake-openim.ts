import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRest, type ReceivedCall, type Trouble } from './rest.js';
import { createWorld, type FakeWorld } from './world.js';

/** An OpenIM server on a port of this machine. */
export interface FakeOpenIM {
  readonly origin: string;
  readonly world: FakeWorld;
  /** The calls of its API that came in. */
  readonly calls: readonly ReceivedCall[];
  /** Lets the next calls of an API meet another answer. */
  trouble(api: string, answer: Trouble['answer'], times?: number): void;
  close(): Promise<void>;
}

/** Starts a server. Strict as a real one is, and built from its description alone. */
export async function startFakeOpenIM(): Promise<FakeOpenIM> {
  const world = createWorld();
  let origin = '';
  const rest = createRest(world, () => origin);
  const server = rest.server as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    world,
    calls: rest.calls,
    trouble: (api, answer, times = 1) => {
      rest.troubles.push({ api, answer, times });
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
