import type { Clock } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';
import type { PersonalData } from '../../core/personal-records.js';
import { createMemoryStreamStore, type StreamStore } from '../../core/stream-store.js';
import { createFileStreamStore } from '../shared/file-stream-store.js';
import { PuppetSharing } from '../shared/sharing.js';
import { storedPersonal } from '../shared/stored-personal.js';
import type { WebhookPuppetSetup } from '../shared/webhook-puppet.js';
import { createDirectedMessages } from './answer/directed-messages.js';
import { createOpenTexts } from './answer/open-texts.js';
import { wildfireCapabilities, wildfireTextLimit } from './capabilities.js';
import { createClient } from './client.js';
import { createHeldCallbacks, type HeldCallbacks } from './held-callbacks.js';
import { heldOwner } from './held-owner.js';
import type { CheckedWildfireOptions } from './options.js';
import { lookUpPerson, lookUpRoom } from './people.js';
import type { SpeakingParts } from './speaking-puppet.js';

/** What a bot is made of. */
interface WildfireSetup {
  readonly setup: WebhookPuppetSetup;
  readonly speaking: SpeakingParts;
  readonly sharing: PuppetSharing;
  readonly held: HeldCallbacks;
  /** What it keeps of people. */
  readonly personal: PersonalData;
}

/** What a setup takes besides the options. */
export interface SetupParts {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Default: the file of the options. */
  readonly store?: StreamStore | undefined;
}

/** Puts the parts of a bot together. Calls nobody yet. */
export function setupOf(options: CheckedWildfireOptions, parts: SetupParts): WildfireSetup {
  const { logger, clock } = parts;
  const { name = 'wildfire', path } = options;
  const client = createClient(options, { clock });
  const sharing = new PuppetSharing();
  const store = parts.store ?? storeOf(options.store ?? `.wechaty/${name}.streams`, clock);
  const directed = createDirectedMessages({ store, sharing, clock, name, logger });
  const held = createHeldCallbacks({ store: directed.store, clock, name, logger });
  return {
    sharing,
    held,
    personal: personalData(store, held),
    speaking: {
      client,
      texts: createOpenTexts({ store: held.store, clock, name, logger }),
      directed,
    },
    setup: {
      name,
      accountId: client.bot.id,
      platform: 'wildfire',
      path,
      capabilities: wildfireCapabilities,
      textLimit: wildfireTextLimit,
      repeats: false,
      lookUpContact: (id) => lookUpPerson(client.directory, id),
      lookUpRoom: (id) => lookUpRoom(client.directory, id),
      sharing,
      logger,
      clock,
    },
  };
}

/** What a bot keeps of people; what is held of them is not emitted any more. */
function personalData(store: StreamStore, held: HeldCallbacks): PersonalData {
  const stored = storedPersonal(store, heldOwner);
  return {
    of: (userId) => stored.of(userId),
    forget: async (userId) => {
      held.forgetPerson(userId);
      await stored.forget(userId);
    },
  };
}

function storeOf(path: string, clock: Clock): StreamStore {
  return path === 'memory' ? createMemoryStreamStore() : createFileStreamStore({ path, clock });
}
