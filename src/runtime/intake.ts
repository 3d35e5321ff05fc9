import type { Acceptance } from '../core/acceptance.js';
import type { AlertPort } from '../core/alert.js';
import type { Clock } from '../core/clock.js';
import type { BotEvent, Need } from '../core/event.js';
import type { Journal } from '../core/journal.js';
import type { Logger } from '../core/logger.js';
import type { Metrics } from '../core/metrics.js';
import type { Store } from '../core/store.js';
import { runInTask } from '../core/task-scope.js';
import type { EventOutcome, Witness } from '../core/witness.js';
import { createTask } from '../delivery/create-task.js';
import type { RuleSet } from '../rules/rule-set.js';
import type { Bots } from './bots.js';
import { commandOn } from './command-on.js';
import type { Echoes } from './echoes.js';
import { createEventOrder } from './event-order.js';
import type { HeardEvent } from './heard-event.js';
import { type IntakeLog, intakeLog } from './intake-log.js';
import { createLoopGuard, type LoopGuard } from './loop-guard.js';
import type { OpenedJournal } from './open-journal.js';
import type { Rulebook } from './rulebook.js';
import { allowed, withoutLoops } from './silencing.js';

/** What the intake works with. */
export interface IntakeParts {
  readonly rulebook: Rulebook;
  readonly journal: Journal;
  /** Why what comes again must not be kept now; `undefined` when it can be. */
  readonly fault?: OpenedJournal['fault'];
  readonly store: Store;
  readonly bots: Bots;
  readonly echoes: Echoes;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly witness: Witness;
  /** Told of talkers that rest. */
  readonly alerts: Pick<AlertPort, 'raise' | 'clear'>;
}

/** From an event to the tasks that are kept for it. */
export interface Intake {
  /**
   * Takes one event; answers at once when no rule can want it. Never throws. Its puppet is told
   * when its tasks are kept, or that there are none.
   */
  take(heard: HeardEvent): void;
  /** Resolves when everything taken so far is decided and kept. */
  idle(): Promise<void>;
  /** Frees what it holds; takes nothing any more. */
  close(): void;
}

interface Context extends IntakeParts {
  readonly log: IntakeLog;
  readonly loops: LoopGuard;
}

/** One event on its way, with the rules as they were when it arrived. */
interface Taken extends HeardEvent {
  readonly ruleSet: RuleSet;
  readonly needs: ReadonlySet<Need>;
}

/**
 * Decides events and keeps a task for every match. All are read at once; those of one sequence are
 * kept in the order in which they came, but for those for which something must be looked up for long:
 * these are passed by those that need nothing.
 */
