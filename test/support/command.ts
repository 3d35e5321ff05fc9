import { type Child, startChild } from './child.js';
import { compiled } from './compiled.js';

/** How the command is started. */
export interface CommandOptions {
  readonly cwd: string;
  /** Default: `C.UTF-8`, in which it speaks English. */
  readonly locale?: string;
  /** Besides the environment of the tests, which names no account to be run. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `wechaty-callback` as a process of its own. */
export function startCommand(args: readonly string[], options: CommandOptions): Child {
  const { cwd, locale = 'C.UTF-8', env } = options;
  return startChild(process.execPath, [compiled('src/cli/main.ts'), ...args], {
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
