import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import type { CallbackError } from '../core/errors.js';
import { hasOwnSession } from './connection.js';
import { faultOf } from './fault.js';

/** The pause before a lost connection is made again, in ms; it doubles up to the longest. */
const firstPauseMs = 100;
const longestPauseMs = 5000;
/** A connection that is silent for so long is asked whether it is still there, in ms. */
const usualPingMs = 30_000;
const shortestPingMs = 50;

/** What a listening connection works with. */
export interface ListeningParts {
  /** A new client, not connected yet. */
  readonly connect: () => Client;
  readonly address: string;
  /** Whether the address was given for listening; of another one the session has to be its own. */
  readonly isGiven: boolean;
  /** The server has to answer a new connection within this, in ms. */
  readonly withinMs: number;
  readonly onLost: (error: CallbackError) => void;
  readonly onBack: () => void;
  /** Nothing can be heard: a pooler stands between. */
  readonly onPooler: () => void;
}

/**
 * One connection for everything that is listened to, made with the first channel and made again
 * whenever it is lost. It does not keep the process running. Behind a pooler nothing is heard, unless
 * the address was given for that.
 */
export class Listening {
  readonly #parts: ListeningParts;
  readonly #channels = new Map<string, Set<(text: string) => void>>();
  readonly #closing = new AbortController();
  #client: Client | undefined;
  #running: Promise<void> | undefined;

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
      const end = await this.#untilLost();
      if (end === 'pooler') return;
      pauseMs = end === 'lost' ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      await pause(pauseMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** Answers whether there was a connection at all. Never rejects. */
  async #untilLost(): Promise<'lost' | 'refused' | 'pooler'> {
    const client = this.#parts.connect();
    const lost = new Promise<unknown>((resolve) => {
      client.once('error', resolve).once('end', () => resolve(new Error('Connection ended')));
      this.#closing.signal.addEventListener('abort', resolve, { once: true });
    });
    // Later errors of a connection that is being torn down.
    client.on('error', () => {});
    client.on('notification', ({ channel, payload = '' }) => this.#tell(channel, payload));
    const pinging = new AbortController();
    try {
      await client.connect();
      if (this.#closing.signal.aborted) return 'lost';
      if (!(await this.#canHear(client))) return 'pooler';
      for (const channel of this.#channels.keys()) await client.query(listenTo(channel));
      this.#client = client;
      this.#welcome();
      this.#mourn(await Promise.race([lost, ping(client, pinging.signal)]));
      return 'lost';
    } catch (error) {
      this.#mourn(error);
      return 'refused';
    } finally {
      pinging.abort();
      this.#client = undefined;
      await client.end().catch(() => {});
    }
  }

  async #canHear(client: Client): Promise<boolean> {
    const { isGiven, withinMs, onPooler } = this.#parts;
    if (isGiven || (await hasOwnSession(client, withinMs))) return true;
    onPooler();
    return false;
  }

  #welcome(): void {
    if (this.#closing.signal.aborted) return;
    this.#parts.onBack();
    for (const channel of this.#channels.keys()) this.#tell(channel, '');
  }

  #mourn(error: unknown): void {
    if (this.#closing.signal.aborted) return;
    this.#parts.onLost(faultOf(error, this.#parts.address));
  }

  #tell(channel: string, text: string): void {
    for (const hear of this.#channels.get(channel) ?? []) hear(text);
  }
}

/**
 * Asks so often that no server ends the connection for being idle, and that one which is gone without
 * a word is noticed. Resolves with the error when there is no answer; never otherwise.
 */
async function ping(client: Client, signal: AbortSignal): Promise<unknown> {
  try {
    const limitMs = await idleLimitOf(client);
    const everyMs = Math.max(shortestPingMs, Math.min(usualPingMs, limitMs / 3));
    while (!signal.aborted) {
      await pause(everyMs, undefined, { signal, ref: false });
      await client.query('SELECT 1');
    }
  } catch (error) {
    if (!signal.aborted) return error;
  }
  return await new Promise(() => {});
}

/** After how long the server ends an idle session, in ms; PostgreSQL 13 does not. */
async function idleLimitOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ setting: string }>(
    "SELECT setting FROM pg_settings WHERE name = 'idle_session_timeout'",
  );
  return Number(rows[0]?.setting ?? 0) || Number.POSITIVE_INFINITY;
}

function listenTo(channel: string): string {
  return `LISTEN "${channel.replaceAll('"', '""')}"`;
}