export function createIntake(parts: IntakeParts): Intake {
  const { rulebook, metrics } = parts;
  const context = contextOf(parts);
  const order = createEventOrder({ clock: parts.clock });
  const underWay = new Set<Promise<void>>();

  const consider = async (taken: Taken, reading: BotEvent | Promise<BotEvent>) => {
    try {
      taken.tell(await keepMatches(context, taken, await reading));
    } catch (error) {
      taken.tell({ kind: 'failed' });
      metrics.dropped('failed');
      context.log.failed(taken.unread.head.name, error);
    }
  };
  const begin = (taken: Taken) => {
    const reading = readEvent(taken);
    const { sequence } = taken.unread;
    const mine = order.take(sequence, reading, () => consider(taken, reading));
    underWay.add(mine);
    void mine.finally(() => underWay.delete(mine));
  };

  return {
    take: (heard) => {
      const { unread, tell } = heard;
      try {
        metrics.heard(unread.head.name);
        const { ruleSet } = rulebook;
        const needs = ruleSet.screen(unread.head);
        if (needs !== undefined) return begin({ ...heard, ruleSet, needs });
        tell(ignored);
        parts.witness.passedBy(unread);
        if (rulebook.config.log.level === 'debug') context.log.unmatched(unread.head);
      } catch (error) {
        tell({ kind: 'failed' });
        metrics.dropped('failed');
        context.log.failed(unread.head.name, error);
      }
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: () => context.loops.close(),
  };
}

function contextOf(parts: IntakeParts): Context {
  const { rulebook, logger, clock, alerts } = parts;
  const log = intakeLog(logger, commandOn('explain', rulebook.file));
  const limit = () => rulebook.config.loopLimit;
  return { ...parts, log, loops: createLoopGuard({ limit, clock, log, alerts }) };
}

const ignored: Acceptance = { kind: 'ignored' };

/** Whatever the platform's answers raise meanwhile is a consequence of ours, not news. */
function readEvent({ unread, needs }: Taken): BotEvent | Promise<BotEvent> {
  return runInTask(() => unread.read(needs));
}

async function keepMatches(context: Context, taken: Taken, event: BotEvent): Promise<Acceptance> {
  const { witness } = context;
  const outcome = { fate: 'failed' as const, rules: [], silenced: [], tasks: [] };
  const seen = { event, outcome };
  try {
    return await decideAndKeep(context, taken, seen);
  } finally {
    witness.decided(event, taken.needs, seen.outcome);
  }
}

/** An event, and what has come of it so far. */
interface Seen {
  readonly event: BotEvent;
  outcome: EventOutcome;
}

async function decideAndKeep(context: Context, taken: Taken, seen: Seen): Promise<Acceptance> {
  const { journal, log, metrics } = context;
  const { event } = seen;
  const note = (outcome: Partial<EventOutcome>) => {
    seen.outcome = { ...seen.outcome, ...outcome };
  };
  const stale = staleness(context, taken, event);
  if (stale !== undefined) {
    note({ fate: stale });
    return ignored;
  }
  if (context.rulebook.config.log.level === 'debug') log.saw(event);
  const { matches } = taken.ruleSet.decide(event);
  if (matches.length === 0) {
    note({ fate: 'unmatched' });
    log.unmatched(taken.unread.head);
    return ignored;
  }
  const fault = taken.comesAgain ? context.fault?.() : undefined;
  // Before anything counts: the event comes once more.
  if (fault !== undefined) throw fault;
  for (const { rule } of matches) metrics.matched(rule.name);
  note({ rules: matches.map(({ rule }) => rule.name) });
  const { rest, looping } = withoutLoops(context, matches, event);
  const { through, silenced } = await allowed(context, rest, event);
  note({ silenced: [...looping, ...silenced] });
  if (through.length === 0) {
    note({ fate: 'silenced' });
    return ignored;
  }
  const accepted = await journal.accept(through.map((match) => createTask(event, match)));
  note({ fate: 'matched', tasks: accepted.map(({ id }) => id) });
  log.accepted(event, through, accepted);
  const speaking = through.flatMap(({ rule }, index) =>
    rule.reply.speak ? [accepted[index]] : [],
  );
  // Tasks that are known already have ended, or have been told of before.
  const tasks = speaking.flatMap((one) => (one?.kind === 'new' ? [one.id] : []));
  return { kind: 'accepted', speaks: speaking.length > 0, tasks };
}

/** Why it is no news: an old message of a live account, or the bot's own words. */
function staleness(
  context: Context,
  taken: Taken,
  event: BotEvent,
): 'too-old' | 'echo' | undefined {
  const { rulebook, echoes, log, metrics } = context;
  const ageMs = event.at - (event.message?.payload.timestamp ?? Infinity) * 1000;
  const isOld = ageMs > rulebook.config.maxAgeMs && !taken.repeatsById;
  if (isOld) log.tooOld(event, ageMs);
  const isEcho = !isOld && echoes.isEcho(event);
  if (!isOld && !isEcho) return undefined;
  const reason = isOld ? 'too-old' : 'echo';
  metrics.dropped(reason);
  return reason;
}
