import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { parseJson } from '../parse-json.js';
import { usualTiming } from '../timing.js';
import { type Acknowledged, type Command, incomingSchema } from './frame.js';

/** Takes a callback. Must not throw. */
type OnCallback = (command: string, reqId: string, body: unknown) => void;

/** One connection to the platform, from its opening to its end. */
export class BotSocket {
  /** Resolves when it is closed, for whatever reason. */
  readonly closed: Promise<void>;
  readonly #socket: WebSocket;
  readonly #ackMs: number;
  readonly #waiting = new Map<string, (acknowledged: Acknowledged) => void>();
  /** The last frame of each request: the next waits for it (errcode 6000 otherwise). */
  readonly #lanes = new Map<string, Promise<unknown>>();

  constructor(url: string, onCallback: OnCallback, ackMs: number = usualTiming.ackMs) {
    this.#ackMs = ackMs;
    this.#socket = new WebSocket(url, { handshakeTimeout: 10_000, maxPayload: 4 * 1024 * 1024 });
    this.#socket.on('message', (data: Buffer) => {
      const { data: frame } = incomingSchema.safeParse(readJson(data.toString('utf8')));
      if (frame === undefined) return;
      const { cmd, headers, body, errcode = 0 } = frame;
      if (cmd !== undefined) return onCallback(cmd, headers.req_id, body);
      const isTaken = errcode === 0;
      const acknowledged: Acknowledged = isTaken
        ? { kind: 'taken', body }
        : { kind: 'refused', code: String(errcode) };
      this.#waiting.get(headers.req_id)?.(acknowledged);
    });
    // What an error is about is told by the close that follows it.
    this.#socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      this.#socket.once('close', () => {
        for (const settle of this.#waiting.values()) settle({ kind: 'refused', code: 'closed' });
        resolve();
      });
    });
  }

  /** Resolves with whether it opened. */
  opened(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#socket.once('open', () => resolve(true));
      this.#socket.once('close', () => resolve(false));
    });
  }

  /**
   * Sends a frame and waits for its answer. Frames of one request go one after another.
   *
   * @param reqId of the callback that is answered; default: a new one
   */
  async send(cmd: Command, body?: unknown, reqId: string = randomUUID()): Promise<Acknowledged> {
    const before = this.#lanes.get(reqId) ?? Promise.resolve();
    const mine = before.then(() => this.#exchange(cmd, body, reqId));
    this.#lanes.set(reqId, mine);
    const acknowledged = await mine;
    if (this.#lanes.get(reqId) === mine) this.#lanes.delete(reqId);
    return acknowledged;
  }

  #exchange(cmd: Command, body: unknown, reqId: string): Promise<Acknowledged> {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      return Promise.resolve({ kind: 'refused', code: 'unsent' });
    }
    return new Promise((resolve) => {
      const settle = (acknowledged: Acknowledged) => {
        clearTimeout(timer);
        this.#waiting.delete(reqId);
        resolve(acknowledged);
      };
      const timer = setTimeout(() => settle({ kind: 'refused', code: 'timeout' }), this.#ackMs);
      this.#waiting.set(reqId, settle);
      const frame = { cmd, headers: { req_id: reqId }, ...(body !== undefined && { body }) };
      this.#socket.send(JSON.stringify(frame));
    });
  }

  /** Ends it at once. */
  close(): void {
    this.#socket.terminate();
  }
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
