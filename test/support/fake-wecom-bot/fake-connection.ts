import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Clock, systemClock } from '../../../src/core/clock.js';
import { cardFault } from './card-rules.js';
import { type Bubble, checkStream, contentOf, type StreamReply } from './screen.js';

type Json = Readonly<Record<string, unknown>>;

interface Frame {
  readonly cmd: string;
  readonly headers: { readonly req_id: string };
  readonly body?: Json;
}

/** The bot that may connect. */
export const connectionKeys = { botId: 'aibTEST', secret: 'connection-secret' };

/** The platform's end of the long connection: takes one bot, shows what it says. */
export class FakeConnection {
  readonly bubbles: Bubble[] = [];
  readonly faults: string[] = [];
  /** The commands that came, in order. */
  readonly commands: string[] = [];
  /** Welcomes, updates and files as they came. */
  readonly bodies: Json[] = [];
  /** How long an answer takes, in ms; a frame of the same request meanwhile is a fault. */
  ackMs = 5;
  /** Answers signs of life. */
  pongs = true;
  /** Errcodes for the next frames that say something; each is used once. */
  readonly refusals: number[] = [];
  /** Acts on a frame that this is true of, and breaks the connection before it answers; once. */
  cutsAfter: (cmd: string, body: Json) => boolean = () => false;
  /** What becomes of the text of a callback on its way. */
  raw: (text: string) => string = (text) => text;
  /** Closes each connection as soon as it has subscribed. */
  isFlapping = false;
  url = '';
  readonly #server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  readonly #asked = new Map<string, { socket: WebSocket; conversation: string; at: number }>();
  readonly #streams = new Map<string, Bubble>();
  /** When each stream began, in ms. */
  readonly #begun = new Map<string, number>();
  readonly #busy = new Set<string>();
  readonly #uploads: Buffer[] = [];
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** When something was said, by conversation, in ms. */
  readonly #said = new Map<string, number[]>();
  #bot: WebSocket | undefined;
  #count = 0;

