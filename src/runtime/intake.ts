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
import { type IntakeLog, intakeLog } from './intake-log.js';
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

interface Context extends IntakeParts {
  readonly log: IntakeLog;
}

/**
 * Decides events and keeps a task for every match. Events of one conversation are kept in the
 * order they came, however long one of them takes to be read.
 */
export function createIntake(parts: IntakeParts): Intake {
  const { rulebook, logger } = parts;
  const context: Context = { ...parts, log: intakeLog(logger) };
  const chains = new Map<string, Promise<void>>();

  const consider = async (
    before: Promise<void> | undefined,
    unread: UnreadEvent,
    needs: ReadonlySet<Need>,
  ) => {
    await before;
    try {
      await keepMatches(context, await readEvent(unread, needs));
    } catch (error) {
      context.log.failed(unread.head.name, error);
    }
  };

  return {
    take: (unread) => {
      const needs = rulebook.ruleSet.screen(unread.head);
      if (needs === undefined) return;
      const key = unread.conversationId;
      const mine = consider(chains.get(key), unread, needs);
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

/** Whatever the platform's answers raise meanwhile is a consequence of ours, not news. */
function readEvent(unread: UnreadEvent, needs: ReadonlySet<Need>): Promise<BotEvent> {
  return needs.size === 0 ? unread.read(needs) : runInTask(() => unread.read(needs));
}

async function keepMatches(context: Context, event: BotEvent): Promise<void> {
  const { rulebook, journal, clock, log } = context;
  const ageMs = clock.now() - (event.message?.payload.timestamp ?? Infinity) * 1000;
  if (ageMs > rulebook.config.maxAgeMs) return log.tooOld(event, ageMs);

  const { matches } = rulebook.ruleSet.decide(event);
  const through: Match[] = [];
  for (const match of matches) {
    if (isFree(context, match) || (await mayGo(context, match, event))) through.push(match);
  }
  if (through.length === 0) return;
  const accepted = await journal.accept(through.map((match) => createTask(event, match)));
  log.accepted(event, through, accepted);
}

/** True for the many rules that nothing holds back, so that they need not wait for an answer. */
function isFree({ rulebook }: Context, { rule }: Match): boolean {
  const { cooldown, limit } = rule.trigger;
  return cooldown === undefined && limit === undefined && !rulebook.isPaused(rule.name);
}

async function mayGo(context: Context, { rule }: Match, event: BotEvent): Promise<boolean> {
  const { rulebook, store, log } = context;
  if (rulebook.isPaused(rule.name)) {
    log.paused(rule.name);
    return false;
  }
  const verdict = await askBudgets(store, rule, event);
  if (verdict.kind === 'through') return true;
  log.silenced(event, rule.name, verdict.by);
  await sayNotice(context, verdict, event);
  return false;
}

/** Never rejects: a notice that cannot be said must not cost the other rules their tasks. */
async function sayNotice({ bots, log }: Context, verdict: Verdict, event: BotEvent): Promise<void> {
  if (verdict.kind === 'through' || verdict.notice === undefined) return;
  const speaker = bots.speaker(event.botId);
  if (speaker === undefined || event.conversation === undefined) return;
  try {
    await speaker.notify(event.conversation, verdict.notice);
  } catch (error) {
    log.notSaid(event, error);
  }
}
