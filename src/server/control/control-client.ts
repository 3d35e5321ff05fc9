import { once } from 'node:events';
import { lstatSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { z } from 'zod';
import { CallbackError } from '../../core/errors.js';
import type { Operations } from '../../core/operations.js';
import {
  type ControlName,
  controlAnswers,
  controlFailure,
  type controlRequests,
} from './control-schema.js';
import { refuseForeignFolder } from './own-folder.js';

/** A copy of a large journal takes its time; nothing else does. */
const patienceMs = 10 * 60 * 1000;

/**
 * The operations of the program that listens at `path`; `undefined` when none does.
 *
 * @throws CallbackError `control-foreign` when the socket, or the folder of temporary files that it is in, may be another
 *   user's
 */
export async function connectControl(path: string): Promise<Operations | undefined> {
  refuseForeign(path);
  try {
    await call(path, 'stats', {});
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['ENOENT', 'ECONNREFUSED', 'ENOTDIR'].includes(code)) return undefined;
    // Whoever answers is there, even if the journal is not well.
    if (!(error instanceof CallbackError)) throw unreachable(path, error);
  }
  const ask: typeof call = async (...asked) => {
    try {
      return await call(...asked);
    } catch (error) {
      // The bot may stop at any moment.
      throw error instanceof CallbackError ? error : unreachable(path, error);
    }
  };
  return {
    tasks: async (choice, limit) => (await ask(path, 'tasks', { choice, limit })).tasks,
    task: async (id, withText) => (await ask(path, 'task', { id, withText })).record,
    replay: async (ids) => (await ask(path, 'replay', { ids: [...ids] })).count,
    replayAll: async (choice) => (await ask(path, 'replay-all', { choice })).count,
    discard: async (ids) => (await ask(path, 'discard', { ids: [...ids] })).count,
    resolve: async (ids, as) => (await ask(path, 'resolve', { ids: [...ids], as })).count,
    forget: async (userId) => (await ask(path, 'forget', { userId })).count,
    export: async (userId) => await ask(path, 'export', { userId }),
    stats: async () => await ask(path, 'stats', {}),
    backup: async (file) => {
      await ask(path, 'backup', { file });
    },
  };
}

/** In a folder that all may write to, somebody else could have put a socket there. */
function refuseForeign(path: string): void {
  refuseForeignFolder(path);
  const me = process.getuid?.();
  if (me === undefined || me === 0) return;
  const owner = ownerOf(path);
  if (owner === undefined || owner === me || owner === 0) return;
  throw new CallbackError('control-foreign', {
    text: {
      en: `${path} belongs to another user: run this command as the user that runs the bot.`,
      zh: `${path} 属于其他用户：请以运行机器人的用户身份执行此命令。`,
    },
  });
}

function ownerOf(path: string): number | undefined {
  try {
    return lstatSync(path).uid;
  } catch {
    return undefined;
  }
}

async function call<Name extends ControlName>(
  socketPath: string,
  name: Name,
  body: z.input<(typeof controlRequests)[Name]> | Readonly<Record<string, unknown>>,
): Promise<z.output<(typeof controlAnswers)[Name]>> {
  const asking = request({
    socketPath,
    path: `/${name}`,
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    signal: AbortSignal.timeout(patienceMs),
  });
  asking.end(JSON.stringify(body));
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  const answer: unknown = JSON.parse(await text(response));
  if (response.statusCode === 200) {
    return controlAnswers[name].parse(answer) as z.output<(typeof controlAnswers)[Name]>;
  }
  const { code, en, zh } = controlFailure.parse(answer).error;
  throw new CallbackError(code, { text: { en, zh } });
}

function unreachable(path: string, cause: unknown): CallbackError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  return new CallbackError('control-unreachable', {
    text: {
      en: `The running bot does not answer (${code}) at ${path}. Does it run as this user, and still?`,
      zh: `运行中的机器人没有应答（${code}）：${path}。它是否由当前用户运行、是否仍在运行？`,
    },
    cause,
  });
}
