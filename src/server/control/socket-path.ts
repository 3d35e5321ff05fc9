import { createHash } from 'node:crypto';
import { basename, dirname, extname, join } from 'node:path';
import { temporaryFolder } from './own-folder.js';

/** What decides where the control socket of a running program is. */
export interface SocketPlace {
  /** The file with the rules, absolute. */
  readonly configFile: string;
  /** The file of the journal, absolute; absent when the journal is not a file. */
  readonly journalFile?: string;
  /** Default: that of this computer. */
  readonly platform?: NodeJS.Platform;
}

/** The longest path of a socket in bytes: macOS takes 103, Linux 107. */
const maxBytes = 103;

/**
 * Where program and command line meet: beside the journal's file (`callback.db` → `callback.sock`),
 * else in `.wechaty` beside the rules, named for their file. A path that is too long for a socket
 * is replaced by one in a folder of this user's alone among the temporary files; on Windows it is a named pipe.
 */
export function socketPath({
  configFile,
  journalFile,
  platform = process.platform,
}: SocketPlace): string {
  const wanted =
    journalFile === undefined
      ? join(dirname(configFile), '.wechaty', `${basename(configFile)}.sock`)
      : join(dirname(journalFile), `${basename(journalFile, extname(journalFile))}.sock`);
  if (platform === 'win32') return `\\\\.\\pipe\\wechaty-callback-${hashOf(wanted.toLowerCase())}`;
  if (Buffer.byteLength(wanted) <= maxBytes) return wanted;
  return join(temporaryFolder(), `${hashOf(wanted)}.sock`);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
