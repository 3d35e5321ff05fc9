import { LRUCache } from 'lru-cache';
import type { AlertPort } from '../core/alert.js';
import type { Clock } from '../core/clock.js';
import type { BotEvent } from '../core/event.js';
import type { Budget } from '../core/store.js';
import type { IntakeLog } from './intake-log.js';
import { restOverText, restText } from './loop-text.js';

/** What a loop guard works with. */
export interface LoopGuardParts {
  /** `loopLimit` as it is now. */
  readonly limit: () => Budget | false;
  readonly clock: Clock;
  readonly log: Pick<IntakeLog, 'rests' | 'restOver'>;
  readonly alerts: Pick<AlertPort, 'raise' | 'clear'>;
}

/** Ends talks that bots would carry on for ever. */
export interface LoopGuard {
  /**
   * Counts an event that would be answered. False: its talker rests in this chat, because more than
   * `loopLimit` came from there; it rests until fewer come. An event that arrives twice is counted
   * once. True for events that belong to no chat.
   */
  admits(event: BotEvent): boolean;
  /** Waits for nothing any more. */
  close(): void;
}

/** A talker in a chat, of one bot. */
interface Talker {
  /** The latest events, the oldest first; never more than the limit. `at` is on the monotonic clock. */
  recent: readonly { readonly id: string; readonly at: number; readonly isAdmitted: boolean }[];
  isResting: boolean;
}

/** Bounds the memory: whoever was silent for the longest time is forgotten first. */
const maxTalkers = 10_000;

/** Knows no talker yet. */
export function createLoopGuard(parts: LoopGuardParts): LoopGuard {
  const { limit, clock } = parts;
  const talkers = new LRUCache<string, Talker>({ max: maxTalkers });
  const closing = new AbortController();
  const inForce = (talker: Talker, { everyMs, count }: Budget) => {
    const since = clock.monotonic() - everyMs;
    talker.recent = talker.recent.filter(({ at }) => at > since).slice(-count);
    return talker.recent;
  };
  const rest = async (talker: Talker, event: BotEvent) => {
    for (;;) {
      const budget = limit();
      const recent = budget === false ? [] : inForce(talker, budget);
      const [oldest] = recent;
      if (budget === false || oldest === undefined || recent.length < budget.count) break;
      const leftMs = Math.max(1, oldest.at + budget.everyMs - clock.monotonic());
      await clock.sleep(leftMs, closing.signal, { ref: false });
    }
    talker.isResting = false;
    parts.log.restOver(event);
    parts.alerts.clear({ ...subjectOf(event), text: restOverText(event) });
  };
  const begin = (talker: Talker, event: BotEvent, budget: Budget) => {
    talker.isResting = true;
    parts.log.rests(event, budget);
    parts.alerts.raise(stateOf(event, budget));
    // Rejects when the guard is closed.
    rest(talker, event).catch(() => {});
  };
  return {
    admits: (event) => {
      const budget = limit();
      if (budget === false || event.conversation === undefined) return true;
      const key = keyOf(event);
      const talker = talkers.get(key) ?? { recent: [], isResting: false };
      talkers.set(key, talker);
      const recent = inForce(talker, budget);
      const known = recent.find(({ id }) => id === event.id);
      if (known !== undefined) return known.isAdmitted;
      const isAdmitted = recent.length < budget.count;
      talker.recent = [...recent, { id: event.id, at: clock.monotonic(), isAdmitted }];
      if (!isAdmitted && !talker.isResting) begin(talker, event, budget);
      return isAdmitted;
    },
    close: () => closing.abort(),
  };
}

function keyOf({ botId, conversation, user }: BotEvent): string {
  return JSON.stringify([botId, conversation?.kind, conversation?.id, user.id]);
}

function subjectOf({ botId, conversation, user }: BotEvent) {
  return { kind: 'loop' as const, subject: `${botId} ${conversation?.id ?? ''} ${user.id}` };
}

function stateOf(event: BotEvent, { count, everyMs }: Budget) {
  const { botId, conversation, user, platform } = event;
  const chat = conversation?.id ?? '';
  const details = { botId, userId: user.id, conversation: chat, platform, count, everyMs };
  return { ...subjectOf(event), text: restText(event, { count, everyMs }), details };
}
