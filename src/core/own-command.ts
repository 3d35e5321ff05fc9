import { existsSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { ownPackage } from './own-package.js';

/**
 * How the command line of this package is called where somebody works: in a checkout of this very
 * project it is a script of the project, since npx finds nothing there; elsewhere it is installed.
 *
 * @param cwd where people would type the command, absolute
 * @param root the folder of this package, absolute
 */
export function ownCommandIn(cwd: string, root: string): string {
  // What the script of the project runs; the package does not hold it.
  const isCheckout = existsSync(join(root, 'src/cli/main.ts'));
  return isCheckout && isWithin(cwd, root) ? 'npm run callback --' : 'npx wechaty-callback';
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !way.startsWith('..') && !isAbsolute(way);
}

/** What texts begin a command with, e.g. `npx wechaty-callback`: behind it comes `init`, `check`, … */
export const ownCommand = ownCommandIn(process.cwd(), ownPackage.root);
