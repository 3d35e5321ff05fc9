import type { Journal } from '../../core/journal.js';
import type { TaskRecord } from '../../core/task.js';
import type { ReasonText } from '../observe/task-row.js';
import type { DeadLetters } from './contract.js';

/** Of more the newest say enough. */
const maxLooked = 2000;
const pageSize = 500;

/** Why a task is dead, where the journal does not say. */
export const unknownReason = 'unknown';

/** The dead of a journal, by rule and reason; the largest group first. */
export async function deadLetters(
  journal: Pick<Journal, 'find' | 'stats'>,
  reasonText: ReasonText,
): Promise<DeadLetters> {
  const { counts } = await journal.stats();
  const records = await newestDead(journal);
  const groups = new Map<string, DeadLetters['groups'][number]>();
  for (const { task, reason = unknownReason } of records) {
    const key = JSON.stringify([task.rule, reason]);
    const text = reasonText(reason);
    const { id, rule, arrivedAt: at } = task;
    // Newest first, so the first of a group is the newest of it.
    const known = groups.get(key) ?? {
      rule,
      reason,
      text,
      count: 0,
      newestAt: at,
      oldestAt: at,
      task: id,
    };
    groups.set(key, { ...known, count: known.count + 1, oldestAt: Math.min(known.oldestAt, at) });
  }
  return {
    total: counts.dead,
    looked: records.length,
    groups: [...groups.values()].toSorted((one, other) => other.count - one.count),
  };
}

async function newestDead(journal: Pick<Journal, 'find'>): Promise<readonly TaskRecord[]> {
  const records: TaskRecord[] = [];
  while (records.length < maxLooked) {
    const behind = records.at(-1)?.task.id;
    const query = { states: ['dead'] as const, limit: pageSize };
    const page = await journal.find({ ...query, ...(behind !== undefined && { behind }) });
    records.push(...page);
    if (page.length < pageSize) break;
  }
  return records;
}
