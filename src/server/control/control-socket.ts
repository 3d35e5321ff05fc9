import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { CallbackError, isCallbackError } from '../../core/errors.js';
import type { Operations } from '../../core/operations.js';
import { ownCommand } from '../../core/own-command.js';
import { type Listener, listen } from '../listener.js';
import { controlRoutes } from './control-routes.js';
import { makeOwnFolder } from './own-folder.js';

/**
 * Offers the operations to the command line on a socket that only this user can open. What a
 * program left behind that was killed is replaced. Does not keep the process running.
 *
 * @throws CallbackError `control-in-use` when another program listens there, `control-foreign`
 *   when the folder is not this user's own, `control-failed`
 */
export async function openControlSocket(path: string, operations: Operations): Promise<Listener> {
  const isPipe = path.startsWith('\\\\');
  const app = controlRoutes(operations);
  // The socket is made in this very call, and nobody can connect before it is closed to others.
  const onBound = () => {
    if (!isPipe) chmodSync(path, 0o600);
  };
  const open = () => listen(app, { path }, { onBound, ref: false });
  try {
    if (!isPipe) makeOwnFolder(path);
    if (!isPipe) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return await open().catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' || isPipe) throw error;
      refuseOtherFiles(path);
      if (await isAlive(path)) throw error;
      unlinkSync(path);
      return await open();
    });
  } catch (error) {
    throw isCallbackError(error) ? error : controlError(path, error as NodeJS.ErrnoException);
  }
}

/** A connection to an ordinary file is refused like one to a dead socket, and that is no reason to delete it. */
function refuseOtherFiles(path: string): void {
  if (!lstatSync(path).isSocket()) throw Object.assign(new Error(), { code: 'ENOTSOCK' });
}

/** Whether anybody answers there. */
function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true));
    // Only a refusal says that nobody is there; one that is merely busy must not lose its socket.
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code !== 'ECONNREFUSED'));
  });
}

function controlError(path: string, cause: NodeJS.ErrnoException): CallbackError {
  if (cause.code === 'EADDRINUSE') {
    return new CallbackError('control-in-use', {
      text: {
        en: `Another program with these rules is running; commands such as \`${ownCommand} tasks\` reach that one (${path}).`,
        zh: `另一个使用相同规则的程序正在运行；\`${ownCommand} tasks\` 等命令将连接到那个程序（${path}）。`,
      },
      cause,
    });
  }
  return new CallbackError('control-failed', {
    text: {
      en: `Commands such as \`${ownCommand} tasks\` cannot reach this program: no socket at ${path} (${cause.code ?? 'unknown'}).`,
      zh: `\`${ownCommand} tasks\` 等命令无法连接本程序：不能在 ${path} 建立套接字（${cause.code ?? '未知'}）。`,
    },
    cause,
  });
}
