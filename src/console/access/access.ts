import { stat } from 'node:fs/promises';
import { textOf } from '../../core/errors.js';
import { consoleError } from '../api/failures.js';
import type { ConsolePorts } from '../ports.js';
import { createLoginLimit, type LoginLimit } from './login-limit.js';
import { isPassword } from './password.js';
import { passwordBox } from './password-box.js';
import { openPassword, passwordFile, readPassword, writePassword } from './password-file.js';
import { createSessions, type Sessions } from './sessions.js';

/** What came of a try to log in. */
export type Login =
  | { readonly kind: 'passed'; readonly token: string }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly ms: number };

/** The password as it is, and as it is to be. */
export interface PasswordChange {
  readonly current: string;
  readonly next: string;
}

/** Who may use the console. */
export interface Access {
  readonly sessions: Sessions;
  /** Makes a password at the first start and shows it. Never rejects: the log says what is wrong. */
  open(): Promise<void>;
  /** @throws CallbackError when the password cannot be read: nobody gets in then */
  login(password: string, address: string): Promise<Login>;
  /** Sets another password and ends all sessions but that of `token`. Counts as a try to log in. */
  change(passwords: PasswordChange, token: string, address: string): Promise<Login>;
  /** Ends all sessions when the password was set anew on the command line. Cheap; never rejects. */
  refresh(): Promise<void>;
}

type AccessPorts = Pick<
  ConsolePorts,
  'directory' | 'clock' | 'logger' | 'announce' | 'passwordCommand' | 'state'
>;

/** The file is looked at no oftener, in ms. */
const lookEveryMs = 2000;

/** Guards the console of a configuration; `open` it first. */
export function createAccess({
  directory,
  clock,
  logger,
  announce,
  passwordCommand,
  state,
}: AccessPorts): Access {
  const file = passwordFile(directory);
  const sessions = createSessions(state, clock);
  const limit = createLoginLimit(state, clock);
  let stamp: string | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const attempt = (password: string, address: string) =>
    tryPassword(file, limit, { password, address }, passwordCommand);
  return {
    sessions,
    open: async () => {
      try {
        const { generated } = await openPassword(file);
        stamp = await stampOf(file);
        if (generated !== undefined) announce(passwordBox(generated, file, passwordCommand));
      } catch (error) {
        logger.error(textOf(error));
      }
    },
    login: async (password, address) => {
      const refused = await attempt(password, address);
      return refused ?? { kind: 'passed', token: (await sessions.begin()).token };
    },
    change: async ({ current, next }, token, address) => {
      const refused = await attempt(current, address);
      if (refused !== undefined) return refused;
      await writePassword(file, next);
      stamp = await stampOf(file);
      await sessions.endOthers(token);
      return { kind: 'passed', token };
    },
    refresh: async () => {
      const now = clock.monotonic();
      if (now - lookedAt < lookEveryMs) return;
      lookedAt = now;
      await sessions.check();
      const found = await stampOf(file);
      if (found === stamp) return;
      stamp = found;
      await sessions.endOthers('').catch((error: unknown) => logger.error(textOf(error)));
    },
  };
}

interface Try {
  readonly password: string;
  readonly address: string;
}

/** `undefined`: it is the password. */
async function tryPassword(
  file: string,
  limit: LoginLimit,
  { password, address }: Try,
  passwordCommand: string,
): Promise<Login | undefined> {
  const ms = await limit.take(address);
  if (ms > 0) return { kind: 'wait', ms };
  const kept = await readPassword(file);
  if (kept === undefined) throw noPassword(passwordCommand);
  if (!(await isPassword(password, kept))) return { kind: 'wrong' };
  await limit.passed(address);
  return undefined;
}

/** Changes whenever the file is replaced. */
async function stampOf(file: string): Promise<string | undefined> {
  try {
    const { ino, mtimeMs, size } = await stat(file);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return undefined;
  }
}

function noPassword(passwordCommand: string): Error {
  return consoleError('unavailable', {
    en: `The console has no password any more: set one with ${passwordCommand}`,
    zh: `控制台没有密码：请运行 ${passwordCommand} 设置。`,
  });
}
