import { hostname } from 'node:os';
import type { Clock } from '../core/clock.js';
import { textOf } from '../core/errors.js';
import type { FileFetcher } from '../core/files.js';
import type { Journal } from '../core/journal.js';
import type { Logger } from '../core/logger.js';
import { createRunner, type Runner } from '../delivery/runner.js';
import { createSender } from '../delivery/send.js';
import { createMemoryJournal } from '../journal/memory-journal.js';
import { createMemoryStore } from '../journal/memory-store.js';
import type { Bots } from './bots.js';
import { createIntake, type Intake } from './intake.js';
import type { Rulebook } from './rulebook.js';

/** What the engine works with. */
export interface EngineParts {
  readonly rulebook: Rulebook;
  readonly bots: Bots;
  readonly files: FileFetcher;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Everything between an event and its reply, once the rules are known. */
export interface Engine {
  readonly intake: Intake;
  readonly journal: Journal;
  readonly runner: Runner;
  /** Waits up to `graceMs` until nothing that was accepted is left to do. */
  settled(graceMs: number): Promise<void>;
  /**
   * Waits up to `graceMs` for what was accepted to be answered, then stops and frees everything.
   */
  close(graceMs: number): Promise<void>;
}

const sweepEveryMs = 10 * 60 * 1000;

/** Builds the engine and starts it. */
export function startEngine(parts: EngineParts): Engine {
  const { rulebook, bots, clock, logger } = parts;
  const { ageMs, tasks } = rulebook.config.journal.retention;
  const journal = createMemoryJournal({ clock, retention: { ageMs, tasks } });
  const store = createMemoryStore({ clock });
  const sender = createSender();
  const intake = createIntake({ rulebook, journal, store, bots, clock, logger });
  const runner = createRunner({
    journal,
    rules: (name) => rulebook.rule(name),
    speakers: (botId) => bots.speaker(botId),
    bots: () => bots.ids(),
    sender,
    clock,
    logger,
    onPause: (name) => rulebook.pause(name),
    owner: `${hostname()}/${process.pid}`,
  });
  runner.start();
  const sweeping = setInterval(() => void sweep(journal, logger), sweepEveryMs).unref();
  const settled = async (graceMs: number) => {
    const deadline = clock.now() + graceMs;
    await intake.idle();
    await untilEmpty(journal, clock, deadline);
  };
  const close = async (graceMs: number) => {
    const deadline = clock.now() + graceMs;
    clearInterval(sweeping);
    await settled(graceMs);
    await runner.drain(Math.max(0, deadline - clock.now()));
    sender.close();
    rulebook.close();
    await Promise.all([journal.close(), store.close()]);
  };
  return { intake, journal, runner, settled, close };
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

/** Waits until nothing is waiting or running: what a journal in memory holds ends with it. */
async function untilEmpty(journal: Journal, clock: Clock, deadline: number): Promise<void> {
  for (;;) {
    const { counts } = await journal.stats();
    if (counts.waiting + counts.running === 0 || clock.now() >= deadline) return;
    await clock.sleep(20);
  }
}
