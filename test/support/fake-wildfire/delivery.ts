import type { FakeWildfire, Sending } from './fake-wildfire.js';
import type { PushOutcome } from './okhttp.js';

/** What `wildfirechat.conf` says about the forwarding of messages. */
export interface ForwardUrls {
  /** `message.forward.url` */
  readonly message?: string;
  /** `message.mentionmsg.forward.url` */
  readonly mention?: string;
}

/** A message on its way through the server. */
export interface Delivery {
  /** The server's own id. */
  readonly uid: bigint;
  /** What came of every push, in the order in which they were begun. */
  readonly outcomes: Promise<readonly PushOutcome[]>;
}

/**
 * Somebody sends a message, and the server does what WildfireChat 1.4.8 was seen to do: it forwards
 * the message first, and then gives the same message, under the same id, to the robots and the
 * channel that it is for. It waits for no answer.
 */
export function deliver(fake: FakeWildfire, sending: Sending, urls: ForwardUrls = {}): Delivery {
  const { uid, body } = fake.say(sending);
  const isMention = Number(sending.payload['mentionedType'] ?? 0) !== 0;
  const pushes = [
    ...(urls.message === undefined ? [] : [fake.push(urls.message, body)]),
    ...(urls.mention === undefined || !isMention ? [] : [fake.push(urls.mention, body)]),
    ...robotsOf(fake, sending).map(([id, callback]) =>
      fake.push(callback, body.replace(/\}$/u, `,"toRobotId":${JSON.stringify(id)}}`)),
    ),
    ...channelsOf(fake, sending).map((callback) => fake.push(`${callback}/message`, body)),
  ];
  return { uid, outcomes: Promise.all(pushes) };
}

/** The robots with a callback that are among the receivers and did not say it themselves. */
function robotsOf({ world }: FakeWildfire, { sender, conv, payload, toUsers = [] }: Sending) {
  // Transparent messages (透传) never reach a robot.
  if (payload['persistFlag'] === 4) return [];
  const members = conv.type === 1 ? (world.groups.get(conv.target)?.members ?? []) : [conv.target];
  const receivers = toUsers.length === 0 ? members : members.filter((id) => toUsers.includes(id));
  return [...world.robots].flatMap(([id, { callback }]) =>
    callback !== undefined && id !== sender && receivers.includes(id)
      ? [[id, callback] as const]
      : [],
  );
}

/** A channel is told of what clients say to it, never of what its own API said. */
function channelsOf({ world }: FakeWildfire, { conv, toUsers = [] }: Sending): string[] {
  if (conv.type !== 3 || toUsers.length > 0) return [];
  const callback = world.channels.get(conv.target)?.callback;
  return callback === undefined ? [] : [callback];
}
