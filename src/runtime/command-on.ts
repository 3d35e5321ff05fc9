import { relative } from 'node:path';
import { findFile } from '../config/source/find-file.js';
import { ownCommand } from '../core/own-command.js';

/**
 * What to type for a command on these rules, e.g. `npx wechaty-callback explain`. Their file is
 * named where the command would not find it.
 *
 * @param file with the rules, absolute; absent for a configuration that was handed over
 */
export function commandOn(name: string, file: string | undefined): string {
  const cwd = process.cwd();
  const config =
    file === undefined || isFound(file, cwd) ? '' : ` --config ${quoted(relative(cwd, file))}`;
  return `${ownCommand} ${name}${config}`;
}

/** For people's shells, of which all take double quotes. */
function quoted(path: string): string {
  return /\s/u.test(path) ? `"${path}"` : path;
}

function isFound(file: string, cwd: string): boolean {
  try {
    return findFile(cwd) === file;
  } catch {
    // Something else that cannot be read lies in the way of the search.
    return false;
  }
}
