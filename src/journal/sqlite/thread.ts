import type { Worker } from 'node:worker_threads';
import { type CallbackError, nameOf } from '../../core/errors.js';
import type {
  CallKind,
  CallMessage,
  CallResult,
  Calls,
  FromThread,
  ToThread,
  Work,
} from './calls.js';
import { type Fault, journalFault } from './fault.js';

/** How long the end of the process waits for the file to be closed, in ms. */
const longestFarewellMs = 2000;

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: CallbackError) => void;
}

/**
 * The program's end of the thread. Calls made in one turn of the event loop cross together, and
 * are answered in their order. The thread keeps the process running only while calls wait.
 */
export class Thread {
  readonly #worker: Worker;
  readonly #file: string;
  readonly #onWork: (work: Work) => void;
  readonly #waiting = new Map<number, Waiting>();
  /** Resolves when the thread has ended, wanted or not. */
  readonly ended: Promise<void>;
  #calls: CallMessage[] = [];
  #n = 0;
  #fault: Fault | undefined;

  /** `onWork` is told after every group of calls what there is to claim. */
  constructor(worker: Worker, file: string, onWork: (work: Work) => void) {
    this.#worker = worker;
    this.#file = file;
    this.#onWork = onWork;
    this.ended = new Promise((resolve) => {
      worker.once('exit', (code) => {
        process.off('exit', this.#farewell);
        this.#fail({ kind: 'stopped', detail: `exit code ${code}` });
        resolve();
      });
    });
    worker.on('message', (message: FromThread) => this.#hear(message));
    worker.on('error', (error) => this.#fail({ kind: 'stopped', detail: nameOf(error) }));
    worker.unref();
    // A database that is open when its thread is torn down may take the process with it.
    process.once('exit', this.#farewell);
  }

  /** Asks the thread; resolves when the effect is durable. */
  call<Kind extends CallKind>(kind: Kind, input: Calls[Kind][0]): Promise<Calls[Kind][1]> {
    if (this.#fault) return Promise.reject(journalFault(this.#fault, this.#file));
    this.#n += 1;
    const n = this.#n;
    if (this.#calls.length === 0) queueMicrotask(() => this.#send());
    this.#calls.push({ n, kind, input } as CallMessage);
    return new Promise((resolve, reject) => {
      if (this.#waiting.size === 0) this.#worker.ref();
      this.#waiting.set(n, { resolve, reject });
    });
  }

  /** Waits for what was asked, closes the file and ends the thread. */
  async close(): Promise<void> {
    if (this.#fault) return;
    this.#send();
    this.#worker.ref();
    this.#post({ closed: newFlag() });
    await this.ended;
  }

  #send(): void {
    const calls = this.#calls;
    if (calls.length === 0) return;
    this.#calls = [];
    this.#post({ calls });
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromThread): void {
    if (!('results' in message)) return;
    for (const result of message.results) this.#answer(result);
    if (this.#waiting.size === 0) this.#worker.unref();
    this.#onWork(message.work);
  }

  #answer(result: CallResult): void {
    const waiting = this.#waiting.get(result.n);
    this.#waiting.delete(result.n);
    if ('fault' in result) waiting?.reject(journalFault(result.fault, this.#file));
    else waiting?.resolve(result.value as never);
  }

  /** The end of the thread, wanted or not. */
  #fail(fault: Fault): void {
    this.#fault ??= fault;
    for (const { reject } of this.#waiting.values()) reject(journalFault(fault, this.#file));
    this.#waiting.clear();
  }

  readonly #farewell = () => {
    if (this.#fault) return;
    const closed = newFlag();
    this.#send();
    this.#post({ closed });
    Atomics.wait(closed, 0, 0, longestFarewellMs);
  };
}

function newFlag(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}
