import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Clock, systemClock } from '../../core/clock.js';
import { CallbackError, nameOf } from '../../core/errors.js';
import type { StreamRecord, StreamStore } from '../../core/stream-store.js';

/** How a file is kept. */
export interface FileStreamStoreOptions {
  /** Made with its folders when it is not there; for one process only. */
  readonly path: string;
  /** Default: the machine's. */
  readonly clock?: Pick<Clock, 'now'>;
  /** The file is written anew when it has grown to this, and to twice what is in it, in bytes. */
  readonly compactBytes?: number;
}

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Records written at once when the file is written anew. */
const compactedAtOnce = 50;
/** 16 MiB. */
const defaultCompactBytes = 16 * 1024 * 1024;

/**
 * A store in one file that is only appended to: one line of JSON for each put. Puts that wait for one
 * another share one write and one flush to the disk. A line that a crash tore is left out.
 *
 * Open and put reject with CallbackError `stream-store-failed`.
 */
export function createFileStreamStore(options: FileStreamStoreOptions): StreamStore {
  return new FileStreamStore(options);
}

class FileStreamStore implements StreamStore {
  readonly #path: string;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #compactBytes: number;
  #records = new Map<string, StreamRecord>();
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #handle: FileHandle | undefined;
  #size = 0;
  #sizeAfterCompacting = 0;

  constructor(options: FileStreamStoreOptions) {
    const { path, clock = systemClock, compactBytes = defaultCompactBytes } = options;
    this.#path = path;
    this.#clock = clock;
    this.#compactBytes = compactBytes;
  }

  async open(): Promise<ReadonlyMap<string, StreamRecord>> {
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      this.#records = readLines(await readOrNothing(this.#path));
      await this.#compact();
    } catch (error) {
      throw failed(this.#path, error);
    }
    return new Map(this.#records);
  }

  put(key: string, record: StreamRecord): Promise<void> {
    this.#records.set(key, record);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line: lineOf(key, record), resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  records(): ReadonlyMap<string, StreamRecord> | undefined {
    return this.#handle && this.#records;
  }

  async purge(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
    // What is in the file is not known then, and would be lost.
    if (this.#handle === undefined) return;
    const purging = this.#compact().catch((error: unknown) => {
      throw failed(this.#path, error);
    });
    // What is put meanwhile is written behind it.
    this.#writing = purging.catch(() => {}).then(() => this.#writeAll());
    await purging;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #writeAll(): Promise<void> {
    // All that is put in this turn goes together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      await this.#write(group);
    }
    this.#writing = undefined;
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    try {
      if (this.#handle === undefined) throw new Error('The store is closed.');
      const bytes = Buffer.from(group.map(({ line }) => line).join(''));
      await this.#handle.appendFile(bytes);
      await this.#handle.datasync();
      this.#size += bytes.length;
      for (const { resolve } of group) resolve();
      const isLarge = this.#size > this.#compactBytes;
      if (isLarge && this.#size > 2 * this.#sizeAfterCompacting) await this.#compact();
    } catch (error) {
      for (const { reject } of group) reject(failed(this.#path, error));
    }
  }

  /** Writes what has not expired into a new file, which takes the place of the old one at once. */
  async #compact(): Promise<void> {
    const now = this.#clock.now();
    for (const [key, { until }] of this.#records) if (until <= now) this.#records.delete(key);
    const fresh = `${this.#path}.new`;
    // What people said is in it: for this account alone.
    // Never through what lies there, which may be a link.
    await rm(fresh, { force: true });
    const handle = await open(fresh, 'wx', 0o600);
    const entries = [...this.#records];
    let size = 0;
    // Piece by piece, so that nobody waits for all of it.
    for (let at = 0; at < entries.length; at += compactedAtOnce) {
      const lines = entries.slice(at, at + compactedAtOnce).map((entry) => lineOf(...entry));
      const bytes = Buffer.from(lines.join(''));
      await handle.appendFile(bytes);
      size += bytes.length;
    }
    await handle.datasync();
    await rename(fresh, this.#path);
    await this.#handle?.close();
    this.#handle = handle;
    this.#size = size;
    this.#sizeAfterCompacting = size;
  }
}

/** Begins with the line end: a line that was torn spoils none that comes after it. */
function lineOf(key: string, { value, until }: StreamRecord): string {
  return `\n${JSON.stringify([key, until, value])}`;
}

async function readOrNothing(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function readLines(text: string): Map<string, StreamRecord> {
  const records = new Map<string, StreamRecord>();
  for (const line of text.split('\n')) {
    const [key, until, value] = readLine(line);
    if (typeof key === 'string' && typeof until === 'number' && typeof value === 'string') {
      records.set(key, { until, value });
    }
  }
  return records;
}

function readLine(line: string): readonly unknown[] {
  try {
    const read: unknown = JSON.parse(line);
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}

function failed(path: string, error: unknown): CallbackError {
  return new CallbackError('stream-store-failed', {
    text: {
      en: `Open answers cannot be kept in ${path} (${nameOf(error)}): check the folder, its rights and the space on the disk.`,
      zh: `无法将未完成的回答保存到 ${path}（${nameOf(error)}）：请检查目录、权限和磁盘空间。`,
    },
    cause: error,
  });
}
