import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../free-port.js';
import type { OwnServer } from './server.js';

/** When a connection to the server is given to another client. */
export type PoolMode = 'session' | 'transaction' | 'statement';

/** A pooler of one's own on 127.0.0.1, before a server. */
export interface Pooler {
  /** The server's address, through the pooler. */
  readonly url: string;
  readonly log: string;
  /** Ends it at once, and deletes everything. */
  remove(): Promise<void>;
}

/** How a pooler is made. */
export interface PoolerOptions {
  readonly mode: PoolMode;
  /** Connections to the server at most. Default: 60. */
  readonly size?: number;
}

const places = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'];
const program =
  process.env['WECHATY_CALLBACK_TEST_PGBOUNCER'] ?? places.find((place) => existsSync(place));

/** Whether PgBouncer is installed. */
export const hasPgBouncer = program !== undefined;

/**
 * Starts PgBouncer before a server, without any setting that makes it take more than it does by itself.
 *
 * @throws Error when it is not installed, or does not start
 */
export async function startPgBouncer(
  { url: serverUrl }: Pick<OwnServer, 'url'>,
  { mode, size = 60 }: PoolerOptions,
): Promise<Pooler> {
  if (program === undefined) throw new Error('PgBouncer is not installed here.');
  const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-pgbouncer-'));
  const port = await freePort();
  const log = join(folder, 'log');
  writeFileSync(join(folder, 'users'), '"postgres" ""\n');
  writeFileSync(
    join(folder, 'ini'),
    `[databases]
* = host=127.0.0.1 port=${new URL(serverUrl).port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${join(folder, 'users')}
logfile = ${log}
pool_mode = ${mode}
default_pool_size = ${size}
max_client_conn = 400
server_login_retry = 1
`,
  );
  const owner = ownerOf(folder);
  const child = spawn(program, [join(folder, 'ini')], { cwd: folder, stdio: 'ignore', ...owner });
  const ended = once(child, 'exit');
  const url = new URL(serverUrl);
  url.port = String(port);
  await untilOpen(port, () => child.exitCode !== null);
  return {
    url: url.href,
    log,
    remove: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PgBouncer refuses to be root. */
function ownerOf(folder: string): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const [uid = 0, gid = 0] = ['-u', '-g'].map((flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })),
  );
  for (const path of [folder, join(folder, 'ini'), join(folder, 'users')])
    chownSync(path, uid, gid);
  return { uid, gid };
}

async function untilOpen(port: number, hasEnded: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await isOpen(port)) return;
    if (hasEnded()) throw new Error('PgBouncer has ended.');
    await pause(25);
  }
  throw new Error('PgBouncer does not listen.');
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
