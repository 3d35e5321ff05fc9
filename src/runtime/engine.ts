import { hostname } from 'node:os';
import type { Clock } from '../core/clock.js';
import { textOf } from '../core/errors.js';
import type { Journal } from '../core/journal.js';
import type { Logger } from '../core/logger.js';
import type { Metrics } from '../core/metrics.js';
import { runnerConcurrency } from '../delivery/receivers/runner-concurrency.js';
import { createRunner, type Runner } from '../delivery/runner.js';
import { createSender } from '../delivery/send.js';
import type { Bots } from './bots.js';
import type { Echoes } from './echoes.js';
import { createIntake, type Intake } from './intake.js';
import { createJudge, type Judge } from './judge.js';
import { measureJournal } from './measure-journal.js';
import { openJournal } from './open-journal.js';
import type { Rulebook } from './rulebook.js';
import { untilSettled } from './until-settled.js';

/** What the engine works with. */
export interface EngineParts {
  readonly rulebook: Rulebook;
  readonly bots: Bots;
  readonly echoes: Echoes;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Everything between an event and its reply, once the rules are known. */
export interface Engine {
  readonly intake: Intake;
  readonly judge: Judge;
  readonly journal: Journal;
  readonly runner: Runner;
  /**
   * Waits until what was accepted is done as far as it can be now, at most until `deadline` (ms
   * since 1970). With `botId` only what that bot has to do counts. Never rejects.
   */
  settled(deadline: number, botId?: string): Promise<void>;
  /**
   * Stops and frees everything, at `deadline` at the latest; a reply that is just being said is
   * waited for a few seconds longer.
   */
  close(deadline: number): Promise<void>;
}

const sweepEveryMs = 10 * 60 * 1000;

/** Opens the journal, builds the engine and starts it. */
export async function startEngine(parts: EngineParts): Promise<Engine> {
  const { rulebook, bots, echoes, clock, logger, metrics } = parts;
  const { config, directory } = rulebook;
  const opened = await openJournal(config.journal, { directory, clock, logger });
  const journal = measureJournal(opened.journal, metrics);
  const { store } = opened;
  const sender = createSender();
  const intake = createIntake({ rulebook, journal, store, bots, echoes, clock, logger, metrics });
  const judge = createJudge({ rulebook, sender, clock, logger, metrics });
  const runner = createRunner({
    journal,
    rules: (name) => rulebook.rule(name),
    speakers: (botId) => bots.speaker(botId),
    bots: () => bots.ids(),
    sender,
    limits: (origin) => rulebook.config.receivers[origin],
    concurrency: runnerConcurrency(rulebook.config.receivers),
    clock,
    logger,
    onPause: (name) => rulebook.pause(name),
    owner: `${hostname()}/${process.pid}`,
  });
  runner.start();
  const sweeping = setInterval(() => void sweep(journal, logger), sweepEveryMs).unref();
  const settled = (deadline: number, botId?: string) =>
    untilSettled({ intake, journal, bots, clock }, deadline, botId);
  const close = async (deadline: number) => {
    clearInterval(sweeping);
    await settled(deadline);
    await runner.drain(Math.max(0, deadline - clock.now()));
    sender.close();
    rulebook.close();
    await Promise.all([journal.close(), store.close()]);
  };
  return { intake, judge, journal, runner, settled, close };
}

/** Deletes settled tasks past their retention. */
async function sweep(journal: Journal, logger: Logger): Promise<void> {
  try {
    await journal.sweep();
  } catch (error) {
    logger.warn({
      en: `Old tasks could not be deleted: ${textOf(error).en}`,
      zh: `无法清理旧任务：${textOf(error).zh}`,
    });
  }
}
