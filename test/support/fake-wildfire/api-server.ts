import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JavaValue, longIn, toGson } from './gson.js';
import { type FakeGroup, payloadOf, type SeenMessage, type World, wirePayload } from './world.js';

/** One call that was answered. */
export interface SeenCall {
  readonly path: string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly raw: string;
}

/** A file that was uploaded. */
export interface SeenUpload {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
}

interface Refusal {
  readonly code: number;
}

type Result = JavaValue | Refusal;

/** The API of a fake server, on both of its ports. */
export class ApiServer {
  readonly calls: SeenCall[] = [];
  /** The paths of all requests, also of those that are held. */
  readonly received: string[] = [];
  readonly uploads: SeenUpload[] = [];
  /** Codes that the next calls are answered with. */
  readonly failures: number[] = [];
  /** What becomes of the answers to the next messages, although they were taken: a code, or nothing. */
  readonly afterwards: (number | 'cut' | 'silence')[] = [];
  /** Until when the calls of a path are not looked at. */
  readonly holds = new Map<string, Promise<void>>();
  /** How uploads go: Qiniu's form (1) or a PUT (0). */
  uploadType = 0;
  connections = 0;
  readonly #world: World;
  readonly #public: Server;
  readonly #internal: Server;
  #ports: readonly number[] = [];

  constructor(world: World) {
    this.#world = world;
    this.#public = this.#listenTo(/^\/(?:robot|channel)\//u);
    this.#internal = this.#listenTo(/^\/admin\//u);
  }

