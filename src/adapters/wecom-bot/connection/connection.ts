import type { Clock } from '../../../core/clock.js';
import type { Logger } from '../../../core/logger.js';
import type { Acknowledged, Command } from './frame.js';
import { createPacer, type Pacer } from './pacing.js';
import { BotSocket } from './socket.js';

/** Which bot is connected, and where. */
export interface ConnectionOptions {
  readonly url: string;
  readonly botId: string;
  readonly secret: string;
  /** The adapter's, for the log. */
  readonly name: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long the platform may take to answer a frame, in ms. */
  readonly ackMs: number;
  /** A callback came. Must not throw. */
  readonly onCallback: (command: string, reqId: string, body: unknown) => void;
}

/** Between two signs of life, in ms (D101463). */
const heartbeatMs = 30_000;
/** Signs of life without an answer: then the connection is dead. */
const maxMissed = 2;
const firstPauseMs = 1000;
/** Between two tries to connect, in ms. */
const maxPauseMs = 30_000;
/** The same when the platform refuses the bot: subscribing is rationed (D101463). */
const maxRefusedPauseMs = 600_000;
/** A connection that did not last so long is a failure too, in ms. */
const lastingMs = 30_000;
/** Before what says something by itself is tried again, in ms: it connects again meanwhile. */
const againAfterMs = [500, 2000, 5000];
/** The socket is open, but the platform has forgotten the bot: connect again at once. */
const notSubscribed = '846609';

/**
 * The long connection of one bot (D101463): it subscribes, gives signs of life, and comes back after
 * a break. When another connection of the bot takes its place, it stays away: two would throw one
 * another out for ever.
 */
