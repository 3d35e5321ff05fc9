import type { Journal } from '../../core/journal.js';
import type { PersonExport } from '../../core/operations.js';
import type { PersonalData } from '../../core/personal-records.js';
import type { TaskRecord } from '../../core/task.js';
import { isTaskOf } from '../../core/task-of.js';

/** Tasks that are read in one step: the journal must not be held up. */
const pageSize = 500;

/** All that is kept of one person: the tasks that `forget` would delete, and what is beside them. */
export async function exportPerson(
  journal: Pick<Journal, 'find'>,
  beside: readonly PersonalData[],
  userId: string,
): Promise<PersonExport> {
  const tasks: TaskRecord[] = [];
  let behind: string | undefined;
  for (;;) {
    const page = await journal.find({ limit: pageSize, ...(behind !== undefined && { behind }) });
    tasks.push(...page.filter(({ task }) => isTaskOf(task, userId)));
    behind = page.at(-1)?.task.id;
    if (behind === undefined) break;
  }
  const records = await Promise.all(beside.map((one) => one.of(userId)));
  return { userId, tasks, records: records.flat() };
}
