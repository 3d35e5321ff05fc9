import { z } from 'zod';
import type { Clock } from '../../core/clock.js';
import { trimEndOf } from '../../core/text/trim-end.js';
import { createAccessTokens, type GrantedToken } from '../shared/client/access-token.js';
import { memoryTokenStore, type TokenStore } from '../shared/client/token-store.js';
import { createTransport } from '../shared/client/transport.js';
import { type ApiOptions, callOpenly, createApi } from './client/api.js';
import { OpenIMApiError } from './client/api-error.js';
import { createDirectory, type Directory } from './client/directory.js';
import { createFindSaid, type FindSaid } from './client/find-said.js';
import { createFriendRequests, type FriendRequests } from './client/friend-requests.js';
import { createMedia, type Media } from './client/media.js';
import { createMessages, type Messages, type SpeakerOptions } from './client/messages.js';
import { createReadBack, type ReadBack } from './client/read-back.js';

/** One bot and how to reach its server. */
export interface OpenIMClientOptions extends SpeakerOptions {
  /** Of the API, e.g. `http://127.0.0.1:10002`. */
  readonly apiUrl: string;
  /** How clients reach it, for the addresses of files. Default: `apiUrl`. */
  readonly publicApiUrl?: string | undefined;
  /** `secret` of `share.yml`. */
  readonly secret: string;
  /** One of the imAdmin accounts of `share.yml`. */
  readonly adminId: string;
  readonly clock: Clock;
  /** Default: this process's memory. */
  readonly tokens?: TokenStore;
  /** Of each call but those that carry files, in ms. Default: 10,000. */
  readonly timeoutMs?: number;
}

/**
 * What a bot can ask of its OpenIM server. Every call throws `OpenIMApiError`, whose text says in
 * both languages what is wrong and what to do, and which never holds a secret or token.
 */
export interface OpenIMClient {
  readonly messages: Messages;
  readonly media: Media;
  readonly directory: Directory;
  readonly friendRequests: FriendRequests;
  readonly readBack: ReadBack;
  readonly findSaid: FindSaid;
  /** Gets a token unless there is a good one: whether secret and admin are right. */
  authorize(signal?: AbortSignal): Promise<void>;
  /** Closes every connection; calls under way have three seconds to be answered. */
  close(): Promise<void>;
}

const grantSchema = z.object({
  token: z.string().min(1),
  expireTimeSeconds: z.number().positive(),
});

/** A client for one bot, with connections of its own. Calls nobody yet. */
export function createOpenIMClient(options: OpenIMClientOptions): OpenIMClient {
  const { secret, adminId, botId, clock, timeoutMs = 10_000 } = options;
  const apiUrl = withoutSlash(options.apiUrl);
  const publicApiUrl = options.publicApiUrl && withoutSlash(options.publicApiUrl);
  const transport = createTransport(timeoutMs);
  const how = { transport, apiUrl, publicApiUrl };
  const tokens = createAccessTokens({
    app: JSON.stringify([apiUrl, adminId]),
    store: options.tokens ?? memoryTokenStore(),
    clock,
    grant: () => grant(how, secret, adminId),
  });
  const api = createApi(how, tokens);
  const directory = createDirectory(api, clock, botId);
  return {
    messages: createMessages(api, directory, options),
    media: createMedia({ api, transport, apiUrl, publicApiUrl, botId }),
    directory,
    friendRequests: createFriendRequests(api, directory, botId),
    readBack: createReadBack(api, clock, botId),
    findSaid: createFindSaid(api, clock, botId),
    authorize: async (signal) => {
      await tokens.current(signal);
    },
    close: () => transport.close(),
  };
}

/** Servers up to v3.8.0 have another call for it. */
async function grant(how: ApiOptions, secret: string, userID: string): Promise<GrantedToken> {
  const call = { api: '/auth/get_admin_token', body: { secret, userID } };
  const granted = await callOpenly(how, call, grantSchema).catch(async (error: unknown) => {
    if (!(error instanceof OpenIMApiError) || error.status !== 404) throw error;
    const body = { secret, platformID: 10, userID };
    return await callOpenly(how, { api: '/auth/user_token', body }, grantSchema);
  });
  return { value: granted.token, lifeSeconds: granted.expireTimeSeconds };
}

function withoutSlash(url: string): string {
  return trimEndOf(url, '/');
}
