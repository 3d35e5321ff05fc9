import type { BotEvent, Need } from '../../core/event.js';
import { shortened } from '../../core/remembered.js';
import { runInTask } from '../../core/task-scope.js';
import type { EventOutcome, PassedBy, Witness } from '../../core/witness.js';
import { eventRow } from './event-row.js';
import type { Feed } from './feed.js';
import type { History, HistoryLimits } from './history.js';
import type { Minutes } from './minutes.js';
import type { RuleStats } from './rule-stats.js';
import { blanked, completed, unreadOf } from './seen-event.js';

/** Where events go. */
export interface WitnessParts {
  /** `undefined`: events are not remembered. */
  readonly limits: () => HistoryLimits | undefined;
  /** Text is not shown in lists. */
  readonly isPrivate: () => boolean;
  readonly history: History;
  readonly feed: Feed;
  readonly minutes: Minutes;
  readonly stats: RuleStats;
}

/** Events that are being read beyond what rules need; more are not remembered. */
const maxReading = 200;
const nothing: ReadonlySet<Need> = new Set();
const unmatched: EventOutcome = { fate: 'unmatched', rules: [], silenced: [], tasks: [] };

/** Whether somebody said something; what the bot says itself is no news. */
function isNews({ name, isSelf }: Pick<BotEvent, 'name' | 'isSelf'>): boolean {
  return name === 'message' && !isSelf;
}

/** Whose an event is, and whom it quotes. */
function peopleOf({ user, message }: BotEvent): readonly string[] {
  const quotedId = message?.quoted?.userId;
  return quotedId === undefined ? [user.id] : [user.id, quotedId];
}

/** Remembers events, counts them, and tells them to whoever follows. */
export function createWitness(parts: WitnessParts): Witness {
  const { limits, isPrivate, history, feed, minutes, stats } = parts;
  let seq = 0;
  const remember = (found: BotEvent, read: ReadonlySet<Need>, outcome: EventOutcome) => {
    seq += 1;
    // Who looks on has no use for what an event tells of a person.
    const { personal: _personal, ...event } = found;
    const unread = unreadOf(event, read);
    const { value: short, cutFrom } = shortened(completed(event));
    const cut = cutFrom === undefined ? {} : { cutFrom };
    const whole = { seq, event: short, unread, outcome, isBlank: false, ...cut };
    const kept = limits();
    // What its sender wants gone is not remembered in the first place.
    const isWanted =
      event.keepMs === undefined && (outcome.rules.length > 0 || kept?.unmatched === true);
    const seen = isWanted ? whole : blanked(whole);
    if (kept !== undefined) history.add(seen);
    const withText = !isPrivate() && kept?.textMs !== 0;
    feed.publish({ kind: 'event', event: eventRow(seen, withText) }, ...peopleOf(event));
  };
  let reading = 0;
  const readAndRemember = async (unread: PassedBy) => {
    reading += 1;
    try {
      // Nothing is asked of the platform; what that raises all the same is a consequence of ours.
      remember(await runInTask(() => unread.read(undefined)), nothing, unmatched);
    } catch {
      // An event that nobody wanted and that cannot be read is no loss.
    } finally {
      reading -= 1;
    }
  };
  return {
    passedBy: (unread) => {
      if (isNews(unread.head)) minutes.count('messages');
      if (limits() !== undefined && reading < maxReading) void readAndRemember(unread);
    },
    decided: (event, read, outcome) => {
      if (isNews(event)) minutes.count('messages');
      for (const rule of outcome.rules) stats.hit(rule);
      remember(event, read, outcome);
    },
  };
}
