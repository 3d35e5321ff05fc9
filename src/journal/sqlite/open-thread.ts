import { chmod, mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { nameOf } from '../../core/errors.js';
import type { FromThread, ThreadOptions, Work } from './calls.js';
import { type Fault, faultOf, journalFault } from './fault.js';
import { holderFile } from './holder-file.js';
import type { StartWorker } from './start-worker.js';
import { Thread } from './thread.js';

/** A journal's file, open in a thread of its own. */
export interface OpenThread {
  readonly thread: Thread;
  /** Absolute. */
  readonly file: string;
  close(): Promise<void>;
}

/**
 * Opens the file, makes it (mode 0600) and its folder (0700) when they are not there.
 *
 * @throws CallbackError `journal-locked`, `journal-corrupt`, `journal-too-new`, `journal-foreign`,
 *   `journal-full`, `journal-failed`
 */
export async function openThread(
  options: ThreadOptions,
  onWork: (work: Work) => void,
  start: StartWorker,
): Promise<OpenThread> {
  const file = resolve(options.file);
  const holder = holderFile(file);
  const refuse = async (fault: Fault) =>
    journalFault(fault, file, fault.kind === 'locked' ? await holder.read() : undefined);
  try {
    await prepareFile(file);
  } catch (error) {
    throw await refuse(faultOfFile(error));
  }
  const worker = start({ ...options, file });
  const fault = await faultOfStart(worker);
  if (fault) {
    await worker.terminate();
    throw await refuse(fault);
  }
  // Only for people: a disk that is full by now shows when something is kept.
  await holder.write().catch(() => {});
  const thread = new Thread(worker, file, onWork);
  const close = async () => {
    await holder.remove();
    await thread.close();
  };
  return { thread, file, close };
}

/** A file that is there is not opened: closing it again would free the lock of another journal. */
async function prepareFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    const created = await open(file, 'wx', 0o600);
    await created.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await chmod(file, 0o600);
  }
}

function faultOfFile(error: unknown): Fault {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return faultOf(error);
  return { kind: code === 'ENOSPC' ? 'full' : 'failed', detail: code };
}

/** What is wrong with the file; absent when the thread has opened it. */
function faultOfStart(worker: Worker): Promise<Fault | undefined> {
  return new Promise((done) => {
    worker.once('message', (message: FromThread) => {
      done('failed' in message ? message.failed : undefined);
    });
    worker.once('error', (error) => done({ kind: 'failed', detail: nameOf(error) }));
    worker.once('exit', () => done({ kind: 'failed', detail: 'the thread ended' }));
  });
}
