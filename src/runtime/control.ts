import type { Clock } from '../core/clock.js';
import { textOf } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { Operations } from '../core/operations.js';
import { openControlSocket } from '../server/control/control-socket.js';

/** What the socket is opened with. */
export interface ControlParts {
  readonly path: string;
  readonly operations: Operations;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Closes the socket, or ends the trying. */
  readonly signal: AbortSignal;
}

/** A program that is being replaced by this one lets go of the socket soon. */
const tryEveryMs = 2000;

/**
 * Keeps the control socket open until `signal` is aborted. While another program has it, it is
 * tried again; the log says so once. Resolves when everything is closed; never rejects.
 */
export async function keepControlOpen(parts: ControlParts): Promise<void> {
  const { path, operations, clock, logger, signal } = parts;
  let isSaid = false;
  while (!signal.aborted) {
    try {
      const listener = await openControlSocket(path, operations);
      if (!signal.aborted) await untilAborted(signal);
      return await listener.close();
    } catch (error) {
      if (!isSaid) logger.warn(textOf(error));
      isSaid = true;
      await clock.sleep(tryEveryMs, signal, { ref: false }).catch(() => {});
    }
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
