import { runInAnswer } from '../core/answer-scope.js';
import type { Match } from '../core/decision.js';
import type { BotEvent } from '../core/event.js';
import type { Metrics, Silencer } from '../core/metrics.js';
import type { Store } from '../core/store.js';
import { runInTask } from '../core/task-scope.js';
import type { EventOutcome } from '../core/witness.js';
import type { Bots } from './bots.js';
import { askBudgets, type Verdict } from './budgets.js';
import type { IntakeLog } from './intake-log.js';
import type { LoopGuard } from './loop-guard.js';
import type { Rulebook } from './rulebook.js';

/** What is asked, and told, of matches that may be held back. */
export interface SilencingParts {
  readonly rulebook: Rulebook;
  readonly store: Store;
  readonly bots: Bots;
  readonly metrics: Metrics;
  readonly log: IntakeLog;
  readonly loops: Pick<LoopGuard, 'admits'>;
}

/** The matches that no cooldown, no limit and no pause holds back. */
export async function allowed(
  context: SilencingParts,
  matches: readonly Match[],
  event: BotEvent,
): Promise<{ through: readonly Match[]; silenced: EventOutcome['silenced'] }> {
  const through: Match[] = [];
  const silenced: EventOutcome['silenced'][number][] = [];
  for (const match of matches) {
    const by = isFree(context, match) ? undefined : await silencerOf(context, match, event);
    if (by === undefined) through.push(match);
    else silenced.push({ rule: match.rule.name, by });
  }
  return { through, silenced };
}

/**
 * The matches of a talker that is within `loopLimit`. Rules that say nothing make no loop: they are
 * neither counted nor held back.
 */
export function withoutLoops(
  { loops, metrics }: Pick<SilencingParts, 'loops' | 'metrics'>,
  matches: readonly Match[],
  event: BotEvent,
): { rest: readonly Match[]; looping: EventOutcome['silenced'] } {
  const isAnswered = matches.some(({ rule }) => rule.reply.speak);
  if (!isAnswered || loops.admits(event)) return { rest: matches, looping: [] };
  const held = matches.filter(({ rule }) => rule.reply.speak).map(({ rule }) => rule.name);
  for (const name of held) metrics.silenced(name, 'loop');
  return {
    rest: matches.filter(({ rule }) => !rule.reply.speak),
    looping: held.map((rule) => ({ rule, by: 'loop' as const })),
  };
}

/** True for the many rules that nothing holds back, so that they need not wait for an answer. */
function isFree({ rulebook }: SilencingParts, { rule }: Match): boolean {
  const { cooldown, limit } = rule.trigger;
  return cooldown === undefined && limit === undefined && !rulebook.isPaused(rule.name);
}

/** What holds a rule back now; `undefined` when nothing does. */
async function silencerOf(
  context: SilencingParts,
  { rule }: Match,
  event: BotEvent,
): Promise<Silencer | undefined> {
  const { rulebook, store, log, metrics } = context;
  if (rulebook.isPaused(rule.name)) {
    metrics.silenced(rule.name, 'pause');
    log.paused(rule.name);
    return 'pause';
  }
  const verdict = await askBudgets(store, rule, event);
  if (verdict.kind === 'through') return undefined;
  metrics.silenced(rule.name, verdict.by);
  log.silenced(event, rule.name, verdict.by);
  // Not waited for: a platform that does not answer must not hold up the messages behind.
  void runInTask(() =>
    runInAnswer({ eventId: event.id }, () => sayNotice(context, verdict, event)),
  );
  return verdict.by;
}

/** Never rejects: a notice that cannot be said must not cost the other rules their tasks. */
async function sayNotice(
  { bots, log }: SilencingParts,
  verdict: Verdict,
  event: BotEvent,
): Promise<void> {
  if (verdict.kind === 'through' || verdict.notice === undefined) return;
  const speaker = bots.speaker(event.botId);
  if (speaker === undefined || event.conversation === undefined) return;
  try {
    await speaker.notify(event.conversation, verdict.notice);
  } catch (error) {
    log.notSaid(event, error);
  }
}
