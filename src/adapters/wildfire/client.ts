import { LRUCache } from 'lru-cache';
import { type Clock, systemClock } from '../../core/clock.js';
import { type AdminApi, createAdminApi } from './client/admin-api.js';
import { createApi } from './client/api.js';
import { isWildfireError } from './client/api-error.js';
import { type ChannelApi, createChannelApi } from './client/channel-api.js';
import { createDirectory, type Directory, type DirectorySource } from './client/directory.js';
import type { SentMessage } from './client/results.js';
import { createRobotApi, type RobotApi } from './client/robot-api.js';
import { createTransport } from './client/transport.js';
import { type UploadedFile, uploadFile } from './client/upload.js';
import { cannot, missing } from './client/usage-error.js';
import type { AnswerRoute } from './decode/event.js';
import type { FileKind, RemoteFile } from './encode.js';
import type { WildfireOptions } from './options.js';
import type { WildfirePayload } from './schema/payload.js';

/** What a client is made with, besides the options. */
export interface ClientParts {
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** A server as one bot uses it. */
export interface WildfireClient {
  /** Present for a bot that is a robot. */
  readonly robot?: RobotApi;
  /** Present for a bot that is a channel. */
  readonly channel?: ChannelApi;
  /** Present where the options have `admin`. */
  readonly admin?: AdminApi;
  readonly directory: Directory;
  /** Says something where the route leads. */
  say(route: AnswerRoute, payload: WildfirePayload, signal?: AbortSignal): Promise<SentMessage>;
  /** Takes back what the bot said. */
  recall(messageUid: string): Promise<void>;
  /** Puts a file where clients can fetch it. */
  upload(kind: FileKind, file: UploadedFile): Promise<RemoteFile>;
  /** True for what the bot said a while ago: it comes back on many roads. */
  isOwnMessage(messageUid: string): boolean;
  /** Closes every connection. */
  close(): void;
}

const notInGroup = 9;
/** How many of the bot's own messages are known. */
const maxOwn = 10_000;

/** A client for one bot. */
export function createClient(options: WildfireOptions, parts: ClientParts = {}): WildfireClient {
  const { clock = systemClock, random = Math.random } = parts;
  const { server, robot: r, channel: c, user, admin: a, timeout: timeoutMs } = options;
  const transport = createTransport();
  const apiParts = { transport, clock, random, timeoutMs };
  const apiOf = (header: 'rid' | 'cid', { id, secret }: { id: string; secret: string }) =>
    createApi(server ?? '', { header, id, secret }, apiParts);
  const robot = r && createRobotApi(apiOf('rid', r));
  const channel = c && createChannelApi(apiOf('cid', c));
  const admin = a && createAdminApi(createApi(a.server, { secret: a.secret }, apiParts));
  const speaker = robot ?? channel ?? (admin && user ? adminSpeaker(admin, user.id) : undefined);
  const own = new LRUCache<string, true>({ max: maxOwn });
  return {
    ...(robot && { robot }),
    ...(channel && { channel }),
    ...(admin && { admin }),
    directory: createDirectory(sourceOf(robot, channel, admin), clock),
    say: async (route, payload, signal) => {
      if (!speaker) throw missing('admin');
      const sent = await sayBy({ robot, channel, speaker }, route, payload, signal);
      own.set(sent.messageUid, true);
      return sent;
    },
    recall: async (messageUid) => {
      const operator = r?.id ?? user?.id;
      if (admin && operator !== undefined) await admin.recall(operator, messageUid);
      else if (robot) await robot.recall(messageUid);
      else throw missing('admin');
    },
    upload: async (kind, file) => {
      if (!robot) throw cannot('upload');
      return await uploadFile(robot, transport, kind, file);
    },
    isOwnMessage: (messageUid) => own.has(messageUid),
    close: () => transport.close(),
  };
}
