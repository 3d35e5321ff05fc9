import type { Discarding } from '../../core/journal.js';
import { expiredReason } from '../../core/lateness.js';
import type { Task, TaskRecord } from '../../core/task.js';
import { unknownEnd } from './end-unknown.js';
import type { RunContext } from './run-context.js';

/** When tasks of bots that are away are ended. */
export interface AbsenceOptions {
  /** A bot is waited for so long, whatever has passed of the time of its tasks. Default: 30,000 ms. */
  readonly graceMs?: number;
  /** How often such tasks are looked for. Default: 5,000 ms. */
  readonly everyMs?: number;
  /** Whether a bot is, or may be, at work in another program on this journal. Default: never. */
  readonly isElsewhere?: (botId: string) => boolean;
  /** The shortest `reply.within` of the rules in force, in ms. Default: 0. */
  readonly shortestWithinMs?: () => number;
}

/** Of a rule that is gone nobody knows any more; it is the default of a rule, in ms. */
const withinOfGoneMs = 300_000;
/** Tasks that are read in one step: the journal must not be held up. */
const pageSize = 100;
/** Looking for tasks takes at most a twentieth of the time. */
const restRatio = 20;

/**
 * Ends the waiting tasks of bots that are away once their time (`reply.within`) is over, until
 * `signal` is aborted: without their bot nobody runs them. Never rejects.
 */
export async function keepEndingAbsent(
  context: RunContext,
  options: AbsenceOptions,
  signal: AbortSignal,
): Promise<void> {
  const { clock, log, presence } = context;
  const { everyMs = 5000 } = options;
  let pauseMs = everyMs;
  while (!signal.aborted) {
    await clock.sleep(pauseMs, signal, { ref: false }).catch(() => {});
    if (signal.aborted) break;
    presence.look();
    const start = clock.monotonic();
    try {
      await endAbsent(context, options);
    } catch (error) {
      if (!signal.aborted) log.journalFailed(error);
    }
    pauseMs = Math.max(everyMs, restRatio * (clock.monotonic() - start));
  }
}

async function endAbsent(context: RunContext, options: AbsenceOptions): Promise<void> {
  const { journal, clock } = context;
  const { shortestWithinMs = () => 0 } = options;
  const now = clock.now();
  const until = now - Math.min(shortestWithinMs(), withinOfGoneMs) + 1;
  const query = { states: ['waiting'], until, limit: pageSize } as const;
  let page = await journal.find(query);
  for (;;) {
    await endThose(context, ended(context, options, { records: page, now }));
    const behind = page.at(-1)?.task.id;
    if (behind === undefined || page.length < pageSize) return;
    page = await journal.find({ ...query, behind });
  }
}

/** Tasks of one rule and bot that end for one reason. */
interface Group extends Discarding {
  readonly rule: string;
  readonly botId: string;
  readonly ids: string[];
}

/** Those of some tasks that end now. */
function ended(
  context: RunContext,
  options: AbsenceOptions,
  { records, now }: { readonly records: readonly TaskRecord[]; readonly now: number },
): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const record of records) {
    const { rule, botId, id } = record.task;
    const how = isAbsent(context, options, record.task) ? endOf(context, record, now) : undefined;
    if (how === undefined) continue;
    const key = JSON.stringify([rule, botId, how.reason]);
    const group = groups.get(key) ?? { ...how, rule, botId, ids: [] };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function isAbsent(
  { speakers, presence }: RunContext,
  { graceMs = 30_000, isElsewhere = () => false }: AbsenceOptions,
  { conversation, botId }: Task,
): boolean {
  // What belongs to no conversation needs nobody's voice.
  if (conversation === undefined || speakers(botId) !== undefined) return false;
  return presence.awayMs(botId) >= graceMs && !isElsewhere(botId);
}

function endOf(
  { rules }: RunContext,
  { task, unsureAt }: TaskRecord,
  now: number,
): Discarding | undefined {
  const rule = rules(task.rule);
  const { withinMs } = rule?.reply ?? { withinMs: withinOfGoneMs };
  if (now < task.arrivedAt + withinMs) return undefined;
  if (unsureAt !== undefined) return unknownEnd;
  return { end: 'dead', reason: rule === undefined ? 'rule-gone' : expiredReason('bot-offline') };
}

async function endThose({ journal, log }: RunContext, groups: readonly Group[]): Promise<void> {
  for (const { ids, rule, botId, end, reason } of groups) {
    const tasks = await journal.discard(ids, { end, reason });
    if (tasks > 0) log.endedAbsent({ rule, bot: botId, tasks, reason }, end);
  }
}