export class BotConnection {
  readonly #options: ConnectionOptions;
  readonly #pacer: Pacer;
  #socket: BotSocket | undefined;
  #closing = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#pacer = createPacer(options.clock);
  }

  /** Connects, and stays connected. */
  open(): void {
    this.#closing = new AbortController();
    this.#running = this.#stayConnected(this.#closing.signal);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  /** Sends a frame; with `reqId` as the answer to a callback. Never rejects. */
  async send(cmd: Command, body: unknown, reqId?: string): Promise<Acknowledged> {
    const socket = this.#socket;
    if (socket === undefined) return { kind: 'refused', code: 'unsent' };
    const acknowledged = await socket.send(cmd, body, reqId);
    const isForgotten = acknowledged.kind === 'refused' && acknowledged.code === notSubscribed;
    if (isForgotten) socket.close();
    return acknowledged;
  }

  /**
   * Sends something that people see, when the platform takes more of it: 30 messages a minute and
   * 1,000 an hour of one conversation. What answers no callback outlives a break of the connection.
   * Never rejects.
   *
   * @param reqId of the callback that is answered; it is good for its own connection alone
   */
  async speak(
    conversationId: string,
    cmd: Command,
    body: unknown,
    reqId?: string,
  ): Promise<Acknowledged> {
    if (!(await this.#pacer.turn(`chat/${conversationId}`, this.#closing.signal))) return tooMuch;
    return reqId === undefined ? await this.#insist(cmd, body) : await this.send(cmd, body, reqId);
  }

  /** Sends the first frame of an upload, of which the platform takes as many. Never rejects. */
  async beginUpload(body: unknown): Promise<Acknowledged> {
    if (!(await this.#pacer.turn('upload', this.#closing.signal))) return tooMuch;
    return await this.#insist('aibot_upload_media_init', body);
  }

  /** Tries again as long as it is certain that nothing was taken. */
  async #insist(cmd: Command, body: unknown): Promise<Acknowledged> {
    let last = await this.send(cmd, body);
    for (const ms of againAfterMs) {
      const isUntaken =
        last.kind === 'refused' && (last.code === 'unsent' || last.code === notSubscribed);
      if (!isUntaken || this.#closing.signal.aborted) break;
      await this.#pause(ms, this.#closing.signal);
      last = await this.send(cmd, body);
    }
    return last;
  }

  async #stayConnected(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    let failures = 0;
    while (!signal.aborted) {
      const since = clock.monotonic();
      const end = await this.#connectOnce(signal);
      if (end === 'replaced' || signal.aborted) return;
      // What lasted is tried again at once; what does not, ever more slowly.
      const hasLasted = end === 'lost' && clock.monotonic() - since >= lastingMs;
      await this.#pause(hasLasted ? 0 : pauseMs(failures, end), signal);
      failures = hasLasted ? 0 : failures + 1;
    }
  }

  async #connectOnce(signal: AbortSignal): Promise<End> {
    const { url, botId, secret, logger, name, onCallback, ackMs } = this.#options;
    let isReplaced = false;
    const hear: typeof onCallback = (command, reqId, body) => {
      isReplaced ||= isDisconnect(body);
      if (!isReplaced) onCallback(command, reqId, body);
    };
    const socket = new BotSocket(url, hear, ackMs);
    const ended = new AbortController();
    // Whatever it waits for, a connection that is not wanted any more is not waited for.
    signal.addEventListener('abort', () => socket.close(), { once: true, signal: ended.signal });
    void socket.closed.then(() => ended.abort());
    const isOpen = await socket.opened();
    const subscribed = isOpen && (await socket.send('aibot_subscribe', { bot_id: botId, secret }));
    if (!subscribed || subscribed.kind === 'refused') {
      socket.close();
      const code = subscribed ? subscribed.code : 'unreachable';
      this.#tellRefused(code);
      // An errcode is a number; all else is the network.
      return /^\d+$/u.test(code) ? 'refused' : 'unreachable';
    }
    this.#socket = socket;
    logger.info({ en: `${name} is connected.`, zh: `${name} 已连接。` });
    void this.#beat(socket, ended.signal);
    await socket.closed;
    this.#socket = undefined;
    if (isReplaced) this.#tellReplaced();
    return isReplaced ? 'replaced' : 'lost';
  }

  async #beat(socket: BotSocket, signal: AbortSignal): Promise<void> {
    for (let missed = 0; missed < maxMissed && !signal.aborted; ) {
      await this.#pause(heartbeatMs, signal);
      if (signal.aborted) return;
      const { kind } = await socket.send('ping');
      missed = kind === 'taken' ? 0 : missed + 1;
    }
    socket.close();
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    await this.#options.clock.sleep(ms, signal, { ref: false }).catch(() => {});
  }

  #tellRefused(code: string): void {
    const { logger, name } = this.#options;
    logger.warn(
      {
        en: `${name} could not connect; it is tried again. If it goes on, compare botId and secret with the admin console.`,
        zh: `${name} 连接失败，将重试。若持续失败，请与管理后台核对 botId 与 secret。`,
      },
      { code },
    );
  }

  #tellReplaced(): void {
    const { logger, name } = this.#options;
    logger.error({
      en: `${name} is disconnected: another program has connected as the same bot. It stays away until it is started again.`,
      zh: `${name} 已断开：另一个程序以同一机器人身份连接。重新启动之前不再连接。`,
    });
  }
}

/** How a connection ended. */
type End = 'lost' | 'unreachable' | 'refused' | 'replaced';

const tooMuch: Acknowledged = { kind: 'refused', code: 'too-much' };

/** How long to wait after so many failures in a row, in ms. */
function pauseMs(failures: number, end: End): number {
  // The first break is mostly a restart over there.
  if (end === 'lost' && failures === 0) return 100;
  const longest = end === 'refused' ? maxRefusedPauseMs : maxPauseMs;
  return Math.min(firstPauseMs * 2 ** failures, longest);
}

function isDisconnect(body: unknown): boolean {
  const { event } = (body ?? {}) as { event?: { eventtype?: unknown } };
  return event?.eventtype === 'disconnected_event';
}