  async start(): Promise<void> {
    for (const server of [this.#public, this.#internal]) {
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
    }
  }

  /** Of the robot and channel API. */
  get url(): string {
    return urlOf(this.#public);
  }

  get adminUrl(): string {
    return urlOf(this.#internal);
  }

  /** Closes all connections that wait for another request. */
  dropIdle(): void {
    this.#public.closeIdleConnections();
    this.#internal.closeIdleConnections();
  }

  /** Ends, as a server does that is restarted. */
  async goAway(): Promise<void> {
    this.#ports = [this.#public, this.#internal].map(portOf);
    await this.close();
  }

  /** Listens again where it did. */
  async comeBack(): Promise<void> {
    for (const [index, server] of [this.#public, this.#internal].entries()) {
      await new Promise<void>((resolve) => {
        server.listen(this.#ports[index], '127.0.0.1', resolve);
      });
    }
  }

  async close(): Promise<void> {
    for (const server of [this.#public, this.#internal]) {
      if (!server.listening) continue;
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    }
  }

  #listenTo(paths: RegExp): Server {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => this.#answer(request, Buffer.concat(chunks), response, paths));
    });
    server.on('connection', () => {
      this.connections += 1;
    });
    return server;
  }

  #answer(request: IncomingMessage, body: Buffer, response: ServerResponse, paths: RegExp): void {
    const path = request.url ?? '';
    if (path.startsWith('/upload')) {
      this.uploads.push({ method: request.method ?? '', path, body });
      response.end();
      return;
    }
    // An unknown route, a wrong method and a broken body are all the same to this server.
    if (request.method !== 'POST' || !paths.test(path)) return void response.writeHead(500).end();
    this.received.push(path);
    const held = this.holds.get(path);
    if (held === undefined) this.#reply(request, body, response);
    else void held.then(() => this.#reply(request, body, response));
  }

  #reply(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const path = request.url ?? '';
    try {
      const answer = toGson(this.#envelope(request, path, body.toString('utf8')));
      if (this.#isSpoilt(path, response)) return;
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(answer);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  }

  /** True when what came of a message is not told as it should be. */
  #isSpoilt(path: string, response: ServerResponse): boolean {
    const isMessage = /\/message\/(?:send|reply)$/u.test(path);
    const after = isMessage ? this.afterwards.shift() : undefined;
    if (after === undefined) return false;
    if (after === 'cut') response.socket?.resetAndDestroy();
    else if (after !== 'silence') response.end(toGson({ code: after, msg: 'late' }));
    return true;
  }

  #envelope(request: IncomingMessage, path: string, raw: string): JavaValue {
    const json = JSON.parse(raw) as Readonly<Record<string, unknown>>;
    const failed = this.#signatureFault(request, path) ?? this.failures.shift();
    const result = failed === undefined ? this.#do({ path, json, raw }) : { code: failed };
    return isRefusal(result)
      ? { code: result.code, msg: 'some text of the server' }
      : { code: 0, msg: 'success', result };
  }

  /** Looks headers up as the server does: in lower case or capitalised, and in no other way. */
  #signatureFault(request: IncomingMessage, path: string): number | undefined {
    const headers = new Map<string, string>();
    for (let at = 0; at < request.rawHeaders.length; at += 2) {
      headers.set(request.rawHeaders[at] ?? '', request.rawHeaders[at + 1] ?? '');
    }
    const header = (name: string) =>
      headers.get(name) ?? headers.get(name.charAt(0).toUpperCase() + name.slice(1)) ?? '';
    const [nonce, timestamp, sign] = [header('nonce'), header('timestamp'), header('sign')];
    const secret = this.#secretFor(path, header('rid'), header('cid'));
    if (secret === undefined || nonce === '' || sign === '' || !/^\d+$/u.test(timestamp)) {
      return 239;
    }
    if (Date.now() - Number(timestamp) > 2 * 3600 * 1000) return 243;
    const right = createHash('sha1').update(`${nonce}|${secret}|${timestamp}`).digest('hex');
    return sign === right ? undefined : 244;
  }

  #secretFor(path: string, rid: string, cid: string): string | undefined {
    if (path.startsWith('/admin/')) return this.#world.adminSecret;
    if (path.startsWith('/robot/')) return this.#world.robots.get(rid)?.secret;
    return this.#world.channels.get(cid)?.secret;
  }

  #do(call: SeenCall): Result {
    this.calls.push(call);
    const { path } = call;
    const world = this.#world;
    const actions: Readonly<Record<string, (call: SeenCall) => Result>> = {
      '/robot/message/send': ({ json }) => this.#send('robot', json, convOf(json['conv'])),
      '/robot/message/reply': (one) => this.#replyTo(one),
      '/admin/message/send': ({ json }) =>
        this.#send(String(json['sender']), json, convOf(json['conv'])),
      '/admin/message/recall': ({ raw }) => this.#recall(raw),
      '/admin/message/get_one': ({ raw }) => this.#message(raw),
      '/channel/message/send': ({ json }) =>
        this.#send('channel', json, {
          type: 3,
          target: 'channel',
          line: Number(json['line'] ?? 0),
        }),
      '/robot/profile': () => ({ userId: 'robot', name: 'robot', displayName: 'Robot' }),
      '/robot/get_callback': () => ({ url: this.#robot().callback }),
      '/robot/delete_callback': () => {
        delete this.#robot().callback;
        return undefined;
      },
      // A callback that was set stays, and all is said to be well.
      '/robot/set_callback': ({ json }) => {
        this.#robot().callback ??= String(json['url']);
        return undefined;
      },
      '/robot/user_info': ({ json }) => this.#user(json['userId']),
      '/channel/user_info': ({ json }) => this.#user(json['userId']),
      '/admin/user/get_info': ({ json }) => this.#user(json['userId']),
      '/admin/relation/get': ({ json }) => this.#relation(json['first'], json['second']),
      '/robot/group/get_info': ({ json }) => this.#group(json['groupId']),
      '/admin/group/get_info': ({ json }) => this.#group(json['groupId']),
      '/robot/group/member/list': ({ json }) => this.#members(json['groupId'], 'robot'),
      '/admin/group/member/list': ({ json }) => this.#members(json['groupId']),
      '/channel/subscriber_list': () => ({ list: [...world.users.keys()] }),
      '/channel/is_subscriber': ({ json }) => world.users.has(String(json['userId'])),
      '/robot/oss/get_upload_url': ({ json }) => this.#uploadUrl(String(json['fileName'])),
    };
    const action = actions[path];
    if (!action) throw new Error('no such route');
    return action(call);
  }

