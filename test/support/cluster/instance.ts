import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../free-port.js';

/** How an instance is started. */
export interface InstanceOptions {
  /** A folder for its configuration. */
  readonly folder: string;
  /** The compiled command line. */
  readonly program: string;
  /** Begins the names of its processes. */
  readonly name: string;
  /** All of the configuration of one of its processes but the port. */
  readonly config: (process: string) => Readonly<Record<string, unknown>>;
}

/** One program of several that share a journal; it can be killed and started again. */
export class Instance {
  readonly origin: string;
  readonly #file: string;
  readonly #options: InstanceOptions;
  readonly #port: number;
  #starts = 0;
  #child: ChildProcess | undefined;
  #printed = '';
  #isUp = false;

  private constructor(options: InstanceOptions, port: number) {
    this.origin = `http://127.0.0.1:${port}`;
    this.#options = options;
    this.#port = port;
    this.#file = join(options.folder, '.wechatyrc');
  }

  /** Writes its configuration, and starts it. */
  static async start(options: InstanceOptions): Promise<Instance> {
    mkdirSync(options.folder, { recursive: true });
    const instance = new Instance(options, await freePort());
    await instance.start();
    return instance;
  }

  /** Whether a load balancer would send anything here. */
  get isUp(): boolean {
    return this.#isUp;
  }

  /** The name of the process that runs, or ran last. */
  get process(): string {
    return `${this.#options.name}-${this.#starts}`;
  }

  /** Everything that was printed. */
  get printed(): string {
    return this.#printed;
  }

  /** Starts it, and waits until it listens. */
  async start(): Promise<void> {
    this.#starts += 1;
    const config = { ...this.#options.config(this.process), server: { port: this.#port } };
    writeFileSync(this.#file, JSON.stringify(config));
    const args = [this.#options.program, 'start', '--config', this.#file];
    const env = { ...process.env, LANG: 'en_US.UTF-8' };
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#printed += text;
      });
    }
    await this.#untilListening(child);
    this.#isUp = this.#child === child;
  }

  /** Ends it, and waits until it has ended; answers the exit code, `null` when it was killed. */
  async stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    this.#isUp = false;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const ended = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    return (await ended)[0];
  }

  async #untilListening(child: ChildProcess): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      const isThere = await fetch(`${this.origin}/healthz`).then(
        (response) => response.body?.cancel().then(() => true) ?? true,
        () => false,
      );
      if (isThere) return;
      if (child.exitCode !== null) throw new Error(`It did not start:\n${this.#printed}`);
      await pause(50);
    }
    throw new Error(`It does not listen:\n${this.#printed}`);
  }
}
