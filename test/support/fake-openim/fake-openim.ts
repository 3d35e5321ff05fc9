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
  /** Lets the next calls of an API be done, and their answers not come as they should. */
  troubleAfter(api: string, answer: Trouble['answer']): void;
  /** Answers no call of an API before `until`. */
  hold(api: string, until: Promise<void>): void;
  /** Breaks all connections; to be an answer, nothing comes after it. */
  cut(): Promise<Response>;
  /** Ends, as a server does that is restarted. */
  goAway(): Promise<void>;
  /** Listens again where it did. */
  comeBack(): Promise<void>;
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
      rest.troubles.push({ api, answer, times, isAfter: false });
    },
    troubleAfter: (api, answer) => {
      rest.troubles.push({ api, answer, times: 1, isAfter: true });
    },
    hold: (api, until) => void rest.holds.set(api, until),
    cut: () => {
      server.closeAllConnections();
      return new Promise(() => {});
    },
    goAway: () => stop(server),
    comeBack: async () => {
      server.listen(Number(new URL(origin).port), '127.0.0.1');
      await once(server, 'listening');
    },
    close: async () => {
      if (server.listening) await stop(server);
    },
  };
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
