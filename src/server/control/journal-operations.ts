import { type Clock, systemClock } from '../../core/clock.js';
import { explainWaits, nextDue, type WaitSources } from '../../core/explain-waits.js';
import { tellForgotten } from '../../core/forgotten.js';
import { knownInstances } from '../../core/instances.js';
import type { Journal, TaskQuery } from '../../core/journal.js';
import type { Operations, TaskChoice, TaskSummary } from '../../core/operations.js';
import { withoutPersonal } from '../../core/personal-data.js';
import type { PersonalData } from '../../core/personal-records.js';
import type { SharedState } from '../../core/shared-state.js';
import type { TaskRecord } from '../../core/task.js';
import type { WaitsFor } from '../../core/waits-for.js';
import { exportPerson } from './export-person.js';
import { withoutText } from './without-text.js';

/** Tasks that are read, or repeated, in one step: the journal must not be held up. */
const pageSize = 500;

/** What besides the journal is known. */
export interface OperationsParts {
  /** Where its instances tell of themselves; absent: there is only this program. */
  readonly shared?: SharedState | undefined;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** For what a waiting task waits that is behind no other. Default: only the journal tells. */
  readonly program?: WaitSources['program'];
  /** What else keeps data of people. Default: nothing. */
  readonly beside?: () => readonly PersonalData[];
}

/**
 * The operations on a journal at hand, which tell what tasks wait for by what `parts` know of it.
 */
export function journalOperations(journal: Journal, parts: OperationsParts = {}): Operations {
  const { shared, clock = systemClock, program = () => undefined, beside = () => [] } = parts;
  const now = () => clock.now();
  const whyWaiting = explainWaits({ journal, now, program });
  return {
    tasks: async (choice, limit) => {
      const records = await journal.find({ ...choice, limit });
      const waits = await whyWaiting(records);
      return records.map((record) => summaryOf(record, waits.get(record.task.id), now()));
    },
    task: async (id, withText) => {
      const record = await journal.get(id);
      if (record === undefined) return undefined;
      const waitsFor = (await whyWaiting([record])).get(id);
      return {
        ...(withText ? shownRecord(record) : withoutText(record)),
        // What can be done now is due now.
        ...(record.state === 'waiting' && { dueAt: Math.max(record.dueAt, now()) }),
        ...(waitsFor && { waitsFor }),
      };
    },
    replay: (ids) => journal.replay(ids),
    replayAll: async (choice) => await replayInPages(journal, await idsOf(journal, choice)),
    discard: (ids) => journal.discard(ids),
    resolve: (ids, as) => journal.resolve(ids, as),
    forget: async (userId) => {
      if (shared !== undefined) await tellForgotten(shared, userId);
      const count = await journal.forget(userId);
      for (const one of beside()) await one.forget(userId);
      return count;
    },
    export: (userId) => exportPerson(journal, beside(), userId),
    stats: async () => ({
      ...(await journal.stats()),
      ...(shared && { instances: await knownInstances(shared) }),
    }),
    backup: (file) => journal.backup(file),
  };
}

function shownRecord(record: TaskRecord): TaskRecord {
  return { ...record, task: withoutPersonal(record.task) };
}

function summaryOf(found: TaskRecord, waitsFor: WaitsFor | undefined, now: number): TaskSummary {
  const { task, state, attempts, ...record } = found;
  const dueAt = nextDue(found, waitsFor, now);
  const isSettled = record.settledAt !== undefined;
  const reason = record.reason ?? (isSettled ? undefined : attempts.at(-1)?.reason);
  return {
    id: task.id,
    state,
    rule: task.rule,
    event: task.event,
    botId: task.botId,
    userId: task.request.userId,
    ...(task.conversation && { conversationId: task.conversation.id }),
    arrivedAt: task.arrivedAt,
    ...(dueAt !== undefined && { dueAt }),
    ...(waitsFor && { waitsFor }),
    ...(record.settledAt !== undefined && { settledAt: record.settledAt }),
    attempts: attempts.length,
    ...(reason !== undefined && { reason }),
  };
}

/** All of a choice, the oldest first: people are answered in the order in which they asked. */
async function idsOf(journal: Journal, choice: TaskChoice): Promise<readonly string[]> {
  const ids = new Set<string>();
  let limit = pageSize;
  let query: TaskQuery = choice;
  for (;;) {
    const before = ids.size;
    const page = await journal.find({ ...query, limit });
    for (const { task } of page) ids.add(task.id);
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return [...ids].toReversed();
    // More of them arrived in one millisecond than a page holds: take a larger page.
    if (ids.size === before) limit *= 2;
    query = { ...choice, until: last.task.arrivedAt + 1 };
  }
}

async function replayInPages(journal: Journal, ids: readonly string[]): Promise<number> {
  let count = 0;
  for (let start = 0; start < ids.length; start += pageSize) {
    count += await journal.replay(ids.slice(start, start + pageSize));
  }
  return count;
}
