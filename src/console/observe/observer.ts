import type { Clock } from '../../core/clock.js';
import type { BotEvent, Need } from '../../core/event.js';
import type { Journal } from '../../core/journal.js';
import { runInTask } from '../../core/task-scope.js';
import type { EventOutcome, Witness } from '../../core/witness.js';
import { type Calls, createCalls, type SeenCall } from './calls.js';
import { eventRow } from './event-row.js';
import { createFeed, type Feed } from './feed.js';
import { createHistory, type History, type HistoryLimits } from './history.js';
import { createMinutes, type Minutes } from './minutes.js';
import { createReceiverTimes, type ReceiverTimes } from './receiver-times.js';
import { createRuleStats, type RuleStats } from './rule-stats.js';
import { completed, unreadOf } from './seen-event.js';
import { taskNews } from './task-news.js';
import type { ReasonText } from './task-row.js';
import { watchJournal } from './watch-journal.js';

/** Looks on while the program works, and remembers what the console shows. All in memory, bounded. */
export interface Observer {
  readonly witness: Witness;
  /** The same journal, looked at. */
  watch(journal: Journal): Journal;
  /** A call was made. */
  called(call: SeenCall): void;
  /** Absent with `console.history: false`. */
  readonly history: History | undefined;
  readonly feed: Feed;
  readonly minutes: Minutes;
  readonly stats: RuleStats;
  readonly calls: Calls;
  readonly times: ReceiverTimes;
  /** When a bot last said something, in ms since 1970. */
  lastSaidAt(botId: string): number | undefined;
}

/** How an observer looks on. Settings are asked for each time: they may change. */
export interface ObserverOptions {
  readonly clock: Clock;
  /** `undefined`: events are not remembered. */
  readonly limits: () => HistoryLimits | undefined;
  /** Text is not shown in lists. */
  readonly isPrivate: () => boolean;
  readonly reasonText: ReasonText;
}

/** Events that are being read beyond what rules need; more are not remembered. */
const maxReading = 200;
const nothing: ReadonlySet<Need> = new Set();
const passedBy: EventOutcome = { fate: 'unmatched', rules: [], silenced: [], tasks: [] };

/** Begins to look on. */
export function createObserver(options: ObserverOptions): Observer {
  const { clock, limits, isPrivate } = options;
  const now = () => clock.now();
  const history = createHistory(() => limits() ?? { events: 0, ageMs: 0, textMs: 0 }, now);
  const feed = createFeed(now);
  const minutes = createMinutes(now);
  const stats = createRuleStats(now);
  const calls = createCalls();
  const times = createReceiverTimes(now);
  const lastSaid = new Map<string, number>();
  let seq = 0;
  const remember = (event: BotEvent, read: ReadonlySet<Need>, outcome: EventOutcome) => {
    seq += 1;
    const seen = {
      seq,
      event: completed(event),
      unread: unreadOf(event, read),
      outcome,
      isBlank: false,
    };
    const kept = limits();
    if (kept !== undefined) history.add(seen);
    feed.publish(
      { kind: 'event', event: eventRow(seen, !isPrivate() && (kept?.textMs ?? 1) > 0) },
      event.user.id,
    );
  };
  let reading = 0;
  const witness: Witness = {
    passedBy: (unread) => {
      if (unread.head.name === 'message') minutes.count('messages');
      if (limits() === undefined || reading >= maxReading) return;
      reading += 1;
      // Nothing is asked of the platform; what that raises all the same is a consequence of ours.
      void runInTask(() => unread.read(nothing))
        .then((event) => remember(event, nothing, passedBy))
        .catch(() => {})
        .finally(() => {
          reading -= 1;
        });
    },
    decided: (event, read, outcome) => {
      if (event.name === 'message') minutes.count('messages');
      for (const rule of outcome.rules) stats.hit(rule);
      remember(event, read, outcome);
    },
  };
  const news = taskNews({ ...options, feed, minutes, stats, calls, history, lastSaid });
  return {
    witness,
    watch: (journal) => watchJournal(journal, news),
    called: (call) => {
      calls.add(call);
      const { status = 0 } = call.response;
      times.note(call.origin, call.durationMs, status < 200 || status > 299);
    },
    get history() {
      return limits() === undefined ? undefined : history;
    },
    feed,
    minutes,
    stats,
    calls,
    times,
    lastSaidAt: (botId) => lastSaid.get(botId),
  };
}
