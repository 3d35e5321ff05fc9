import { z } from 'zod';
import { ids } from '../schema/fields.js';
import type { WildfirePayload } from '../schema/payload.js';
import { userSchema, type WildfireUser } from '../schema/user.js';
import type { Api } from './api.js';
import { channelProfileSchema, type SentMessage, sentSchema } from './results.js';

/** What a channel's message is sent with. */
export interface ChannelSendOptions {
  /** Default: 0. */
  readonly line?: number;
  readonly signal?: AbortSignal;
}

/** What a channel may ask of the server. Every call may throw WildfireApiError. */
export interface ChannelApi {
  /** Says something to some subscribers. The list must not be empty: that would be all of them. */
  send(
    targets: readonly [string, ...string[]],
    payload: WildfirePayload,
    options?: ChannelSendOptions,
  ): Promise<SentMessage>;
  /** Says something to all subscribers. */
  broadcast(payload: WildfirePayload, options?: ChannelSendOptions): Promise<SentMessage>;
  profile(): Promise<z.infer<typeof channelProfileSchema>>;
  user(userId: string): Promise<WildfireUser>;
  subscribers(): Promise<readonly string[]>;
  isSubscriber(userId: string): Promise<boolean>;
}

/** The calls of one channel. */
export function createChannelApi(api: Api): ChannelApi {
  const ask = <T>(path: string, json: Readonly<Record<string, unknown>>, schema: z.ZodType<T>) =>
    api.call({ path: `/channel/${path}`, json, isHarmless: true }, schema);
  const send = (
    json: Readonly<Record<string, unknown>>,
    { line = 0, signal }: ChannelSendOptions = {},
  ) => api.call({ path: '/channel/message/send', json: { ...json, line }, signal }, sentSchema);
  return {
    send: (targets, payload, options) => send({ targets, payload }, options),
    broadcast: (payload, options) => send({ payload }, options),
    profile: () => ask('get_profile', {}, channelProfileSchema),
    user: (userId) => ask('user_info', { userId }, userSchema),
    subscribers: () =>
      ask(
        'subscriber_list',
        {},
        z.object({ list: ids }).transform(({ list }) => list),
      ),
    isSubscriber: (userId) => ask('is_subscriber', { userId }, z.boolean()),
  };
}
