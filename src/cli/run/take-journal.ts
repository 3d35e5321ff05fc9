import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CallbackError, isCallbackError } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';
import { openSqlite, type SqliteHome } from '../../journal/open-sqlite.js';
import type { TakenFile } from '../../runtime/open-journal.js';
import type { CliIo } from '../io.js';
import type { LoadedAdapters } from './load-adapters.js';

/** How long a file is asked for that another program has, and how often, in ms. */
const patienceMs = 2000;
const askEveryMs = 250;
/** How often it is asked for by one that waits until the other program ends, in ms. */
const waitEveryMs = 1000;

/** How a journal's file is taken. */
export interface TakeOptions {
  /** Waits until no other program has it. */
  readonly wait: boolean;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/**
 * Takes the journal's file before any bot runs: a second program must not answer for the first one.
 * Commands that look at the journal have it for a moment, so it is asked for during two seconds.
 *
 * @returns `undefined` when the journal is no file, or cannot be had for another reason, which the
 *   runtime tells and tries again; and when the waiting was ended
 * @throws CallbackError `journal-locked` when another program has it
 */
export async function takeJournal(
  { config, directory }: LoadedAdapters,
  { wait, signal }: TakeOptions,
  io: CliIo,
): Promise<TakenFile | undefined> {
  const { store, durability, retention } = config.journal;
  if (store.kind !== 'sqlite') return undefined;
  const file = resolve(directory, store.file);
  const open = () => unlessLocked(openSqlite({ file, durability, retention }));
  const asking = { open, signal };
  let opened = await ask({ ...asking, everyMs: askEveryMs, until: Date.now() + patienceMs });
  if (isCallbackError(opened)) {
    if (!wait) throw inUse(opened);
    io.stderr(`${waiting(opened.text)[io.language]}\n`);
    opened = await ask({ ...asking, everyMs: waitEveryMs, until: Infinity });
  }
  return opened === undefined || isCallbackError(opened) ? undefined : { file, home: opened };
}

interface Asking {
  readonly open: () => ReturnType<typeof unlessLocked>;
  readonly signal: AbortSignal;
  readonly everyMs: number;
  /** In ms since 1970. */
  readonly until: number;
}

/** Asks until nobody has the file, it is late, or the waiting was ended. */
async function ask({ open, signal, everyMs, until }: Asking): ReturnType<typeof unlessLocked> {
  for (;;) {
    const opened = await open();
    if (!isCallbackError(opened) || Date.now() >= until) return opened;
    await pause(everyMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return opened;
  }
}

/** What was opened, the error of a file that another program has, or `undefined` for any other. */
async function unlessLocked(
  opening: Promise<SqliteHome>,
): Promise<SqliteHome | CallbackError | undefined> {
  try {
    return await opening;
  } catch (error) {
    return isCallbackError(error) && error.code === 'journal-locked' ? error : undefined;
  }
}

function inUse(cause: CallbackError): CallbackError {
  const { en, zh } = cause.text;
  const text = {
    en: `${en} With --wait this command waits until it ends.`,
    zh: `${zh}加上 --wait 则等待其退出。`,
  };
  return new CallbackError(cause.code, { text, cause });
}

function waiting({ en, zh }: Bilingual): Bilingual {
  return {
    en: `Waiting until the journal can be had (--wait). ${en}`,
    zh: `正在等待任务日志可用（--wait）。${zh}`,
  };
}
