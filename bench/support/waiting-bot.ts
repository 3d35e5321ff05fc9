import { join } from 'node:path';
import { WechatyBuilder } from 'wechaty';
import type { Puppet } from 'wechaty-puppet';
import { systemClock } from '../../src/core/clock.js';
import { silentLogger } from '../../src/core/logger.js';
import { noMetrics } from '../../src/core/metrics.js';
import { puppetExtras } from '../../src/core/puppet-extras.js';
import { noWitness } from '../../src/core/witness.js';
import { createFileFetcher } from '../../src/delivery/fetch-file.js';
import { createMemoryStore } from '../../src/journal/memory-store.js';
import { createSqliteJournal } from '../../src/journal/open-sqlite.js';
import { attachBot } from '../../src/runtime/attach-bot.js';
import { createBots } from '../../src/runtime/bots.js';
import { createBotBoard } from '../../src/runtime/console/bot-board.js';
import { createEchoes } from '../../src/runtime/echoes.js';
import { createIntake } from '../../src/runtime/intake.js';
import { createOwnBots } from '../../src/runtime/own-bots.js';
import { createPuppets } from '../../src/runtime/puppets.js';
import { openRulebook } from '../../src/runtime/rulebook.js';
import { serveWebhooks } from '../../src/serve-webhooks.js';

/** A bot that hears by webhook, keeps what its rule wants, and delivers nothing. */
export interface WaitingBot {
  readonly port: number;
  stop(): Promise<void>;
}

/** The text that its rule wants. */
export const wantedText = '今天天气不错，我们下午去公园走走吧';

/** Starts it; its journal is a file in `folder`, as durable as can be. */
export async function startWaitingBot(puppet: Puppet, folder: string): Promise<WaitingBot> {
  const rulebook = await openRulebook(
    {
      rules: [{ name: 'subscribe', keywords: ['公园'], callback: { url: 'http://127.0.0.1:9/' } }],
      loopLimit: false,
    },
    {
      logger: silentLogger,
      signal: new AbortController().signal,
      onBroken: () => {},
      onRules: () => {},
    },
  );
  if (rulebook === undefined) throw new Error('no rules');
  const journal = await createSqliteJournal({ file: join(folder, 'callback.db') });
  const clock = systemClock;
  const logger = silentLogger;
  const bots = createBots(() => {});
  const echoes = createEchoes(clock);
  const intake = createIntake({
    rulebook,
    journal,
    store: createMemoryStore({ clock }),
    bots,
    echoes,
    clock,
    logger,
    metrics: noMetrics,
    witness: noWitness,
    alerts: { raise: () => {}, clear: () => {} },
  });
  const bot = WechatyBuilder.build({ puppet });
  attachBot(bot, {
    bots,
    ownBots: createOwnBots(),
    echoes,
    files: createFileFetcher(),
    clock,
    logger,
    puppets: createPuppets(),
    board: createBotBoard(clock),
    handle: (heard) => intake.take(heard),
    judge: () => Promise.resolve(undefined),
    pooled: () => 10_000,
  });
  // As the plugin does: it is alone, and need not wait to be told.
  puppetExtras(puppet).share?.(undefined);
  await bot.start();
  const server = await serveWebhooks([puppet], { port: 0 });
  return {
    port: Number(new URL(server.origin).port),
    stop: async () => {
      await server.close();
      await bot.stop();
      await journal.close();
    },
  };
}