  constructor(clock: Pick<Clock, 'monotonic'> = systemClock) {
    this.#clock = clock;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => {
      this.#server.once('listening', resolve);
    });
    this.url = `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.#server.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => {
        this.#take(socket, JSON.parse(data.toString('utf8')) as Frame);
      });
      socket.on('close', () => {
        if (this.#bot === socket) this.#bot = undefined;
      });
    });
    return this;
  }

  async close(): Promise<void> {
    for (const client of this.#server.clients) client.terminate();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  get isConnected(): boolean {
    return this.#bot !== undefined;
  }

  /** What was uploaded, as one file. */
  get uploaded(): Buffer {
    return Buffer.concat(this.#uploads);
  }

  /** Forgets that the bot has subscribed; its socket stays open. */
  forget(): void {
    this.#bot = undefined;
  }

  /** Breaks the connection. */
  break(): void {
    this.#bot?.terminate();
  }

  /** Another program connects as the same bot. */
  replace(): void {
    const event = { eventtype: 'disconnected_event' };
    this.#send('aibot_event_callback', { msgtype: 'event', event });
    this.#bot?.close();
  }

  /** A text that somebody says. */
  say(content: string, from = 'alice'): void {
    const msgid = `msg-${this.#count}`;
    const base = {
      msgid,
      aibotid: connectionKeys.botId,
      chattype: 'single',
      from: { userid: from },
    };
    this.#send('aibot_msg_callback', { ...base, msgtype: 'text', text: { content } }, from);
  }

  /** An event. */
  tell(event: Json, from = 'alice'): void {
    const base = { msgid: `event-${this.#count}`, from: { userid: from }, msgtype: 'event' };
    this.#send('aibot_event_callback', { ...base, event }, from);
  }

  shown(): readonly string[] {
    return this.bubbles.map(contentOf);
  }

  #send(cmd: string, body: Json, conversation = ''): void {
    const socket = this.#bot;
    if (socket === undefined) throw new Error('No bot is connected.');
    const reqId = `req-${(this.#count += 1)}`;
    this.#asked.set(reqId, { socket, conversation, at: this.#clock.monotonic() });
    socket.send(this.raw(JSON.stringify({ cmd, headers: { req_id: reqId }, body })));
  }

  #take(socket: WebSocket, { cmd, headers, body = {} }: Frame): void {
    const { req_id: reqId } = headers;
    this.commands.push(cmd);
    if (cmd === 'ping' && !this.pongs) return;
    if (this.#busy.has(reqId)) this.faults.push(`two frames of ${reqId} at once`);
    this.#busy.add(reqId);
    setTimeout(() => {
      this.#busy.delete(reqId);
      const { errcode, answer } = this.#do(socket, cmd, reqId, body);
      if (this.cutsAfter(cmd, body)) {
        this.cutsAfter = () => false;
        socket.terminate();
        return;
      }
      const frame = { headers, errcode, errmsg: errcode === 0 ? 'ok' : 'refused', body: answer };
      socket.send(JSON.stringify(frame));
    }, this.ackMs);
  }

  #do(
    socket: WebSocket,
    cmd: string,
    reqId: string,
    body: Json,
  ): { readonly errcode: number; readonly answer?: Json } {
    if (cmd === 'aibot_subscribe') return { errcode: this.#subscribe(socket, body) };
    if (this.#bot !== socket) return { errcode: 846_609 };
    if (cmd.startsWith('aibot_upload')) return { errcode: 0, answer: this.#upload(cmd, body) };
    return cmd === 'ping' ? { errcode: 0 } : this.#obey(socket, cmd, reqId, body);
  }

  #obey(
    socket: WebSocket,
    cmd: string,
    reqId: string,
    body: Json,
  ): { readonly errcode: number; readonly answer?: Json } {
    const asked = this.#asked.get(reqId);
    if (cmd !== 'aibot_send_msg' && asked?.socket !== socket) return { errcode: 846_605 };
    const refusal = this.refusals.shift() ?? this.#lateness(cmd, body, asked?.at);
    if (refusal !== undefined) return { errcode: refusal };
    try {
      const conversation = asked?.conversation ?? (body['chatid'] as string);
      this.#show(cmd, body, conversation);
      return { errcode: 0 };
    } catch (error) {
      this.faults.push(`${cmd}: ${(error as Error).message}`);
      return { errcode: 40_008 };
    }
  }

  #subscribe(socket: WebSocket, body: Json): number {
    const { botId, secret } = connectionKeys;
    if (body['bot_id'] !== botId || body['secret'] !== secret) return 40_001;
    this.#bot = socket;
    if (this.isFlapping) setTimeout(() => socket.terminate(), 20);
    return 0;
  }

  #upload(cmd: string, body: Json): Json {
    if (cmd.endsWith('init')) return { upload_id: 'UPLOAD' };
    if (cmd.endsWith('finish')) return { media_id: 'MEDIA' };
    this.#uploads[Number(body['chunk_index'])] = Buffer.from(String(body['base64_data']), 'base64');
    return {};
  }

  #show(cmd: string, body: Json, conversation: string): void {
    checkCard(cmd, body, conversation);
    const { msgtype } = body;
    // A bubble counts once, however often it changes.
    const isUpdate = msgtype === undefined || this.#streams.has(idOf(body));
    if (!isUpdate) this.#count30(conversation);
    if (msgtype === 'stream') return this.#stream(body['stream'] as StreamReply, conversation);
    if (msgtype === 'stream_with_template_card') throw new Error('a stream with a card');
    if (cmd !== 'aibot_send_msg' || msgtype !== 'markdown') {
      this.bodies.push({ cmd, ...body });
      return;
    }
    const { content } = body['markdown'] as { content: string };
    const seen = [{ at: Date.now(), content }];
    this.bubbles.push({ via: 'text', conversation, seen, isFinished: true, images: 0 });
  }

  /** Events are answered within five seconds, a stream lives for six minutes (D101463). */
  #lateness(cmd: string, body: Json, askedAt = 0): number | undefined {
    const now = this.#clock.monotonic();
    const isLateReply = /welcome|update/u.test(cmd) && now > askedAt + 5000;
    const id = idOf(body);
    const begun = this.#begun.get(id) ?? now;
    this.#begun.set(id, begun);
    const isLateFrame = id !== '' && now >= begun + 360_000;
    if (!isLateReply && !isLateFrame) return undefined;
    this.faults.push(`${cmd}: too late`);
    return isLateFrame ? 846_608 : 846_605;
  }

  /** Replies and pushes of one conversation: 30 a minute, 1,000 an hour (D101463). */
  #count30(conversation: string): void {
    const now = this.#clock.monotonic();
    const said = this.#said.get(conversation) ?? [];
    this.#said.set(conversation, said);
    said.push(now);
    const since = (ms: number) => said.filter((at) => at > now - ms).length;
    if (since(60_000) > 30 || since(3_600_000) > 1000) throw new Error('too many messages');
  }

  #stream(stream: StreamReply, conversation: string): void {
    const { id = '', content = '', finish = false } = stream;
    checkStream(stream, content.length);
    if (stream.msg_item !== undefined) throw new Error('images in a stream');
    const known = this.#streams.get(id);
    if (known?.isFinished) throw new Error('a frame behind the last');
    const bubble: Bubble = known ?? {
      via: 'stream',
      conversation,
      seen: [],
      isFinished: false,
      images: 0,
    };
    if (known === undefined) this.bubbles.push(bubble);
    this.#streams.set(id, bubble);
    if (contentOf(bubble) !== content) bubble.seen.push({ at: Date.now(), content });
    bubble.isFinished = finish;
  }
}

function checkCard(cmd: string, body: Json, conversation: string): void {
  const card = body['template_card'] as Json | undefined;
  if (card === undefined) return;
  const fault = cardFault(card);
  if (fault !== undefined) throw new Error(`a card: ${fault}`);
  // Ids of groups begin so; a push of a card is for single chats (D101463).
  const isGroup = conversation.startsWith('wr');
  if (cmd === 'aibot_send_msg' && isGroup) throw new Error('a card for a group');
}

function idOf(body: Json): string {
  return (body['stream'] as StreamReply | undefined)?.id ?? '';
}
