import { open, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CallbackError, isCallbackError } from '../../core/errors.js';

/**
 * Makes a new file (mode 0600), has it filled by `write`, and sees to it that it is on the disk.
 *
 * @throws CallbackError `backup-exists`, `backup-failed`, or what `write` throws
 */
export async function backUpTo(
  path: string,
  write: (file: string) => Promise<void>,
): Promise<void> {
  const file = resolve(path);
  try {
    await (await open(file, 'wx', 0o600)).close();
  } catch (error) {
    throw backupError(file, error);
  }
  try {
    await write(file);
    const written = await open(file, 'r+');
    await written.sync();
    await written.close();
  } catch (error) {
    await rm(file, { force: true });
    throw isCallbackError(error) ? error : backupError(file, error);
  }
}

function backupError(file: string, error: unknown): CallbackError {
  const { code = 'unknown fault' } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST') {
    return new CallbackError('backup-exists', {
      text: {
        en: `There is a file at ${file} already, and a backup overwrites nothing. Name another.`,
        zh: `文件 ${file} 已存在，备份不会覆盖任何文件。请换一个文件名。`,
      },
    });
  }
  return new CallbackError('backup-failed', {
    text: {
      en: `The backup ${file} cannot be written (${code}).`,
      zh: `无法写入备份文件 ${file}（${code}）。`,
    },
    cause: error,
  });
}
