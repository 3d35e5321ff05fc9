import { LRUCache } from 'lru-cache';
import { type Clock, systemClock } from '../../core/clock.js';
import { createTransport } from '../shared/client/transport.js';
import {
  type Account,
  type Credentials,
  identityOf,
  lacking,
  lackingUploader,
} from './client/account.js';
import { type AdminApi, createAdminApi } from './client/admin-api.js';
import { type ApiParts, createApi } from './client/api.js';
import { type ChannelApi, createChannelApi } from './client/channel-api.js';
import { createDirectory, type Directory } from './client/directory.js';
import { downloadFile } from './client/download.js';
import { createRobotApi, type RobotApi } from './client/robot-api.js';
import { type Say, sayAsChannel, sayAsRobot, sayAsUser } from './client/say.js';
import { type UploadedFile, uploadFile } from './client/upload.js';
import type { BotIdentity } from './decode/context.js';
import type { FileKind, RemoteFile } from './encode.js';

/** What a client is made with, besides the account. */
export interface ClientParts {
  readonly clock?: Clock;
  /** From 0 to below 1. */
  readonly random?: () => number;
  /** Of each call, in ms. Default: 10,000, as long as the server's own clients wait. */
  readonly timeoutMs?: number;
}

/** The APIs of a server that a bot may use. */
export interface Apis {
  readonly robot: RobotApi | undefined;
  readonly channel: ChannelApi | undefined;
  readonly admin: AdminApi | undefined;
  /** A robot beside the bot, whose only business is to upload. */
  readonly uploader: RobotApi | undefined;
}

/** A server as one bot uses it. */
export interface WildfireClient extends Apis {
  readonly bot: BotIdentity;
  readonly directory: Directory;
  /** Says something; throws WildfireApiError, or CallbackError where the bot cannot speak. */
  readonly say: Say;
  /** Takes back what the bot said; without `admin` a call of the professional edition. */
  recall(messageUid: string): Promise<void>;
  /**
   * Puts a file where clients can fetch it. The server lets robots alone do that: throws CallbackError
   * `wildfire-options-invalid` for a channel or a user without `uploader`.
   */
  upload(kind: FileKind, file: UploadedFile): Promise<RemoteFile>;
  /** Fetches a file of a message, from the origins that the account names. */
  download(url: string): Promise<Buffer>;
  /** True for what the bot said: it comes back on many roads. */
  isOwnMessage(messageUid: string): boolean;
  /** Closes every connection. */
  close(): Promise<void>;
}

/** How many of the bot's own messages are known. */
const maxOwn = 10_000;

/**
 * A client for one bot.
 *
 * @throws CallbackError `wildfire-options-invalid` for an account that is nobody
 */
export function createClient(account: Account, parts: ClientParts = {}): WildfireClient {
  const { clock = systemClock, random = Math.random, timeoutMs = 10_000 } = parts;
  const transport = createTransport();
  const apis = apisOf(account, { transport, clock, random, timeoutMs });
  const bot = identityOf(account);
  const uploader = apis.robot ?? apis.uploader;
  const sayPlainly = sayOf(apis, bot);
  const own = new LRUCache<string, true>({ max: maxOwn });
  return {
    ...apis,
    bot,
    directory: directoryOf(apis, bot, clock),
    say: async (route, payload, signal) => {
      const sent = await sayPlainly(route, payload, signal);
      own.set(sent.messageUid, true);
      return sent;
    },
    recall: async (messageUid) => {
      const { admin, robot } = apis;
      if (admin) await admin.recall(bot.id, messageUid);
      else if (robot) await robot.recall(messageUid);
      else throw lacking('admin');
    },
    upload: async (kind, file) => {
      if (!uploader) throw lackingUploader();
      return await uploadFile(uploader, transport, kind, file);
    },
    download: (url) => downloadFile(transport, url, originsOf(account)),
    isOwnMessage: (messageUid) => own.has(messageUid),
    close: () => transport.close(),
  };
}

function apisOf({ server, robot, channel, admin, uploader }: Account, parts: ApiParts): Apis {
  const apiOf = (header: 'rid' | 'cid', { id, secret }: Credentials) => {
    if (server === undefined) throw lacking('server');
    return createApi(server, { header, id, secret }, parts);
  };
  return {
    robot: robot && createRobotApi(apiOf('rid', robot)),
    uploader: uploader && createRobotApi(apiOf('rid', uploader)),
    channel: channel && createChannelApi(apiOf('cid', channel)),
    admin: admin && createAdminApi(createApi(admin.server, { secret: admin.secret }, parts)),
  };
}

function sayOf({ robot, channel, admin }: Apis, bot: BotIdentity): Say {
  if (robot) return sayAsRobot(robot);
  if (channel) return sayAsChannel(channel);
  return admin ? sayAsUser(admin, bot.id) : () => Promise.reject(lacking('admin'));
}

/** The admin knows more of users and groups than a robot may. */
function directoryOf({ robot, channel, admin }: Apis, bot: BotIdentity, clock: Clock): Directory {
  const asked = admin ?? robot;
  const knowsUsers = asked ?? channel;
  return createDirectory(
    {
      user: (userId) => knowsUsers?.user(userId) ?? nobodyToAsk(),
      // Channels have subscribers, and no friends.
      ...(admin && bot.kind !== 'channel' && { relation: (id) => admin.relation(bot.id, id) }),
      ...(asked && {
        group: (groupId) => asked.group(groupId),
        members: (groupId) => asked.members(groupId),
      }),
    },
    clock,
  );
}

function nobodyToAsk(): Promise<never> {
  return Promise.reject(lacking('robot', 'channel', 'admin'));
}

function originsOf({ files, server }: Account): ReadonlySet<string> {
  const named = files ?? (server === undefined ? [] : [server]);
  return new Set(named.map((url) => new URL(url).origin));
}
