import { resolve } from 'node:path';
import { type Clock, systemClock } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';
import type { PersonalData } from '../../core/personal-records.js';
import { createMemoryStreamStore, type StreamStore } from '../../core/stream-store.js';
import { createFileStreamStore } from '../shared/file-stream-store.js';
import { createPuppetLogger } from '../shared/puppet-logger.js';
import { PuppetSharing } from '../shared/sharing.js';
import { streamFile } from '../shared/stream-file.js';
import type { WebhookPuppetSetup } from '../shared/webhook-puppet.js';
import type { Answer } from './answer/answer.js';
import { AnswerTable } from './answer/answer-table.js';
import { Answering, type AnsweringOptions } from './answer/answering.js';
import { abandonStream, type FrameOptions, type Silence } from './answer/frame.js';
import { createHolds, type Holds } from './answer/holds.js';
import { type LateWordsOptions, sendLateWords, tellUnsent } from './answer/late-words.js';
import { SharedLife } from './answer/shared-life.js';
import { type TellOptions } from './answer/tell-unshown.js';
import { weComBotCapabilities, weComBotTextLimit } from './capabilities.js';
import { createSentCards, type SentCards } from './card/sent-cards.js';
import { createWeComBotClient, type WeComBotClient } from './client.js';
import type { BotConnection } from './connection/connection.js';
import { createLink, type Link, type OnCallback } from './connection/link.js';
import type { BotTexts, CheckedWeComBotOptions } from './options.js';
import { personalData } from './personal-data.js';
import type { SayFile } from './say-file.js';
import { type BotTiming, usualTiming } from './timing.js';

/** Parts of the program that may be replaced. */
export interface WeComBotParts {
  /** Default: Wechaty's log. */
  readonly logger?: Logger;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Where open answers and cards are kept. Default: the file of the options. */
  readonly store?: StreamStore;
  /** What that file is relative to. Default: the working directory. */
  readonly folder?: string;
  /** When silence ends an answer of a bot without `CallbackPlugin`, in ms. */
  readonly silence?: Silence;
  /** How long it waits for what. Default: `usualTiming`. */
  readonly timing?: Partial<BotTiming>;
}

/** What the puppet of a bot is made of. */
export interface Assembly extends TellOptions {
  readonly setup: WebhookPuppetSetup;
  readonly client: WeComBotClient;
  readonly table: AnswerTable;
  readonly answering: Answering;
  readonly holds: Holds;
  readonly life: SharedLife;
  readonly cards: SentCards;
  readonly clock: Clock;
  readonly texts: BotTexts;
  readonly silence: Silence;
  readonly timing: BotTiming;
  /** In the mode `websocket`. */
  readonly connection: BotConnection | undefined;
  readonly sayFile: SayFile | undefined;
  /** Over the connection: the answers that are shown now. */
  readonly pushing: Set<Answer>;
  /** What it keeps of people. */
  readonly personal: PersonalData;
  /** Takes over what an earlier process left, begins to look after it, and connects. */
  open(onCallback: OnCallback): Promise<void>;
  /** Keeps what is open. */
  close(): Promise<void>;
}

/** Three seconds after the last word, two minutes without any. */
const usualSilence: Silence = { afterWordMs: 3000, wordlessMs: 120_000 };

interface AbandonOptions extends Pick<FrameOptions, 'texts'> {
  readonly pushing: ReadonlySet<Answer>;
}

