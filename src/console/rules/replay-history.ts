import { takeTurns } from '../../core/take-turns.js';
import { EventView } from '../../rules/event-view.js';
import type { RuleSet } from '../../rules/rule-set.js';
import type { Replayed } from '../api/contract.js';
import type { History } from '../observe/history.js';
import type { SeenEvent } from '../observe/seen-event.js';

/** Events that are decided again at most: the newest. */
const maxEvents = 2000;
const maxSamples = 20;

/** What other rules would have said of the remembered events. */
export async function replayHistory(
  history: History,
  before: RuleSet,
  after: RuleSet,
): Promise<Replayed> {
  const samples: Replayed['samples'][number][] = [];
  let [events, different, uncertain] = [0, 0, 0];
  const turn = takeTurns();
  for (const seen of history.newest()) {
    if (events >= maxEvents) break;
    // Without its text nothing can be said of it.
    if (seen.isBlank) continue;
    events += 1;
    const [old, fresh] = [namesOf(before, seen), namesOf(after, seen)];
    if (old.join('\n') !== fresh.join('\n')) {
      different += 1;
      if (samples.length < maxSamples) {
        samples.push({ event: String(seen.seq), at: seen.event.at, before: old, after: fresh });
      }
    } else if (isUncertain(after, seen)) uncertain += 1;
    await turn();
  }
  return { events, different, uncertain, samples };
}

function namesOf(rules: RuleSet, { event }: SeenEvent): readonly string[] {
  return rules.decide(event).matches.map(({ rule }) => rule.name);
}

/** The rules look at something that was not read when the event came. */
function isUncertain(rules: RuleSet, { event, unread }: SeenEvent): boolean {
  if (unread.size === 0) return false;
  const needs = rules.screen(new EventView(event).head) ?? new Set();
  return [...needs].some((need) => unread.has(need));
}
