import { z } from 'zod';
import type { Api } from './api.js';
import type { Directory } from './directory.js';

/** Requests to be friends. */
export interface FriendRequests {
  /** Accepts the request of a user to the bot. Throws OpenIMApiError. */
  accept(fromUserId: string, signal?: AbortSignal): Promise<void>;
  /** Asks a user to be a friend of the bot. Throws OpenIMApiError. */
  ask(toUserId: string, hello: string, signal?: AbortSignal): Promise<void>;
}

/** The friend requests of one bot. Source of the calls: openimsdk/protocol, `relation.proto`. */
export function createFriendRequests(
  api: Api,
  directory: Directory,
  botId: string,
): FriendRequests {
  return {
    accept: async (fromUserID, signal) => {
      const body = { fromUserID, toUserID: botId, handleResult: 1, handleMsg: '' };
      await api.post({ api: '/friend/add_friend_response', body, signal }, z.unknown());
      directory.friends.forget(fromUserID);
    },
    ask: async (toUserID, reqMsg, signal) => {
      const body = { fromUserID: botId, toUserID, reqMsg, ex: '' };
      await api.post({ api: '/friend/add_friend', body, signal }, z.unknown());
    },
  };
}
