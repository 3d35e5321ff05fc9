import { textOf } from '../../core/errors.js';
import type { ConsolePorts } from '../ports.js';

/** The dead that are looked at for the last failure of each rule. */
const maxDead = 500;

/**
 * Tells those who follow that other rules are in force, or that the state of a receiver is another;
 * and takes the last failures of rules from the journal, which outlives the program.
 *
 * @returns ends it
 */
export function tellNews(ports: ConsolePorts): () => void {
  const { rules, receivers, observer, clock } = ports;
  const { feed } = observer;
  let breakers = breakersOf(receivers());
  const stopRules = rules.onChange(() => feed.publish({ kind: 'rules', at: clock.now() }));
  const stopFeed = feed.follow(({ item }) => {
    if (item.kind !== 'attempt') return;
    const now = breakersOf(receivers());
    if (now === breakers) return;
    breakers = now;
    feed.publish({ kind: 'health', at: clock.now() });
  });
  void takeFailures(ports);
  return () => {
    stopRules();
    stopFeed();
  };
}

/** Never rejects: without them the list is only poorer. */
async function takeFailures({ journal, observer, logger }: ConsolePorts): Promise<void> {
  try {
    const dead = await journal.find({ states: ['dead'], limit: maxDead });
    for (const { task, reason = 'unknown', settledAt = task.arrivedAt } of dead) {
      observer.stats.failed(task.rule, { at: settledAt, task: task.id, reason });
    }
  } catch (error) {
    logger.debug(textOf(error));
  }
}

function breakersOf(states: ReturnType<ConsolePorts['receivers']>): string {
  return states
    .filter(({ breaker }) => breaker !== 'closed')
    .map(({ origin, breaker }) => `${origin} ${breaker}`)
    .join('\n');
}
