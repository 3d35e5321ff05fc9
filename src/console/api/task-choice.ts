import type { TaskQuery } from '../../core/journal.js';
import type { ConsoleContext } from './console-context.js';
import type { TaskActionBody } from './contract.js';
import { unknownReason } from './dead-letters.js';

interface Narrowed {
  readonly rule?: string;
  readonly bot?: string;
  readonly conversation?: string;
  readonly since?: number;
  readonly until?: number;
}

/** What the journal is asked, for what the page asks. */
export function queryOf({ bot, conversation, ...query }: Narrowed): TaskQuery {
  return {
    ...query,
    ...(bot !== undefined && { botId: bot }),
    ...(conversation !== undefined && { conversationId: conversation }),
  };
}

/** All tasks that are meant, not a list of them. */
export type TaskChoice = Extract<TaskActionBody, { all: unknown }>['all'];

const pageSize = 500;

/** Discards what waits of a choice, page by page: the journal must not be held up. */
export async function discardAll(
  { journal, operations }: ConsoleContext,
  choice: TaskChoice,
): Promise<number> {
  let count = 0;
  for await (const ids of pagesOf(journal, choice)) count += await operations.discard(ids);
  return count;
}

/** Replays a choice, the oldest first: people are answered in the order in which they asked. */
export async function replayAll(
  { journal, operations }: ConsoleContext,
  choice: TaskChoice,
): Promise<number> {
  const pages: (readonly string[])[] = [];
  for await (const ids of pagesOf(journal, choice)) pages.push(ids.toReversed());
  let count = 0;
  for (const ids of pages.toReversed()) count += await operations.replay(ids);
  return count;
}

/** The ids of a choice, the newest first. */
async function* pagesOf(
  journal: ConsoleContext['journal'],
  { reason: wanted, states, ...choice }: TaskChoice,
): AsyncGenerator<readonly string[]> {
  const query = { ...queryOf(choice), states, limit: pageSize };
  let behind: string | undefined;
  for (;;) {
    const found = await journal.find({ ...query, ...(behind !== undefined && { behind }) });
    yield found
      .filter(({ reason = unknownReason }) => wanted === undefined || reason === wanted)
      .map(({ task }) => task.id);
    behind = found.at(-1)?.task.id;
    if (behind === undefined || found.length < pageSize) return;
  }
}
