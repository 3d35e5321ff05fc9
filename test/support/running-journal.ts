import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Journal } from '../../src/core/journal.js';
import { createMemoryJournal } from '../../src/journal/memory-journal.js';
import { openControlSocket } from '../../src/server/control/control-socket.js';
import { journalOperations } from '../../src/server/control/journal-operations.js';
import { sampleTask } from './sample-task.js';
import { temporaryFolder } from './temporary-folder.js';

/** A folder with a `.wechatyrc`, whose bot seems to run: its control socket leads to a journal. */
export interface RunningJournal {
  readonly path: string;
  readonly journal: Journal;
  /** Keeps a task and lets it die of `http-500` after one call, answered with `body`. */
  readonly dead: (id: string, arrivedAt?: number, body?: string) => Promise<void>;
}

/** Starts it for the test that is running; the rules need a variable that nobody has set. */
export async function runningJournal(): Promise<RunningJournal> {
  const folder = temporaryFolder();
  const callback = { url: 'http://127.0.0.1:4000/', apiKey: '${NOBODY_HAS_SET_THIS}' };
  folder.write('.wechatyrc', JSON.stringify({ rules: [{ name: 'subscribe', callback }] }));
  const journal = createMemoryJournal();
  const path = join(folder.path, '.wechaty', 'callback.sock');
  const socket = await openControlSocket(path, journalOperations(journal));
  onTestFinished(() => socket.close(0));
  return {
    path: folder.path,
    journal,
    dead: async (id, arrivedAt = Date.UTC(2026, 0, 1), body) => {
      await journal.accept([sampleTask({ id, eventId: id, lane: id, arrivedAt })]);
      const [claim] = await journal.claim(1, ['wxid_bot']);
      const reason = 'http-500';
      const call = { startedAt: arrivedAt, durationMs: 12, status: 500, reason };
      const attempt = { ...call, ...(body !== undefined && { body }) };
      if (claim) await journal.settle(claim, 'dead', { reason, attempt });
    },
  };
}
