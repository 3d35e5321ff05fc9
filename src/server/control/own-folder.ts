import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CallbackError } from '../../core/errors.js';

/** Where sockets are whose own place has too long a path: a folder of this user's alone. */
export function temporaryFolder(): string {
  return join(tmpdir(), `wechaty-callback-${process.getuid?.() ?? 0}`);
}

/**
 * Makes the folder for such a socket (mode 0700). All may write beside it, so one that is there may be
 * anybody's: it has to be a folder of this user's that nobody else can enter. Does nothing for a
 * socket in another place.
 *
 * @throws CallbackError `control-foreign`
 */
export function makeOwnFolder(socket: string): void {
  if (dirname(socket) !== temporaryFolder()) return;
  try {
    mkdirSync(dirname(socket), { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  refuseForeignFolder(socket);
}

/**
 * Refuses a socket in such a folder that is not this user's own, or not of mode 0700. A folder that is
 * not there is none.
 *
 * @throws CallbackError `control-foreign`
 */
export function refuseForeignFolder(socket: string): void {
  const folder = dirname(socket);
  if (folder !== temporaryFolder()) return;
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return;
  const isOwn = found.isDirectory() && found.uid === process.getuid?.();
  if (isOwn && (found.mode & 0o077) === 0) return;
  throw new CallbackError('control-foreign', {
    text: {
      en: `The control socket belongs into ${folder}, which is not a folder of this user's alone (mode 0700). Look who made it and delete it, or set TMPDIR to another folder.`,
      zh: `控制套接字应位于 ${folder}，但它不是仅当前用户可用的目录（权限应为 0700）。请查明由谁创建并将其删除，或把 TMPDIR 设为其他目录。`,
    },
  });
}
