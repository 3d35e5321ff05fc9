import { type Clock, systemClock } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';
import { createMemoryStreamStore, type StreamStore } from '../../core/stream-store.js';
import { createFileStreamStore } from '../shared/file-stream-store.js';
import { createPuppetLogger } from '../shared/puppet-logger.js';
import { PuppetSharing } from '../shared/sharing.js';
import type { WebhookPuppetSetup } from '../shared/webhook-puppet.js';
import type { Answer } from './answer/answer.js';
import { AnswerTable } from './answer/answer-table.js';
import { Answering } from './answer/answering.js';
import type { Silence } from './answer/frame.js';
import { createHolds, type Holds } from './answer/holds.js';
import { sendLateWords } from './answer/late-words.js';
import { SharedLife } from './answer/shared-life.js';
import { weComBotCapabilities, weComBotTextLimit } from './capabilities.js';
import { createSentCards, type SentCards } from './card/sent-cards.js';
import { createWeComBotClient, type WeComBotClient } from './client.js';
import type { BotConnection } from './connection/connection.js';
import { createLink, type OnCallback } from './connection/link.js';
import type { BotTexts, CheckedWeComBotOptions } from './options.js';
import type { SayFile } from './say-file.js';

/** Parts of the program that may be replaced. */
export interface WeComBotParts {
  /** Default: Wechaty's log. */
  readonly logger?: Logger;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Where open answers and cards are kept. Default: the file of the options. */
  readonly store?: StreamStore;
  /** When silence ends an answer of a bot without `CallbackPlugin`, in ms. */
  readonly silence?: Silence;
}

/** What the puppet of a bot is made of. */
export interface Assembly {
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
  /** In the mode `websocket`. */
  readonly connection: BotConnection | undefined;
  readonly sayFile: SayFile | undefined;
  /** Takes over what an earlier process left, begins to look after it, and connects. */
  open(onCallback: OnCallback): Promise<void>;
  /** Keeps what is open. */
  close(): Promise<void>;
}

/** Three seconds after the last word, two minutes without any. */
const usualSilence: Silence = { afterWordMs: 3000, wordlessMs: 120_000 };
const sweepEveryMs = 1000;

/** Puts the parts of a bot together. */
export function assemble(options: CheckedWeComBotOptions, parts: WeComBotParts): Assembly {
  const { name = 'wecomBot', path, texts, aesKey = '', botName } = options;
  const { clock = systemClock, logger = createPuppetLogger(), silence = usualSilence } = parts;
  const store = parts.store ?? storeOf(options.store ?? `.wechaty/${name}.streams`, clock);
  const client = createWeComBotClient({ aesKey, clock });
  const table = new AnswerTable({ store, clock, name, logger });
  const cards = createSentCards(store, clock);
  const holds = createHolds();
  const keep = async (answer: Answer) => await table.keep(answer);
  const life = new SharedLife({ table, name, clock });
  const sharing = sharingOf(life, cards, name);
  const link = createLink(options, { name, clock, logger }, client);
  const late = { texts, silence, client: link.late, clock, name, logger, keep, table };
  const sendLate = (answer: Answer) => sendLateWords(answer, late);
  const { sayAlone } = link;
  const said = { table, holds, life, clock, texts, silence, sendLate, sayAlone };
  const answering = new Answering(said);
  let closing = new AbortController();
  return {
    clock,
    texts,
    silence,
    connection: link.connection,
    sayFile: link.sayFile,
    client,
    table,
    answering,
    holds,
    life,
    cards,
    setup: puppetSetup({ name, path, accountName: botName, logger, clock, sharing }),
    open: async (onCallback) => {
      const records = await recordsOf(store);
      answering.restored(table.restore(records));
      cards.restore(records);
      closing = new AbortController();
      void sweeping(answering, clock, closing.signal);
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

function puppetSetup(
  own: Pick<WebhookPuppetSetup, 'name' | 'path' | 'accountName' | 'logger' | 'clock' | 'sharing'>,
): WebhookPuppetSetup {
  return {
    ...own,
    platform: 'wecomBot',
    capabilities: weComBotCapabilities,
    textLimit: weComBotTextLimit,
    repeats: true,
  };
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

async function sweeping(answering: Answering, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(sweepEveryMs, signal, { ref: false }).catch(() => {});
    if (!signal.aborted) answering.sweep();
  }
}

function storeOf(path: string, clock: Clock): StreamStore {
  return path === 'memory' ? createMemoryStreamStore() : createFileStreamStore({ path, clock });
}
