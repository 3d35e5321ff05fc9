import { resolve } from 'node:path';
import { type Child, startChild } from './child.js';

/** How the command is started. */
export interface CommandOptions {
  readonly cwd: string;
  /** Default: `C.UTF-8`, in which it speaks English. */
  readonly locale?: string;
  /** Besides the environment of the tests, which names no account to be run. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `wechaty-callback` from its sources, as a process of its own. */
export function startCommand(args: readonly string[], options: CommandOptions): Child {
  const { cwd, locale = 'C.UTF-8', env } = options;
  const program = ['--import', import.meta.resolve('tsx'), resolve('src/cli/main.ts')];
  return startChild(process.execPath, [...program, ...args], {
    cwd,
    env: { LC_ALL: locale, WECHATY_PUPPET_SERVICE_TOKEN: '', ...env },
  });
}

/** The same with `start`, when all the adapters of its file are there. */
export async function startAdapters(options: CommandOptions): Promise<Child> {
  const child = startCommand(['start'], options);
  await child.prints('doctor --adapter');
  return child;
}
