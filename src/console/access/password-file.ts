import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CallbackError } from '../../core/errors.js';
import { ownCommand } from '../../core/own-command.js';
import {
  generatePassword,
  type HashedPassword,
  hashPassword,
  type WorkFactors,
} from './password.js';

const content = z.object({
  password: z.object({
    algorithm: z.literal('scrypt'),
    n: z
      .int()
      .min(2)
      .max(2 ** 20),
    r: z.int().min(1).max(64),
    p: z.int().min(1).max(64),
    salt: z.string(),
    hash: z.string(),
  }),
});

/** Where the password of a configuration's console is kept; `directory` is that of the rules. */
export function passwordFile(directory: string): string {
  return join(directory, '.wechaty', 'console.json');
}

/** What `openPassword` found or made. */
export interface OpenedPassword {
  readonly kept: HashedPassword;
  /** Present when there was none: it must be shown to the operator, once. */
  readonly generated?: string;
}

/**
 * Reads the password, or makes one at the first start.
 *
 * @throws CallbackError `console-password-unreadable`, `console-password-unwritable`
 */
export async function openPassword(file: string): Promise<OpenedPassword> {
  const kept = await readPassword(file);
  if (kept !== undefined) return { kept };
  const generated = generatePassword();
  return { kept: await writePassword(file, generated), generated };
}

/**
 * The password as it is kept now; `undefined` when there is no file.
 *
 * @throws CallbackError `console-password-unreadable`
 */
export async function readPassword(file: string): Promise<HashedPassword | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    return content.parse(JSON.parse(text)).password;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CallbackError('console-password-unreadable', {
      text: {
        en: `The console's password cannot be read from ${file}. Set a new one: ${ownCommand} console-password`,
        zh: `无法从 ${file} 读取控制台密码。请重新设置：${ownCommand} console-password`,
      },
      cause,
    });
  }
}

/**
 * Keeps a new password, for this user alone (mode 0600). A link in the place of the file is replaced,
 * never followed.
 *
 * @param factors how much work a try to log in is; default: what is safe
 * @throws CallbackError `console-password-unwritable`
 */
export async function writePassword(
  file: string,
  password: string,
  factors?: WorkFactors,
): Promise<HashedPassword> {
  const kept = await hashPassword(password, factors);
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    // A new file: what another put there, a link for one, is never written through.
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify({ password: kept }, undefined, 2)}\n`);
      // An odd umask.
      await handle.chmod(0o600);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    return kept;
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw new CallbackError('console-password-unwritable', {
      text: {
        en: `The console's password cannot be kept in ${file} (${codeOf(cause)}): check the rights of that folder.`,
        zh: `无法把控制台密码保存到 ${file}（${codeOf(cause)}）：请检查该目录的权限。`,
      },
      cause,
    });
  }
}

function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? 'unknown';
}
