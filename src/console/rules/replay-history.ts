import type { AsWritten } from '../../config/as-written.js';
import { takeTurns } from '../../core/take-turns.js';
import type { RuleSet } from '../../rules/rule-set.js';
import type { Replayed } from '../api/contract.js';
import type { History } from '../observe/history.js';
import type { SeenEvent } from '../observe/seen-event.js';
import { missingNeeds } from './missing-needs.js';

/** Rules, and how they are called where they are shown. */
export interface ShownRules {
  readonly ruleSet: RuleSet;
  readonly asWritten: AsWritten;
}

/** Events that are decided again at most: the newest. */
const maxEvents = 2000;
const maxSamples = 20;

/** What other rules would have said of the remembered events. */
export async function replayHistory(
  history: History,
  before: ShownRules,
  after: ShownRules,
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
        samples.push({
          event: String(seen.seq),
          at: seen.event.at,
          before: old.map(before.asWritten),
          after: fresh.map(after.asWritten),
        });
      }
    } else if (seen.cutFrom !== undefined || missingNeeds(after.ruleSet, seen).length > 0)
      uncertain += 1;
    await turn();
  }
  return { events, different, uncertain, samples };
}

function namesOf({ ruleSet }: ShownRules, { event }: SeenEvent): readonly string[] {
  return ruleSet.decide(event).matches.map(({ rule }) => rule.name);
}
