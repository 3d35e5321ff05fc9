import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startChild } from './child.js';
import { temporaryFolder } from './temporary-folder.js';

/** One process of pm2. */
export interface Pm2Process {
  readonly pid: number;
  readonly status: string;
  readonly restarts: number;
}

/** The real pm2 with a daemon of its own, killed when the test is over. */
export interface Pm2 {
  /** Runs a command of pm2 to its end; answers what it prints. */
  run(...args: readonly string[]): Promise<string>;
  list(): Promise<readonly Pm2Process[]>;
  /** What the daemon has logged: starts, exits, and whom it had to kill. */
  log(): string;
  /** Both outputs of the processes so far. */
  printed(): string;
}

const program = createRequire(import.meta.url).resolve('pm2/bin/pm2');

/** Starts nothing yet: the first command starts the daemon. */
export function createPm2(cwd: string): Pm2 {
  const { path: home } = temporaryFolder();
  const env = {
    PM2_HOME: home,
    PM2_DISABLE_VERSION_CHECK: 'true',
    PM2_DISCRETE_MODE: 'true',
    LC_ALL: 'C.UTF-8',
  };
  const output = join(home, 'output.log');
  const run: Pm2['run'] = async (...args) => {
    const told = args[0] === 'start' ? ['--output', output, '--error', output, '--merge-logs'] : [];
    const [command = '', ...rest] = args;
    const all = [program, command, ...told, ...rest];
    return (await startChild(process.execPath, all, { cwd, env }).ended).printed;
  };
  onTestFinished(() => {
    execFileSync(process.execPath, [program, 'kill'], {
      cwd,
      env: { ...process.env, ...env },
      stdio: 'ignore',
    });
  });
  return {
    run,
    list: async () => {
      const text = await run('jlist');
      const found = JSON.parse(/^\[\{.*$/mu.exec(text)?.[0] ?? '[]') as {
        readonly pid: number;
        readonly pm2_env: { readonly status: string; readonly restart_time: number };
      }[];
      return found.map(({ pid, pm2_env: { status, restart_time: restarts } }) => ({
        pid,
        status,
        restarts,
      }));
    },
    log: () => readFileSync(join(home, 'pm2.log'), 'utf8'),
    printed: () => readFileSync(output, 'utf8'),
  };
}