/** Puts the parts of a bot together. */
export function assemble(options: CheckedWeComBotOptions, parts: WeComBotParts): Assembly {
  const { name = 'wecomBot', path, texts, aesKey = '', botName } = options;
  const { clock = systemClock, logger = createPuppetLogger(), silence = usualSilence } = parts;
  const { folder = '.', store = storeOf(options, folder, clock) } = parts;
  const timing = { ...usualTiming, ...parts.timing };
  const client = createWeComBotClient({ aesKey, clock });
  const table = new AnswerTable({ store, clock, name, logger });
  const cards = createSentCards(store, clock);
  const [holds, keep] = [createHolds(), (answer: Answer) => table.keep(answer)];
  const link = createLink(options, { name, clock, logger, ackMs: timing.ackMs }, client);
  const pushing = new Set<Answer>();
  const endStreams = (...answers: readonly Answer[]) => {
    if (link.connection) abandonAll(answers, { pushing, texts });
  };
  const life = new SharedLife({ table, name, clock, timing, onAdopted: endStreams });
  const sharing = sharingOf(life, cards, name);
  const own = { name, logger };
  const late = lateWays(link, life, { texts, silence, clock, ...own, keep, table, pushing });
  const said = { table, holds, life, clock, texts, silence, sayAlone: link.sayAlone };
  const answering = new Answering({ ...said, ...late });
  const made = { clock, texts, silence, timing, client, table, answering, holds, life, cards };
  let closing = new AbortController();
  return {
    ...made,
    ...own,
    personal: personalData({ table, cards, answering, store }),
    pushing,
    connection: link.connection,
    sayFile: link.sayFile,
    setup: puppetSetup(options, { name, path, accountName: botName, logger, clock, sharing }),
    open: async (onCallback) => {
      const records = await recordsOf(store);
      const answers = table.restore(records);
      answering.restored(answers);
      endStreams(...answers);
      cards.restore(records);
      closing = new AbortController();
      void sweeping(answering, made, closing.signal);
      link.open(onCallback);
    },
    close: async () => {
      closing.abort();
      await link.close();
      await Promise.all(Array.from(table.all(), keep));
      await store.close();
    },
  };
}

/** How what a stream did not show goes out. */
function lateWays(
  link: Link,
  life: SharedLife,
  parts: Omit<LateWordsOptions, 'client' | 'sending'> & Pick<Assembly, 'pushing'>,
): Pick<AnsweringOptions, 'sendLate' | 'tellUnsent'> {
  const late = { ...parts, client: link.late, sending: new Set<Answer>() };
  return {
    sendLate: async (answer) => {
      // Nobody else has the connection; and who shows it now shows the rest of it too.
      const isOurs = !link.connection || life.isMine(answer);
      if (isOurs && !parts.pushing.has(answer)) await sendLateWords(answer, late);
    },
    tellUnsent: (answer) => tellUnsent(answer, late),
  };
}

function puppetSetup(
  { mode }: CheckedWeComBotOptions,
  own: Pick<WebhookPuppetSetup, 'name' | 'path' | 'accountName' | 'logger' | 'clock' | 'sharing'>,
): WebhookPuppetSetup {
  return {
    ...own,
    platform: 'wecomBot',
    capabilities: weComBotCapabilities(mode),
    textLimit: weComBotTextLimit,
    // What came over the connection does not come again.
    repeats: mode === 'webhook',
  };
}

/** What belonged to an earlier connection can be shown by none: the rest goes out by itself. */
function abandonAll(answers: readonly Answer[], options: AbandonOptions): void {
  for (const answer of answers) {
    const isOpen = answer.isStreamed && answer.final === undefined;
    if (isOpen && !options.pushing.has(answer)) abandonStream(answer, options);
  }
}

async function recordsOf(store: StreamStore): Promise<readonly (readonly [string, string])[]> {
  return Array.from(await store.open(), ([key, { value }]) => [key, value] as const);
}

function sharingOf(life: SharedLife, cards: SentCards, name: string): PuppetSharing {
  return new PuppetSharing({
    begin: (state) => {
      cards.share(state, name);
      life.begin(state);
    },
    end: async () => {
      await life.end();
      cards.share(undefined, name);
    },
  });
}

async function sweeping(
  answering: Answering,
  { clock, timing }: Pick<Assembly, 'clock' | 'timing'>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(timing.sweepEveryMs, signal, { ref: false }).catch(() => {});
    if (!signal.aborted) answering.sweep();
  }
}

function storeOf(
  { name = 'wecomBot', store }: CheckedWeComBotOptions,
  folder: string,
  clock: Clock,
): StreamStore {
  if (store === 'memory') return createMemoryStreamStore();
  const path = store === undefined ? streamFile(folder, name) : resolve(folder, store);
  return createFileStreamStore({ path, clock });
}
