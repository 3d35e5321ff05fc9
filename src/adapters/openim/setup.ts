import type { Clock } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';
import { sharedTokenStore } from '../shared/client/shared-tokens.js';
import { PuppetSharing } from '../shared/sharing.js';
import type { WebhookPuppetSetup } from '../shared/webhook-puppet.js';
import { openIMCapabilities, openIMTextLimit } from './capabilities.js';
import { createOpenIMClient, type OpenIMClient } from './client.js';
import type { CheckedOpenIMOptions } from './options.js';
import { lookUpGroup, lookUpPerson, unknownPerson } from './people.js';
import { maxBodyBytes } from './routes.js';

/** What a bot is made of. */
interface OpenIMSetup {
  readonly client: OpenIMClient;
  readonly setup: WebhookPuppetSetup;
}

/** Puts the parts of a bot together. Calls nobody yet. */
export function setupOf(
  options: CheckedOpenIMOptions,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): OpenIMSetup {
  const { name = 'openim', botId, botName = botId, path } = options;
  const sharing = new PuppetSharing();
  const tokens = sharedTokenStore({ sharing, platform: 'openim', clock });
  const client = createOpenIMClient({ ...options, clock, tokens });
  return {
    client,
    setup: {
      name,
      accountId: botId,
      accountName: botName,
      platform: 'openim',
      path,
      capabilities: openIMCapabilities(options),
      textLimit: openIMTextLimit,
      repeats: false,
      maxBodyBytes,
      unknownContact: unknownPerson,
      lookUpContact: (id) => lookUpPerson(client.directory, id),
      lookUpRoom: (id) => lookUpGroup(client.directory, id),
      logger,
      clock,
      sharing,
    },
  };
}
