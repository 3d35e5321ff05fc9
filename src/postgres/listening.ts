import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import type { CallbackError } from '../core/errors.js';
import { faultOf } from './fault.js';

/** The pause before a lost connection is made again, in ms; it doubles up to the longest. */
const firstPauseMs = 100;
const longestPauseMs = 5000;

/** What a listening connection works with. */
export interface ListeningParts {
  /** A new client, not connected yet. */
  readonly connect: () => Client;
  readonly address: string;
  readonly onLost: (error: CallbackError) => void;
  readonly onBack: () => void;
}

/**
 * One connection for everything that is listened to, made with the first channel and made again
 * whenever it is lost. It does not keep the process running.
 */
export class Listening {
  readonly #parts: ListeningParts;
  readonly #channels = new Map<string, Set<(text: string) => void>>();
  readonly #closing = new AbortController();
  #client: Client | undefined;
  #running: Promise<void> | undefined;
  #isLost = false;

  constructor(parts: ListeningParts) {
    this.#parts = parts;
  }

  /** Hears a channel from now on; answers how to stop that. */
  add(channel: string, hear: (text: string) => void): () => void {
    const others = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, others.add(hear));
    this.#client?.query(listenTo(channel)).catch(() => {
      // The connection is lost: it is made again with all channels.
    });
    this.#running ??= this.#keepConnected();
    return () => others.delete(hear);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#channels.clear();
    await this.#running;
  }

  async #keepConnected(): Promise<void> {
    const { signal } = this.#closing;
    let pauseMs = firstPauseMs;
    while (!signal.aborted) {
      const isConnected = await this.#untilLost();
      pauseMs = isConnected ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      await pause(pauseMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** Answers whether there was a connection at all. Never rejects. */
  async #untilLost(): Promise<boolean> {
    const client = this.#parts.connect();
    const lost = new Promise<unknown>((resolve) => {
      client.once('error', resolve).once('end', () => resolve(new Error('Connection ended')));
      this.#closing.signal.addEventListener('abort', resolve, { once: true });
    });
    // Later errors of a connection that is being torn down.
    client.on('error', () => {});
    client.on('notification', ({ channel, payload = '' }) => this.#tell(channel, payload));
    try {
      await client.connect();
      if (this.#closing.signal.aborted) return true;
      for (const channel of this.#channels.keys()) await client.query(listenTo(channel));
      this.#client = client;
      this.#welcome();
      this.#mourn(await lost);
      return true;
    } catch (error) {
      this.#mourn(error);
      return false;
    } finally {
      this.#client = undefined;
      await client.end().catch(() => {});
    }
  }

  #welcome(): void {
    if (this.#closing.signal.aborted) return;
    if (this.#isLost) this.#parts.onBack();
    this.#isLost = false;
    for (const channel of this.#channels.keys()) this.#tell(channel, '');
  }

  #mourn(error: unknown): void {
    if (this.#isLost || this.#closing.signal.aborted) return;
    this.#isLost = true;
    this.#parts.onLost(faultOf(error, this.#parts.address));
  }

  #tell(channel: string, text: string): void {
    for (const hear of this.#channels.get(channel) ?? []) hear(text);
  }
}

function listenTo(channel: string): string {
  return `LISTEN "${channel.replaceAll('"', '""')}"`;
}
