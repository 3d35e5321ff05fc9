import type { Clock } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';
import { sharedTokenStore } from '../shared/client/shared-tokens.js';
import type { TokenStore } from '../shared/client/token-store.js';
import { PuppetSharing } from '../shared/sharing.js';
import type { WebhookPuppetSetup } from '../shared/webhook-puppet.js';
import { weComCapabilities, weComTextLimit } from './capabilities.js';
import { createWeComClient, type WeComClient } from './client.js';
import type { CheckedWeComOptions } from './options.js';
import { lookUpGroup, lookUpPerson, unknownPerson } from './people.js';

/** Parts of the program that may be replaced. */
export interface WeComParts {
  /** Default: Wechaty's log. */
  readonly logger?: Logger;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Where access tokens are kept. Default: in memory, shared with other instances where there are any. */
  readonly tokens?: TokenStore;
  /** How long a callback waits for a passive reply, in ms. Default: 4,500. */
  readonly windowMs?: number;
}

/** What the puppet of an app is made of. */
export interface WeComSetup {
  /** Absent without `secret`. */
  readonly client: WeComClient | undefined;
  /** It may send by itself: it has a secret, and is not kept to passive replies. */
  readonly speaks: boolean;
  readonly setup: WebhookPuppetSetup;
}

/** The client and the puppet's setup for an app. */
export function setupOf(
  options: CheckedWeComOptions,
  parts: WeComParts & { readonly clock: Clock; readonly logger: Logger },
): WeComSetup {
  const { name = 'wecom', path } = options;
  const { clock, logger } = parts;
  const sharing = new PuppetSharing();
  const tokens = parts.tokens ?? sharedTokenStore({ sharing, platform: 'wecom', clock });
  const client = clientOf(options, { ...parts, tokens, sharing });
  const speaks = client !== undefined && options.passive !== 'only';
  return {
    client,
    speaks,
    setup: {
      name,
      platform: 'wecom',
      path,
      capabilities: weComCapabilities(speaks),
      textLimit: weComTextLimit,
      repeats: true,
      unknownContact: unknownPerson,
      ...(client && {
        lookUpContact: (id) => lookUpPerson(client.directory, id),
        lookUpRoom: (id) => lookUpGroup(client.directory, id),
      }),
      logger,
      clock,
      sharing,
    },
  };
}

function clientOf(
  { corpId, agentId, secret, baseUrl }: CheckedWeComOptions,
  {
    clock,
    logger,
    tokens,
    sharing,
  }: WeComParts & {
    readonly clock: Clock;
    readonly logger: Logger;
    readonly sharing: PuppetSharing;
  },
): WeComClient | undefined {
  if (secret === undefined) return undefined;
  return createWeComClient({
    corpId,
    agentId,
    secret,
    clock,
    logger,
    sharing,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(tokens !== undefined && { tokens }),
  });
}
