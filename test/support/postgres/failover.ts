import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { type OwnServer, startServer } from './server.js';

/** A server with a standby, under an address that leads to whichever takes writes. */
export type ServerPair = Pick<OwnServer, 'url' | 'start' | 'stop' | 'remove'>;

/**
 * Two servers behind one address, as a floating address or a proxy offers them. `stop` ends the first
 * for good; `start` promotes the second, and the address leads there. A commit waits for both, so that
 * nothing which was kept is lost.
 */
export async function startPair(): Promise<ServerPair> {
  const primary = await startServer({ fsync: true });
  const standby = await primary.startStandby();
  await waitForBoth(primary);
  const door = await openDoor(portOf(primary));
  const address = new URL(primary.url);
  address.port = String(door.port);
  return {
    url: address.href,
    stop: async (mode) => {
      door.leadTo(undefined);
      await primary.stop(mode);
    },
    start: async () => {
      await standby.promote();
      door.leadTo(portOf(standby));
    },
    remove: () => {
      door.close();
      primary.remove();
      standby.remove();
    },
  };
}

function portOf({ url }: OwnServer): number {
  return Number(new URL(url).port);
}

/** Commits wait for the standby from now on, which is there. */
async function waitForBoth({ url }: OwnServer): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("ALTER SYSTEM SET synchronous_standby_names = '*'");
    await client.query('SELECT pg_reload_conf()');
    for (;;) {
      const { rows } = await client.query('SELECT sync_state FROM pg_stat_replication');
      if (rows[0]?.sync_state === 'sync') return;
      await pause(50);
    }
  } finally {
    await client.end();
  }
}

/** A port of one's own that leads to another one, or nowhere: then connections are refused. */
async function openDoor(first: number) {
  let to: number | undefined = first;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    // What goes wrong on one side ends the other.
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (to === undefined) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(to, '127.0.0.1');
    keep(far);
    near.pipe(far).on('close', () => near.destroy());
    far.pipe(near).on('close', () => far.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dropAll = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (port: number | undefined) => {
      to = port;
      dropAll();
    },
    close: () => {
      server.close();
      dropAll();
    },
  };
}
