import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.js';

/** Where Debian keeps the programs of each version. */
const debian = '/usr/lib/postgresql';

/** How the programs of a server are run: the server refuses to be root. */
interface Programs {
  readonly folder: string;
  /** What stands before each command. */
  readonly as: readonly string[];
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/**
 * The programs in `WECHATY_CALLBACK_TEST_POSTGRES_BIN`, else the newest version that is installed and
 * that this user can run; `undefined` when there is none.
 */
export function findPrograms(): Programs | undefined {
  const folder = process.env['WECHATY_CALLBACK_TEST_POSTGRES_BIN'] ?? newestInstalled();
  if (!folder || !existsSync(join(folder, 'initdb'))) return undefined;
  if (process.getuid?.() !== 0) return { folder, as: [] };
  const [uid, gid] = ['-u', '-g'].map((flag) => numberFrom('id', [flag, 'postgres']));
  if (uid === undefined || gid === undefined) return undefined;
  return { folder, as: ['runuser', '-u', 'postgres', '--'], owner: { uid, gid } };
}

function newestInstalled(): string | undefined {
  const [newest] = existsSync(debian)
    ? readdirSync(debian).toSorted((one, other) => Number(other) - Number(one))
    : [];
  return newest && join(debian, newest, 'bin');
}

function numberFrom(program: string, args: readonly string[]): number | undefined {
  try {
    return Number(execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe' }));
  } catch {
    return undefined;
  }
}

/** A server of one's own on 127.0.0.1, in a folder for temporary files. */
export interface OwnServer {
  readonly url: string;
  readonly folder: string;
  /** Starts it again after `stop`. */
  start(): Promise<void>;
  /** `immediate` is what a crash of the server is: it recovers when it starts. Default: `fast`. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  /** Starts another server that follows this one and can take its place. */
  startStandby(): Promise<Standby>;
  /** Stops it and deletes everything. */
  remove(): void;
}

/** A server that keeps what another one keeps. */
export interface Standby extends OwnServer {
  /** Takes writes from now on. */
  promote(): Promise<void>;
}

/** How a server is made. */
export interface ServerOptions {
  /** Waits for the disk as a real one does. Default: false, since no power is cut here. */
  readonly fsync?: boolean;
  /** Default: 200. */
  readonly connections?: number;
}

/**
 * Makes a server and starts it.
 *
 * @throws Error when its programs are not installed
 */
export async function startServer(options: ServerOptions = {}): Promise<OwnServer> {
  const programs = findPrograms();
  if (!programs) throw new Error('The programs of a PostgreSQL server are not installed here.');
  return await startIn(programs, options, async (run, data) => {
    const how = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'];
    await run('initdb', '-D', data, ...how);
  });
}

type Run = (program: string, ...args: string[]) => Promise<void>;

/** A server whose files `fill` puts into an empty folder. */
async function startIn(
  programs: Programs,
  options: ServerOptions,
  fill: (run: Run, data: string) => Promise<void>,
): Promise<Standby> {
  const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-postgres-'));
  if (programs.owner) chownSync(folder, programs.owner.uid, programs.owner.gid);
  const data = join(folder, 'data');
  const run: Run = async (program, ...args) => {
    const [command = '', ...rest] = [...programs.as, join(programs.folder, program), ...args];
    const child = spawn(command, rest, { cwd: folder, stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`${program} ended with ${code}: see ${folder}/log`);
  };
  await fill(run, data);
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const settings = settingsOf(port, options).flatMap((setting) => ['-c', setting]);
  const start = () =>
    run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', settings.join(' '), 'start');
  await start();
  return {
    url,
    folder,
    start,
    stop: (mode = 'fast') => run('pg_ctl', '-D', data, '-w', '-m', mode, 'stop'),
    startStandby: () =>
      startIn(programs, options, (copy, to) => copy('pg_basebackup', '-D', to, '-d', url, '-R')),
    promote: () => run('pg_ctl', '-D', data, '-w', 'promote'),
    remove: () => removeServer(folder),
  };
}

/** Stops the server of a folder, if it runs, and deletes the folder. */
export function removeServer(folder: string): void {
  const programs = findPrograms();
  const data = join(folder, 'data');
  if (programs && existsSync(join(data, 'postmaster.pid'))) {
    const stop = [join(programs.folder, 'pg_ctl'), '-D', data, '-w', '-m', 'immediate', 'stop'];
    const [command = '', ...rest] = [...programs.as, ...stop];
    execFileSync(command, rest, { cwd: folder, stdio: 'ignore' });
  }
  rmSync(folder, { recursive: true, force: true });
}

function settingsOf(port: number, { fsync = false, connections = 200 }: ServerOptions) {
  return [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    "unix_socket_directories=''",
    `max_connections=${connections}`,
    `fsync=${fsync ? 'on' : 'off'}`,
  ];
}
