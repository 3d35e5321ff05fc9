import type { Clock } from '../core/clock.js';
import type { Match } from '../core/decision.js';
import type { BotEvent, Need } from '../core/event.js';
import type { Journal } from '../core/journal.js';
import type { Logger } from '../core/logger.js';
import type { Store } from '../core/store.js';
import { runInTask } from '../core/task-scope.js';
import { createTask } from '../delivery/create-task.js';
import type { UnreadEvent } from '../events/unread-event.js';
import type { Bots } from './bots.js';
import { askBudgets, type Verdict } from './budgets.js';
import { intakeLog } from './intake-log.js';
import type { Rulebook } from './rulebook.js';

/** What the intake works with. */
export interface IntakeParts {
  readonly rulebook: Rulebook;
  readonly journal: Journal;
  readonly store: Store;
  readonly bots: Bots;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** From an event to the tasks that are kept for it. */
export interface Intake {
  /** Takes one event; answers at once when no rule can want it. Never throws. */
  take(event: UnreadEvent): void;
  /** Resolves when everything taken so far is decided and kept. */
  idle(): Promise<void>;
}

/**
 * Decides events and keeps a task for every match. Events of one conversation are kept in the
 * order they came, however long one of them takes to be read.
 */
export function createIntake(parts: IntakeParts): Intake {
  const { rulebook } = parts;
  const log = intakeLog(parts.logger);
  const chains = new Map<string, Promise<void>>();

  const consider = async (unread: UnreadEvent, needs: ReadonlySet<Need>) => {
    try {
      const event = await runInTask(async () => await unread.read(needs));
      await keepMatches(parts, event);
    } catch (error) {
      log.failed(unread.head.name, error);
    }
  };

  const inTurn = async (before: Promise<void>, unread: UnreadEvent, needs: ReadonlySet<Need>) => {
    await before;
    await consider(unread, needs);
  };

  return {
    take: (unread) => {
      const needs = rulebook.ruleSet.screen(unread.head);
      if (needs === undefined) return;
      const key = unread.conversationId;
      const before = chains.get(key) ?? Promise.resolve();
      const mine = inTurn(before, unread, needs);
      chains.set(key, mine);
      void mine.finally(() => {
        if (chains.get(key) === mine) chains.delete(key);
      });
    },
    idle: async () => {
      while (chains.size > 0) await Promise.all(chains.values());
    },
  };
}

async function keepMatches(parts: IntakeParts, event: BotEvent): Promise<void> {
  const { rulebook, journal, clock, logger } = parts;
  const log = intakeLog(logger);
  const ageMs = clock.now() - (event.message?.payload.timestamp ?? Infinity) * 1000;
  if (ageMs > rulebook.config.maxAgeMs) return log.tooOld(event, ageMs);

  const { matches } = rulebook.ruleSet.decide(event);
  const through: Match[] = [];
  for (const match of matches) if (await mayGo(parts, match, event)) through.push(match);
  if (through.length === 0) return;
  const accepted = await journal.accept(through.map((match) => createTask(event, match)));
  log.accepted(event, through, accepted);
}

async function mayGo(parts: IntakeParts, { rule }: Match, event: BotEvent): Promise<boolean> {
  const log = intakeLog(parts.logger);
  if (parts.rulebook.isPaused(rule.name)) {
    log.paused(event, rule.name);
    return false;
  }
  const verdict = await askBudgets(parts.store, rule, event);
  if (verdict.kind === 'through') return true;
  log.silenced(event, rule.name, verdict.by);
  await sayNotice(parts, verdict, event);
  return false;
}

async function sayNotice(parts: IntakeParts, verdict: Verdict, event: BotEvent): Promise<void> {
  if (verdict.kind === 'through' || verdict.notice === undefined) return;
  const speaker = parts.bots.speaker(event.botId);
  if (speaker === undefined || event.conversation === undefined) return;
  await speaker.notify(event.conversation, verdict.notice);
}
