import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program to run. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** What an installation or a build may take, in ms. */
const longestMs = 600_000;

/** Runs a program to its end; resolves with its standard output. @throws when it fails */
export async function run({ command, args, cwd }: Program): Promise<string> {
  const options = { cwd, timeout: longestMs, maxBuffer: 64 * 1024 * 1024 };
  return await new Promise((resolve, reject) => {
    execFile(command, args, options, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(error);
    });
  });
}

/** Whether a program is there and starts. */
export async function isThere(command: string, args: readonly string[]): Promise<boolean> {
  try {
    await run({ command, args, cwd: '.' });
    return true;
  } catch {
    return false;
  }
}

/** A receiver that runs. */
export interface Running {
  /** Where it is called. */
  readonly url: string;
  /** Both outputs so far. */
  printed(): string;
  stop(): Promise<void>;
}

/** How long a receiver may take to listen, in ms. */
const startMs = 60_000;

/** Starts a receiver; resolves when it listens. @throws with what it printed, when it does not */
export async function start(
  { command, args, cwd }: Program,
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<Running> {
  const { CALLBACK_SECRET: _, ...others } = process.env;
  const child = spawn(command, args, { cwd, env: { ...others, ...env, PORT: String(port) } });
  let printed = '';
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const origin = `http://127.0.0.1:${port}`;
  const until = Date.now() + startMs;
  while (!(await listens(origin))) {
    if (hasEnded(child) || Date.now() > until) {
      await stop(child);
      throw new Error(`${command} does not listen:\n${printed}`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  return { url: `${origin}/callback`, printed: () => printed, stop: () => stop(child) };
}

async function listens(origin: string): Promise<boolean> {
  try {
    await fetch(origin);
    return true;
  } catch {
    return false;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  await ended;
}
