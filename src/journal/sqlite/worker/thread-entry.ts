import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { CallMessage, FromThread, ThreadOptions, ToThread } from '../calls.js';
import { faultOf } from '../fault.js';
import { Group } from './group.js';
import { type HandledFile, handleFile } from './handlers.js';
import { openDatabase } from './open-database.js';

/** More are not fetched: whoever asks first should not wait for the last. */
const mostWaiting = 1000;

type Port = NonNullable<typeof parentPort>;

/** Answers the calls that come on a port, until it is told to close the file. */
class Service {
  readonly #port: Port;
  readonly #group: Group;
  readonly #file: HandledFile;
  readonly #close: () => void;
  #waiting: CallMessage[] = [];
  #closed: Int32Array | undefined;

  constructor(port: Port, options: ThreadOptions) {
    const { database, run } = openDatabase(options);
    const { leaseMs, owner } = options;
    // Also when an error ends this thread: the next one wants to lock the file.
    process.once('exit', () => {
      if (database.isOpen) database.close();
    });
    this.#port = port;
    this.#file = handleFile(database, { leaseMs, prefix: `${owner}/${run}` });
    this.#group = new Group(database, this.#file.handlers);
    this.#close = () => database.close();
  }

  /** Begins to answer. */
  start(): void {
    this.#port.on('message', (message: ToThread) => {
      this.#take(message);
      this.#answer();
    });
    this.#port.postMessage({ opened: true } satisfies FromThread);
  }

  #answer(): void {
    this.#fetch();
    while (this.#waiting.length > 0) {
      const results = this.#group.run(this.#waiting);
      this.#waiting.splice(0, results.length);
      this.#port.postMessage({ results, work: this.#file.takeWork() } satisfies FromThread);
      this.#fetch();
    }
    if (this.#closed) this.#end(this.#closed);
  }

  /** What has come meanwhile goes into the next transaction. */
  #fetch(): void {
    while (this.#waiting.length < mostWaiting && !this.#closed) {
      const received = receiveMessageOnPort(this.#port);
      if (!received) return;
      this.#take(received.message as ToThread);
    }
  }

  #take(message: ToThread): void {
    if ('closed' in message) this.#closed = message.closed;
    else this.#waiting.push(...message.calls);
  }

  #end(closed: Int32Array): void {
    this.#close();
    Atomics.store(closed, 0, 1);
    Atomics.notify(closed, 0);
    this.#port.close();
  }
}

function main(port: Port): void {
  try {
    new Service(port, workerData as ThreadOptions).start();
  } catch (error) {
    port.postMessage({ failed: faultOf(error) } satisfies FromThread);
  }
}

if (parentPort) main(parentPort);
