import { createHash } from 'node:crypto';
import { type FSWatcher, readFileSync, statSync, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { lacksFiles } from '../core/open-files.js';

/** How a file is watched. */
export interface WatchOptions {
  /** How long a file must rest before it counts as written, in ms. Default: 100. */
  readonly debounceMs?: number;
  /** How often it is looked at where the system reports nothing, in ms. Default: 3,000. */
  readonly pollMs?: number;
  /** Told once when the file has been missing, unreadable or empty for a poll. Default: nothing. */
  readonly onGone?: () => void;
}

/**
 * Calls `onChange` whenever the content of a file has changed.
 *
 * The folder is watched, not the file, so it survives editors that write another file and rename
 * it; a slow poll serves file systems that report nothing. A touch is silent, and so is a
 * deletion or an emptied file but for `onGone`; a re-created file counts when its content is another. Start watching before loading,
 * so that no change falls between. Keeps no process alive. Throws nothing, also when there is no
 * such file yet.
 */
export function watchConfig(
  file: string,
  onChange: () => void,
  { debounceMs = 100, pollMs = 3000, onGone = () => {} }: WatchOptions = {},
): { readonly close: () => void } {
  const path = resolve(file);
  let seen = fingerprint(path);
  let rest: NodeJS.Timeout | undefined;
  let stamp = stampOf(path);
  let folder: FSWatcher | undefined;

  const look = () => {
    rest = undefined;
    const found = fingerprint(path);
    // Looked at again with the next poll.
    stamp = found === unknown ? undefined : stampOf(path);
    if (found === undefined || found === unknown || found === seen) return;
    seen = found;
    onChange();
  };
  const touched = () => {
    clearTimeout(rest);
    rest = setTimeout(look, debounceMs).unref();
  };
  const reopen = () => {
    folder ??= watchFolder(path, touched, () => {
      folder = undefined;
    });
  };
  let missing = 0;
  const poll = setInterval(() => {
    reopen();
    // Twice in a row: editors replace a file, or empty it before they write.
    missing = fingerprint(path) === undefined ? missing + 1 : 0;
    if (missing === 2) onGone();
    if (rest === undefined && stampOf(path) !== stamp) touched();
  }, pollMs).unref();

  reopen();
  return {
    close: () => {
      clearInterval(poll);
      clearTimeout(rest);
      folder?.close();
    },
  };
}

function watchFolder(path: string, touched: () => void, gone: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
      // Some systems tell no name.
      if (name === null || name === basename(path)) touched();
    });
    return watcher.on('error', () => {
      watcher.close();
      gone();
    });
  } catch {
    // No such folder, or no more watches to be had: the poll goes on.
    return undefined;
  }
}

/** Changes whenever the file was written, replaced, or its link turned elsewhere. */
function stampOf(path: string): string | undefined {
  const found = fileAt(path);
  return found && `${found.ino} ${found.size} ${found.mtimeNs}`;
}

// Larger files are no configuration: the loader refuses them, so their content is not read here.
const maxReadBytes = 1024 * 1024;

/** The program has no file left to read with: that says nothing of this one. */
const unknown = Symbol('unknown');

/**
 * The content in short; nothing for a file that is missing, unreadable, or empty (being written);
 * `unknown` when this program may open no more files.
 */
function fingerprint(path: string): string | typeof unknown | undefined {
  const found = fileAt(path);
  if (!found || found.size === 0n) return undefined;
  if (found.size > maxReadBytes) return stampOf(path);
  try {
    return createHash('sha256').update(readFileSync(path)).digest('base64');
  } catch (error) {
    return lacksFiles(error) ? unknown : undefined;
  }
}

/** What the system knows of a file; nothing for a folder, a pipe, or what cannot be looked at. */
function fileAt(path: string) {
  try {
    const found = statSync(path, { throwIfNoEntry: false, bigint: true });
    return found?.isFile() ? found : undefined;
  } catch {
    // A timer calls this: a loop of links or a closed folder must not end the process.
    return undefined;
  }
}
