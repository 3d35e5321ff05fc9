import { z } from 'zod';
import type { Clock } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';
import { createAccessTokens } from '../shared/client/access-token.js';
import { createSharedPace } from '../shared/client/shared-pace.js';
import { memoryTokenStore, type TokenStore } from '../shared/client/token-store.js';
import type { Sharing } from '../shared/sharing.js';
import { callOpenly, createApi } from './client/api.js';
import { type AppChats, createAppChats } from './client/app-chat.js';
import { createDirectory, type Directory } from './client/directory.js';
import type { Pace } from './client/lane.js';
import { createMedia, type Media } from './client/media.js';
import { createMessages, type Messages } from './client/messages.js';
import { createPacer } from './client/pacing.js';
import { createTransport } from './client/transport.js';

/** One self-built app (自建应用) and how to reach WeCom. */
export interface WeComClientOptions {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  /** Default: `https://qyapi.weixin.qq.com`. */
  readonly baseUrl?: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** From 0 to below 1. Default: `Math.random`. */
  readonly random?: () => number;
  /** Default: this process's memory. */
  readonly tokens?: TokenStore;
  /** What other instances know of. Default: there are none. */
  readonly sharing?: Sharing;
  /** Of each call but those that carry files, in ms. Default: 10,000. */
  readonly timeoutMs?: number;
}

/** The app itself, as `agent/get` tells it (D90227). */
export interface AgentInfo {
  readonly name: string;
  readonly isDisabled: boolean;
}

/**
 * What one app can ask of WeCom. Every call throws `WeComApiError`, whose text says in both
 * languages what is wrong and what to do, and which never holds a secret, token or URL.
 */
export interface WeComClient {
  readonly messages: Messages;
  readonly media: Media;
  readonly appChats: AppChats;
  readonly directory: Directory;
  /** Gets a token unless there is a good one: whether corp id and secret are right. */
  authorize(signal?: AbortSignal): Promise<void>;
  /** The addresses that callbacks come from (D90930); changes are announced a while before. */
  callbackIps(signal?: AbortSignal): Promise<readonly string[]>;
  agent(signal?: AbortSignal): Promise<AgentInfo>;
  /** Closes every connection; calls under way have three seconds to be answered. */
  close(): Promise<void>;
}

/** What one app may show one member (D90312). */
const memberPaces: readonly Pace[] = [
  { count: 30, everyMs: 60_000 },
  { count: 1000, everyMs: 3_600_000 },
];
/** What one member is shown of group chats in a minute (D90312). */
const chatPaces: readonly Pace[] = [{ count: 200, everyMs: 60_000 }];

const grantSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
});
const ipsSchema = z.object({ ip_list: z.array(z.string()) });
const agentSchema = z.object({ name: z.string().default(''), close: z.number().default(0) });

/** A client for one app, with connections of its own. Calls nobody yet. */
export function createWeComClient(options: WeComClientOptions): WeComClient {
  const { corpId, agentId, secret, clock, logger } = options;
  const { baseUrl = 'https://qyapi.weixin.qq.com', timeoutMs = 10_000 } = options;
  const { random = Math.random, tokens: store = memoryTokenStore() } = options;
  const transport = createTransport(baseUrl, timeoutMs);
  const how = { transport, clock, random };
  const tokens = createAccessTokens({
    app: `${corpId}:${agentId}`,
    store,
    clock,
    grant: async () => {
      const query = { corpid: corpId, corpsecret: secret };
      const granted = await callOpenly(how, { api: 'gettoken', query }, grantSchema);
      return { value: granted.access_token, lifeSeconds: granted.expires_in };
    },
  });
  const api = createApi(how, tokens);
  const onPaced = (recipient: string, waitMs: number) => logPaced(logger, recipient, waitMs);
  const pacer = (what: string, paces: readonly Pace[]) => {
    const { sharing } = options;
    const name = ['wecom', corpId, String(agentId), what];
    const takePlace = sharing && createSharedPace({ sharing, name, paces, clock });
    return createPacer({ clock, paces, onPaced, ...(takePlace && { takePlace }) });
  };
  const appChats = createAppChats(api, pacer('chat', chatPaces));
  return {
    messages: createMessages(api, pacer('member', memberPaces), agentId),
    media: createMedia(api),
    appChats,
    directory: createDirectory(api, clock, appChats),
    authorize: async (signal) => {
      await tokens.current(signal);
    },
    callbackIps: async (signal) =>
      (await api.json({ api: 'getcallbackip', signal }, ipsSchema)).ip_list,
    agent: async (signal) => {
      const query = { agentid: String(agentId) };
      const { name, close } = await api.json({ api: 'agent/get', query, signal }, agentSchema);
      return { name, isDisabled: close === 1 };
    },
    close: () => transport.close(),
  };
}

function logPaced(logger: Logger, recipient: string, waitMs: number): void {
  logger.warn(
    {
      en: 'Messages to a WeCom recipient wait: WeCom silently drops what is over 30 a minute and 1,000 an hour to a member, or 200 a minute to a group chat.',
      zh: '发往某企业微信接收者的消息需要排队：超过每成员每分钟 30 条、每小时 1000 条，或每群聊每分钟 200 条的消息会被企业微信静默丢弃。',
    },
    { recipient, waitMs },
  );
}
