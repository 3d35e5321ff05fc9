import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { waitUntil } from './wait-until.js';

export { freePort } from './free-port.js';

/** How a process is started. */
export interface ChildOptions {
  readonly cwd: string;
  /** Besides the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads from its standard input. */
  readonly input?: string;
  /** Its standard input is not ended. Default: false. */
  readonly staysOpen?: boolean;
}

/** A process that has ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Both outputs, as they came. */
  readonly printed: string;
}

/** A process of its own, killed at the latest when the test is over. */
export interface Child {
  /** Both outputs so far. */
  printed(): string;
  /** Resolves when `text` was printed; rejects when the process ends before, or after 90 s. */
  prints(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
  /** Writes to its standard input. */
  type(text: string): void;
}

/** Starts a process. */
export function startChild(
  command: string,
  args: readonly string[],
  { cwd, env = {}, input = '', staysOpen = false }: ChildOptions,
): Child {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  child.stdin.write(input);
  if (!staysOpen) child.stdin.end();
  const ended = endOf(child).then((end) => ({ ...end, printed }));
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const gone = () => child.exitCode !== null || child.signalCode !== null;
  return {
    printed: () => printed,
    prints: async (text) => {
      await waitUntil(`prints ${text}`, () => printed.includes(text) || gone(), 90_000);
      if (!printed.includes(text)) throw new Error(`It ended without ${text}:\n${printed}`);
    },
    ended,
    kill: (signal) => child.kill(signal),
    type: (text) => child.stdin.write(text),
  };
}

async function endOf(child: ChildProcess): Promise<Omit<Ended, 'printed'>> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal };
}
