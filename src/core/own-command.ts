import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * How the command line of this package is called where somebody works: in a checkout of this very
 * project it is a script of the project, since npx finds nothing there; elsewhere it is installed.
 *
 * @param module URL of this module: `…/src/core/…`, or `…/dist/core/…` when it is compiled
 * @param cwd where people would type the command, absolute
 */
export function ownCommandIn(cwd: string, module: string): string {
  const project = /^(.*\/)(?:src|dist)\/core\/own-command\.[jt]s$/u.exec(module)?.[1];
  return project !== undefined && isWithin(cwd, fileURLToPath(project))
    ? 'npm run callback --'
    : 'npx wechaty-callback';
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !way.startsWith('..') && !isAbsolute(way);
}

/** What texts begin a command with, e.g. `npx wechaty-callback`: behind it comes `init`, `check`, … */
export const ownCommand = ownCommandIn(process.cwd(), import.meta.url);
