import { createCipheriv, randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../../../src/core/clock.js';
import { type CallbackKeys, open, seal } from '../fake-wecom/webhook/envelope.js';
import { cardFault } from './card-rules.js';
import { type Bubble, checkStream, contentOf, type StreamReply } from './screen.js';

type Json = Readonly<Record<string, unknown>>;

/** What a callback is about: it decides what may answer it (D101031). */
type Asked = 'enter_chat' | 'message' | 'stream' | 'template_card_event' | 'feedback_event';

/** How the platform is set up. */
export interface FakeWeComBotOptions {
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Between two polls of a stream, in ms. Default: 1,000. */
  readonly pollMs?: number;
}

/** What came of one callback. */
export interface Delivered {
  /** Absent: no connection, or cut after five seconds. */
  readonly status?: number;
  readonly ms: number;
  /** The decrypted reply; absent: empty. */
  readonly reply?: Json;
}

/** Who says something, and where. */
export interface Saying {
  readonly from?: string;
  /** Absent: in the single chat. */
  readonly chatid?: string;
  readonly msgid?: string;
  readonly quote?: Json;
}

export const botKeys: CallbackKeys = {
  token: 'testtoken123',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ',
  receiveId: '',
};

const lifeMs = 6 * 60_000;

/** The platform of WeCom's AI bots: calls back, polls streams, and shows what it is answered. */
export class FakeWeComBot {
  readonly bubbles: Bubble[] = [];
  /** What the bot did wrong, in words. Empty at the end of every test. */
  readonly faults: string[] = [];
  /** How long each poll took, in ms. */
  readonly pollTimes: number[] = [];
  url = '';
  readonly #clock: Clock;
  readonly #pollMs: number;
  readonly #urls = new Map<
    string,
    { conversation: string; isGroup: boolean; at: number; isUsed: boolean }
  >();
  readonly #media = new Map<string, Buffer>();
  readonly #closing = new AbortController();
  readonly #streams = new Map<string, Bubble>();
  readonly #taskIds = new Set<string>();
  #polls = new Set<Promise<void>>();
  #count = 0;
  #origin = '';
  #close: () => Promise<void> = () => Promise.resolve();

  constructor(options: FakeWeComBotOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#pollMs = options.pollMs ?? 1000;
    // As many as there are open bubbles.
    setMaxListeners(0, this.#closing.signal);
  }

  /** Opens the port for `response_url` and files. */
  async start(): Promise<this> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const path = request.url ?? '';
        const file = this.#media.get(path);
        if (file !== undefined) {
          const name = "attachment; filename*=UTF-8''%E5%91%A8%E6%8A%A5.docx";
          response.writeHead(200, { 'content-disposition': name }).end(file);
          return;
        }
        const errcode = this.#takeResponse(path, Buffer.concat(chunks).toString('utf8'));
        response.end(JSON.stringify({ errcode, errmsg: errcode === 0 ? 'ok' : 'refused' }));
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    this.#origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#close = () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    return this;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#polls);
    await this.#close();
  }

  /** The contents of all bubbles of a conversation, as they are now. */
  shown(conversation: string): readonly string[] {
    return this.bubbles.filter((each) => each.conversation === conversation).map(contentOf);
  }

  /** Where a file can be fetched, encrypted as files are. */
  upload(bytes: Buffer): string {
    const key = Buffer.from(`${botKeys.encodingAesKey}=`, 'base64');
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const pad = 32 - (bytes.length % 32);
    const path = `/media/${this.#media.size}?sign=a%2Bb`;
    const padded = Buffer.concat([bytes, Buffer.alloc(pad, pad)]);
    this.#media.set(path, Buffer.concat([cipher.update(padded), cipher.final()]));
    return `${this.#origin}${path}`;
  }

  /** An admin saves the URL: whether the bare text came back within a second. */
  async verifyUrl(): Promise<boolean> {
    const echo = '1616140317555161061';
    const { signature, timestamp, nonce, encrypt } = seal(botKeys, echo, this.#clock.now());
    const signed = { msg_signature: signature, timestamp, nonce };
    const query = new URLSearchParams({ ...signed, echostr: encrypt });
    const signal = AbortSignal.timeout(1000);
    const response = await fetch(`${this.url}?${query.toString()}`, { signal });
    return response.status === 200 && (await response.text()) === echo;
  }

  /** A text that somebody says. */
  async say(content: string, saying: Saying = {}): Promise<Delivered> {
    return await this.message({ msgtype: 'text', text: { content } }, saying);
  }

  /** Any message. */
  async message(body: Json, saying: Saying = {}): Promise<Delivered> {
    return await this.deliver(this.messageOf(body, saying), 'message');
  }

  /** The document of a message. */
  messageOf(body: Json, { from = 'alice', chatid, msgid, quote }: Saying = {}): Json {
    return {
      msgid: msgid ?? `msg-${(this.#count += 1)}`,
      aibotid: 'aibTEST',
      ...(chatid !== undefined && { chatid }),
      chattype: chatid === undefined ? 'single' : 'group',
      from: { userid: from },
      response_url: this.#newUrl(chatid ?? from, chatid !== undefined),
      ...body,
      ...(quote !== undefined && { quote }),
    };
  }

  /** Somebody comes into the chat. */
  async enter(from = 'alice'): Promise<Delivered> {
    const event = { eventtype: 'enter_chat' };
    return await this.deliver(this.#eventOf({ event }, from), 'enter_chat');
  }

  /** Somebody uses a card. */
  async click(fields: Json, { from = 'alice', chatid }: Saying = {}): Promise<Delivered> {
    const event = { eventtype: 'template_card_event', template_card_event: fields };
    const where = chatid === undefined ? { chattype: 'single' } : { chatid, chattype: 'group' };
    const url = this.#newUrl(chatid ?? from, chatid !== undefined);
    const document = this.#eventOf({ ...where, response_url: url, event }, from);
    return await this.deliver(document, 'template_card_event');
  }

  /** Thumbs up or down. */
  async judge(fields: Json, from = 'alice'): Promise<Delivered> {
    const event = { eventtype: 'feedback_event', feedback_event: fields };
    return await this.deliver(this.#eventOf({ chattype: 'single', event }, from), 'feedback_event');
  }

  #eventOf(more: Json, from: string): Json {
    const msgid = `event-${(this.#count += 1)}`;
    const create_time = Math.floor(this.#clock.now() / 1000);
    return {
      msgid,
      create_time,
      aibotid: 'aibTEST',
      from: { userid: from },
      msgtype: 'event',
      ...more,
    };
  }

  /** One request as it is sent; for tests that post by themselves. */
  requestOf(document: Json | string, keys: CallbackKeys = botKeys) {
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    const sealed = seal(keys, text, this.#clock.now());
    const query = `msg_signature=${sealed.signature}&timestamp=${sealed.timestamp}&nonce=${sealed.nonce}`;
    return { query, nonce: sealed.nonce, body: JSON.stringify({ encrypt: sealed.encrypt }) };
  }

  /** Posts a document and shows what it is answered. */
  async deliver(document: Json | string, asked: Asked): Promise<Delivered> {
    const { query, nonce, body } = this.requestOf(document);
    const start = performance.now();
    const answer = await this.#post(query, body);
    const ms = performance.now() - start;
    if (answer?.status !== 200 || answer.body === '') {
      return { ms, ...(answer && { status: answer.status }) };
    }
    const parsed = typeof document === 'string' ? {} : document;
    const reply = this.take(asked, parsed, nonce, answer.body);
    return { ms, status: 200, ...(reply && { reply }) };
  }

  /** Shows the reply in the body of an answer; `undefined` for one that the platform refuses. */
  take(asked: Asked, document: Json, nonce: string, body: string): Json | undefined {
    try {
      const reply = openReply(body, nonce);
      this.#show(asked, document, reply, body.length);
      return reply;
    } catch (error) {
      this.faults.push(`${asked}: ${(error as Error).message}`);
      return undefined;
    }
  }

  async #post(query: string, body: string) {
    try {
      const signal = AbortSignal.timeout(5000);
      const response = await fetch(`${this.url}?${query}`, { method: 'POST', body, signal });
      return { status: response.status, body: await response.text() };
    } catch {
      return undefined;
    }
  }

  #show(asked: Asked, document: Json, reply: Json, wireBytes: number): void {
    const { msgtype, response_type: type } = reply;
    const conversation = conversationOf(document);
    const allowed: Readonly<Record<Asked, readonly unknown[]>> = {
      enter_chat: ['text', 'template_card'],
      message: ['template_card', 'stream', 'stream_with_template_card'],
      stream: ['stream', 'stream_with_template_card'],
      template_card_event: ['update_template_card'],
      feedback_event: [],
    };
    const kind = msgtype ?? type;
    if (!allowed[asked].includes(kind)) throw new Error(`${String(kind)} is no answer to it`);
    const card = reply['template_card'] as Json | undefined;
    if (type !== undefined) return this.#update(document, reply, card);
    if (card !== undefined) this.#checkNewCard(card);
    if (kind === 'text') {
      const { content } = reply['text'] as { content: string };
      this.#add('text', conversation, content).isFinished = true;
    } else if (kind === 'template_card') {
      Object.assign(this.#add('card', conversation, ''), { card, isFinished: true });
    } else {
      const stream = reply['stream'] as StreamReply;
      checkStream(stream, wireBytes);
      this.#stream(asked, document, stream, card);
    }
  }

  #checkNewCard(card: Json): void {
    const fault = cardFault(card);
    if (fault !== undefined) throw new Error(`a card: ${fault}`);
    const id = card['task_id'];
    if (typeof id !== 'string') return;
    if (this.#taskIds.has(id)) throw new Error(`the task_id ${id} once more`);
    this.#taskIds.add(id);
  }

  #update(document: Json, reply: Json, card: Json | undefined): void {
    const { event } = document as { event: { template_card_event: { task_id: string } } };
    const { task_id: id } = event.template_card_event;
    if (card?.['task_id'] !== id) throw new Error('another task_id than that of the event');
    const fault = cardFault(card ?? {});
    if (fault !== undefined) throw new Error(`a card: ${fault}`);
    const bubble = this.bubbles.find((each) => each.card?.['task_id'] === id);
    if (bubble !== undefined && card !== undefined) bubble.card = card;
    const { userids } = reply as { userids?: readonly string[] };
    if (userids?.length === 0) throw new Error('empty userids');
  }

  #stream(asked: Asked, document: Json, stream: StreamReply, card: Json | undefined): void {
    const { id = '', content = '' } = stream;
    const isNew = !this.#streams.has(id);
    const bubble = this.#streams.get(id) ?? this.#add('stream', conversationOf(document), content);
    this.#streams.set(id, bubble);
    if (card !== undefined) putCard(bubble, card);
    if (asked === 'stream') checkLast(bubble, content);
    if (content !== contentOf(bubble)) bubble.seen.push({ at: this.#clock.now(), content });
    Object.assign(bubble, stateOf(stream, bubble));
    if (isNew && !bubble.isFinished) {
      const polling = this.#poll(id, document, this.#clock.now()).finally(() => {
        this.#polls.delete(polling);
      });
      this.#polls.add(polling);
    }
  }

  async #poll(id: string, message: Json, since: number): Promise<void> {
    const { signal } = this.#closing;
    const { aibotid, chatid, chattype, from } = message;
    while (!signal.aborted && this.#streams.get(id)?.isFinished === false) {
      await this.#clock.sleep(this.#pollMs, signal).catch(() => {});
      if (signal.aborted || this.#clock.now() >= since + lifeMs) return;
      const msgid = `poll-${(this.#count += 1)}`;
      const base = { msgid, aibotid, chatid, chattype, from };
      const { ms } = await this.deliver({ ...base, msgtype: 'stream', stream: { id } }, 'stream');
      this.pollTimes.push(ms);
    }
  }

  #add(via: Bubble['via'], conversation: string, content: string): Bubble {
    const seen = [{ at: this.#clock.now(), content }];
    const bubble: Bubble = { via, conversation, seen, isFinished: false, images: 0 };
    this.bubbles.push(bubble);
    return bubble;
  }

  #newUrl(conversation: string, isGroup: boolean): string {
    const code = randomBytes(8).toString('hex');
    const path = `/cgi-bin/aibot/response?response_code=${code}`;
    this.#urls.set(path, { conversation, isGroup, at: this.#clock.now(), isUsed: false });
    return `${this.#origin}${path}`;
  }

  /** The errcode that a post to a `response_url` is answered with. */
  #takeResponse(path: string, body: string): number {
    const known = this.#urls.get(path);
    if (known === undefined || this.#clock.now() > known.at + 3_600_000) return 40_014;
    if (known.isUsed) {
      this.faults.push('a response_url used twice');
      return 40_014;
    }
    const {
      msgtype,
      markdown = { content: '' },
      template_card: card,
    } = JSON.parse(body) as {
      msgtype?: string;
      markdown?: { content: string };
      template_card?: Json;
    };
    const { content } = markdown;
    const isMessage =
      msgtype === 'markdown'
        ? content.trim() !== ''
        : msgtype === 'template_card' && !known.isGroup;
    if (!isMessage) return 40_008;
    if (Buffer.byteLength(content) > 20_480) this.faults.push('a markdown that is too long');
    known.isUsed = true;
    const bubble = this.#add('response_url', known.conversation, content);
    Object.assign(bubble, { isFinished: true, ...(card && { card }) });
    return 0;
  }
}

function stateOf({ msg_item: items, finish = false }: StreamReply, before: Bubble) {
  return { images: items?.length ?? before.images, isFinished: before.isFinished || finish };
}

function putCard(bubble: Bubble, card: Json): void {
  if (bubble.card !== undefined) throw new Error('a second card for one message');
  bubble.card = card;
}

function checkLast(bubble: Bubble, content: string): void {
  if (bubble.isFinished && contentOf(bubble) !== content) throw new Error('another last frame');
}

function conversationOf(document: Json): string {
  const { chatid, from } = document as { chatid?: string; from?: { userid: string } };
  return chatid ?? from?.userid ?? '';
}

/** Opens the envelope of a reply: its names, their types, the nonce, the signature. */
function openReply(body: string, nonce: string): Json {
  const envelope = JSON.parse(body) as Json;
  const { encrypt, msgsignature, timestamp, nonce: echoed, ...more } = envelope;
  if (Object.keys(more).length > 0) throw new Error('an envelope with more in it');
  if (typeof timestamp !== 'number') throw new Error('a timestamp that is no number');
  if (echoed !== nonce) throw new Error('another nonce');
  const sealed = { encrypt: String(encrypt), signature: String(msgsignature), nonce };
  return JSON.parse(open(botKeys, { ...sealed, timestamp: String(timestamp) })) as Json;
}
