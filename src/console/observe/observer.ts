import type { Clock } from '../../core/clock.js';
import type { Journal } from '../../core/journal.js';
import type { PersonalData } from '../../core/personal-records.js';
import type { Witness } from '../../core/witness.js';
import { type Calls, createCalls, type SeenCall } from './calls.js';
import { createWitness } from './create-witness.js';
import { createFeed, type Feed } from './feed.js';
import { createHistory, type History, type HistoryLimits } from './history.js';
import { historyData } from './history-data.js';
import { createMinutes, type Minutes } from './minutes.js';
import { createReceiverTimes, type ReceiverTimes } from './receiver-times.js';
import { createRuleStats, type RuleStats } from './rule-stats.js';
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
  /** What is remembered of people. */
  personal(): PersonalData;
  /** When a bot last said something, in ms since 1970. */
  lastSaidAt(botId: string): number | undefined;
}

/** How an observer looks on. Settings are asked for each time: they may change. */
export interface ObserverOptions {
  readonly clock: Clock;
  /** `undefined`: events are not remembered. Of memory, half of `bytes` is theirs. */
  readonly limits: () => Omit<HistoryLimits, 'bytes'> | undefined;
  /** How much memory all of it may take. */
  readonly bytes: () => number;
  /** Text is not shown in lists. */
  readonly isPrivate: () => boolean;
  readonly reasonText: ReasonText;
}

/** Begins to look on. */
export function createObserver(options: ObserverOptions): Observer {
  const { clock, bytes } = options;
  const now = () => clock.now();
  const limits = () => {
    const wanted = options.limits();
    return wanted && { ...wanted, bytes: bytes() / 2 };
  };
  const history = createHistory(() => limits() ?? nothingKept, now);
  const feed = createFeed(now, () => bytes() / 4, now() * 1000);
  const minutes = createMinutes(now);
  const stats = createRuleStats(now);
  const calls = createCalls(() => bytes() / 4);
  const times = createReceiverTimes(now);
  const lastSaid = new Map<string, number>();
  const news = taskNews({ ...options, feed, minutes, stats, calls, history, lastSaid });
  const remembered = () => (limits() === undefined ? undefined : history);
  return {
    witness: createWitness({ ...options, limits, history, feed, minutes, stats }),
    watch: (journal) => watchJournal(journal, news),
    called: (call) => {
      calls.add(call);
      const { status = 0 } = call.response;
      times.note(call.origin, call.durationMs, status < 200 || status > 299);
    },
    get history() {
      return remembered();
    },
    feed,
    minutes,
    stats,
    calls,
    times,
    personal: () => historyData(remembered(), news),
    lastSaidAt: (botId) => lastSaid.get(botId),
  };
}

const nothingKept: HistoryLimits = { events: 0, ageMs: 0, textMs: 0, bytes: 0, unmatched: false };