  #send(
    sender: string,
    json: Readonly<Record<string, unknown>>,
    conv: SeenMessage['conv'],
  ): Result {
    const payload = payloadOf(json['payload'] as Readonly<Record<string, unknown>>);
    if (!isConversation(conv) || isForbidden(Number(payload.type))) return { code: 251 };
    if (sizeOf(payload) > 65_536) return { code: 35 };
    this.#world.checkStream(payload);
    if (conv.type === 1 && !this.#isMember(conv.target, sender)) return { code: 9 };
    const toUsers = (json['toUsers'] ?? json['targets'] ?? []) as readonly string[];
    const uid = this.#world.nextUid();
    this.#world.messages.set(uid, { uid, sender, conv, payload, toUsers });
    return { messageUid: uid, timestamp: Date.now() };
  }

  #isMember(groupId: string, userId: string): boolean {
    return this.#world.groups.get(groupId)?.members.includes(userId) ?? false;
  }

  #replyTo({ json, raw }: SeenCall): Result {
    const answered = this.#world.messages.get(longIn(raw, 'messageUid') ?? 0n);
    if (!answered) return { code: 253 };
    const mentioned = answered.payload.mentionedTarget;
    if (!Array.isArray(mentioned) || !mentioned.includes('robot')) return { code: 10 };
    const payload = payloadOf(json['payload'] as Readonly<Record<string, unknown>>);
    const uid = this.#world.nextUid();
    const { conv } = answered;
    const toUsers = json['only2Sender'] === true ? [answered.sender] : [];
    this.#world.messages.set(uid, { uid, sender: 'robot', conv, payload, toUsers });
    return { messageUid: uid, timestamp: Date.now() };
  }

  #recall(raw: string): Result {
    const uid = longIn(raw, 'messageUid') ?? 0n;
    if (!this.#world.messages.has(uid)) return { code: 253 };
    this.#world.recalled.push(uid);
    return '{}';
  }

  #message(raw: string): Result {
    const message = this.#world.messages.get(longIn(raw, 'messageUid') ?? 0n);
    if (!message) return { code: 253 };
    const { uid: messageId, sender, conv, payload, toUsers } = message;
    return {
      messageId,
      sender,
      conv,
      payload: wirePayload(payload),
      toUsers,
      timestamp: Date.now(),
    };
  }

  #robot(): { callback?: string } {
    return this.#world.robots.get('robot') ?? {};
  }

  #user(userId: unknown): Result {
    const user = this.#world.users.get(String(userId));
    if (!user) return { code: 253 };
    return { userId: String(userId), displayName: user.displayName, type: 0, gender: 0 };
  }

  /** One direction: what the second is to the first. */
  #relation(first: unknown, second: unknown): Result {
    const isFriend = this.#world.friends.has(`${String(first)}/${String(second)}`);
    return { userId: String(first), targetId: String(second), isFriend, isBlacked: false };
  }

  #group(groupId: unknown): Result {
    const group = this.#world.groups.get(String(groupId));
    if (!group) return { code: 253 };
    const { name, owner, members } = group;
    return { target_id: String(groupId), name, owner, type: 2, member_count: members.length };
  }

  #members(groupId: unknown, asker?: string): Result {
    const group = this.#world.groups.get(String(groupId));
    if (!group) return { code: 253 };
    if (asker !== undefined && !group.members.includes(asker)) return { members: [] };
    return {
      members: group.members.map((member_id) => ({
        member_id,
        type: memberType(group, member_id),
        updateDt: Date.now(),
      })),
    };
  }

  #uploadUrl(fileName: string): Result {
    const base = `${this.url}/upload`;
    const isForm = this.uploadType === 1;
    return {
      uploadUrl: isForm ? `${base}?the-token?the/key` : `${base}/${fileName}?signature=hidden`,
      downloadUrl: `http://files.example/${fileName}`,
      type: this.uploadType,
    };
  }
}

function memberType({ owner, managers = [] }: FakeGroup, id: string): number {
  if (id === owner) return 2;
  return managers.includes(id) ? 1 : 0;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${portOf(server)}`;
}

function convOf(value: unknown): SeenMessage['conv'] {
  const conv = value as Partial<SeenMessage['conv']>;
  return { type: conv.type ?? 0, target: conv.target ?? '', line: conv.line ?? 0 };
}

function sizeOf(payload: Readonly<Record<string, unknown>>): number {
  const texts = ['content', 'searchableContent', 'extra', 'pushContent', 'pushData'];
  const length = texts.reduce((sum, key) => sum + String(payload[key]).length, 0);
  return length + Buffer.byteLength(String(payload['base64edData']), 'base64');
}

function isRefusal(result: Result): result is Refusal {
  return typeof result === 'object' && 'code' in result;
}

function isConversation({ type, target }: SeenMessage['conv']): boolean {
  return type >= 0 && type <= 6 && target !== '';
}

/** What robots may not send: recalls, deletions, notices. */
function isForbidden(type: number): boolean {
  return type === 80 || type === 81 || (type >= 100 && type < 200);
}
