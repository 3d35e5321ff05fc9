import type { WechatyInterface } from 'wechaty/impls';
import { systemClock } from '../../src/core/clock.js';
import { silentLogger } from '../../src/core/logger.js';
import { noMetrics } from '../../src/core/metrics.js';
import { noWitness } from '../../src/core/witness.js';
import { createFileFetcher } from '../../src/delivery/fetch-file.js';
import { createMemoryStore } from '../../src/journal/memory-store.js';
import { createSqliteJournal } from '../../src/journal/open-sqlite.js';
import { attachBot } from '../../src/runtime/attach-bot.js';
import { createBots } from '../../src/runtime/bots.js';
import { createBotBoard } from '../../src/runtime/console/bot-board.js';
import { createEchoes } from '../../src/runtime/echoes.js';
import { createIntake } from '../../src/runtime/intake.js';
import { createPuppets } from '../../src/runtime/puppets.js';
import { openRulebook } from '../../src/runtime/rulebook.js';

/** All of the program between a bot and its journal; tasks are kept, and never delivered. */
export interface HoldingIntake {
  attach(bot: WechatyInterface): void;
  close(): Promise<void>;
}

/**
 * Starts one.
 *
 * @param file of the journal
 * @param keyword of the one rule
 */
export async function startHoldingIntake(file: string, keyword: string): Promise<HoldingIntake> {
  const logger = silentLogger;
  const clock = systemClock;
  const rulebook = await openRulebook(
    { rules: [{ name: 'all', keywords: [keyword], callback: { url: 'http://127.0.0.1:9/' } }] },
    { logger, signal: new AbortController().signal, onBroken: () => {}, onRules: () => {} },
  );
  if (rulebook === undefined) throw new Error('no rules');
  const journal = await createSqliteJournal({ file });
  const bots = createBots(() => {});
  const echoes = createEchoes(clock);
  const store = createMemoryStore({ clock });
  const intake = createIntake({
    rulebook,
    journal,
    store,
    bots,
    echoes,
    clock,
    logger,
    metrics: noMetrics,
    witness: noWitness,
  });
  return {
    attach: (bot) =>
      void attachBot(bot, {
        bots,
        echoes,
        files: createFileFetcher(),
        clock,
        logger,
        puppets: createPuppets(),
        board: createBotBoard(clock),
        handle: (heard) => intake.take(heard),
        judge: () => Promise.resolve(undefined),
      }),
    close: () => journal.close(),
  };
}
