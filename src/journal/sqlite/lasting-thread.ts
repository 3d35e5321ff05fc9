import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../core/clock.js';
import type { CallKind, Calls, ThreadOptions, Work } from './calls.js';
import { LeaseBook } from './lease-book.js';
import { type OpenThread, openThread } from './open-thread.js';
import type { StartWorker } from './start-worker.js';

/** The pause before a file is opened again, in ms; it doubles up to the longest. */
const firstPauseMs = 100;
const longestPauseMs = 10_000;

/** What a lasting thread works with. */
export interface LastingThreadParts {
  readonly options: Omit<ThreadOptions, 'leases' | 'now'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Told after every group of calls what there is to claim. */
  readonly onWork: (work: Work) => void;
  readonly start: StartWorker;
}

/**
 * The thread that owns the file, and the next one when it dies. Calls that were under way are
 * rejected, and so are those made until the file is open again; what was accepted is on the disk,
 * and holders keep their leases.
 */
export class LastingThread {
  readonly #parts: LastingThreadParts;
  readonly #leases = new LeaseBook();
  readonly #closing = new AbortController();
  #opened: OpenThread;
  #reopening: Promise<void> = Promise.resolve();

  private constructor(parts: LastingThreadParts, opened: OpenThread) {
    this.#parts = parts;
    this.#opened = opened;
    void this.#watch(opened);
  }

  /**
   * Opens the file.
   *
   * @throws what `openThread` throws
   */
  static async open(parts: LastingThreadParts): Promise<LastingThread> {
    const { options, clock, onWork, start } = parts;
    const thread = { ...options, now: clock.now(), leases: [] };
    return new LastingThread(parts, await openThread(thread, onWork, start));
  }

  /** Asks the thread; resolves when the effect is durable. */
  async call<Kind extends CallKind>(kind: Kind, input: Calls[Kind][0]): Promise<Calls[Kind][1]> {
    const value = await this.#opened.thread.call(kind, input);
    this.#leases.note(kind, input, value);
    return value;
  }

  /** Waits for what was asked, closes the file and ends the thread. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#reopening;
    await this.#opened.close();
  }

  async #watch({ thread }: OpenThread): Promise<void> {
    await thread.ended;
    if (!this.#closing.signal.aborted) this.#reopening = this.#reopen();
  }

  /** Tries until it succeeds or the journal is closed; never rejects. */
  async #reopen(): Promise<void> {
    const { signal } = this.#closing;
    for (let ms = firstPauseMs; !signal.aborted; ms = Math.min(2 * ms, longestPauseMs)) {
      await pause(ms, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted || (await this.#openAgain())) return;
    }
  }

  async #openAgain(): Promise<boolean> {
    const { options, clock, onWork, start } = this.#parts;
    const { leases } = this.#leases;
    try {
      const thread = { ...options, now: clock.now(), leases };
      this.#opened = await openThread(thread, onWork, start);
    } catch {
      // Those who call are told that the thread has ended; the file may be mended meanwhile.
      return false;
    }
    void this.#watch(this.#opened);
    onWork({ isReady: true });
    return true;
  }
}
