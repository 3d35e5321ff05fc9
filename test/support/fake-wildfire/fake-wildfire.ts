import { ApiServer } from './api-server.js';
import { type JavaValue, toGson } from './gson.js';
import { OkHttp, type OkHttpOptions, type PushOutcome } from './okhttp.js';
import { payloadOf, type SeenMessage, World, wirePayload } from './world.js';

/** A message that somebody sends. */
export interface Sending {
  readonly sender: string;
  readonly conv: { readonly type: number; readonly target: string; readonly line?: number };
  readonly payload: Readonly<Record<string, unknown>>;
  readonly toUsers?: readonly string[];
}

/**
 * A WildfireChat server as its protocol is described: the API over real HTTP, and pushes with the
 * habits of its HTTP client. There are the robot `robot`, the channel `channel`, the users `alice`
 * and `bob` and the group `g1` with all of them.
 */
export class FakeWildfire {
  readonly world = new World();
  readonly api = new ApiServer(this.world);
  readonly client: OkHttp;

  constructor(options: OkHttpOptions = {}) {
    this.client = new OkHttp(options);
    const { world } = this;
    world.robots.set('robot', { secret: 'robot-secret' });
    world.channels.set('channel', { secret: 'channel-secret' });
    world.users.set('alice', { displayName: 'Alice' }).set('bob', { displayName: 'Bob' });
    world.groups.set('g1', { name: '产品群', owner: 'alice', members: ['alice', 'bob', 'robot'] });
  }

  /** Starts one; `close` it. */
  static async start(options: OkHttpOptions = {}): Promise<FakeWildfire> {
    const fake = new FakeWildfire(options);
    await fake.api.start();
    return fake;
  }

  /** Somebody sends a message: it is stored, and its body is what a callback would carry. */
  say({ sender, conv, payload, toUsers = [] }: Sending): { uid: bigint; body: string } {
    const uid = this.world.nextUid();
    const message: SeenMessage = {
      uid,
      sender,
      conv: { line: 0, ...conv },
      payload: payloadOf({ persistFlag: 3, ...payload }),
      toUsers,
    };
    this.world.messages.set(uid, message);
    const body = toGson({
      messageId: uid,
      sender,
      conv: message.conv,
      payload: wirePayload(message.payload),
      toUsers,
      timestamp: Date.now(),
    });
    return { uid, body };
  }

  /** Pushes a body to a URL. Order is not kept. */
  push(url: string, body: string | JavaValue): Promise<PushOutcome> {
    return this.client.post(url, typeof body === 'string' ? body : toGson(body));
  }

  /**
   * Asks the censor hook about a message, and does with the answer what the server does.
   *
   * @returns the payload as delivered; `refused`, or `lost` for an answer that destroys it
   */
  async censor(
    url: string,
    sending: Sending,
  ): Promise<'refused' | 'lost' | SeenMessage['payload']> {
    const { uid, body } = this.say(sending);
    const outcome = await this.push(url, body);
    return delivered(this.world.messages.get(uid)?.payload ?? payloadOf({}), outcome);
  }

  async close(): Promise<void> {
    this.client.close();
    await this.api.close();
  }
}

function delivered(original: SeenMessage['payload'], { status, body }: PushOutcome) {
  if (status === 403) return 'refused';
  if (status !== 200 || body.trim() === '') return original;
  let replacement: unknown;
  try {
    replacement = JSON.parse(body);
  } catch {
    return 'lost';
  }
  if (typeof replacement !== 'object' || Array.isArray(replacement)) return 'lost';
  const given: Readonly<Record<string, unknown>> = { ...replacement };
  return Number(given['type'] ?? 0) > 0 ? payloadOf(given) : original;
}
