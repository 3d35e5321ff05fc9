import { resolve } from 'node:path';
import type { JournalConfig } from '../config/config.js';
import type { Clock } from '../core/clock.js';
import { textOf } from '../core/errors.js';
import type { Journal } from '../core/journal.js';
import type { Logger } from '../core/logger.js';
import type { SharedState } from '../core/shared-state.js';
import type { Store } from '../core/store.js';
import { createMemoryJournal } from '../journal/memory-journal.js';
import { createMemoryStore } from '../journal/memory-store.js';
import { openSqlite } from '../journal/open-sqlite.js';

/** What a journal is opened with. */
export interface OpenJournalOptions {
  /** What a relative file counts from, absolute. */
  readonly directory: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Where tasks, and cooldowns and limits are kept. */
export interface OpenedJournal {
  readonly journal: Journal;
  readonly store: Store;
  /** What other instances see, too; absent: this program is alone. */
  readonly shared?: SharedState;
}

/**
 * Opens the journal that the configuration names. When it cannot be opened, the bot answers all
 * the same, with a journal in memory, and the log says so as an error. Never rejects.
 */
export async function openJournal(
  { store, durability, retention }: JournalConfig,
  { directory, clock, logger }: OpenJournalOptions,
): Promise<OpenedJournal> {
  const inMemory = () => {
    const budgets = createMemoryStore({ clock });
    return { journal: createMemoryJournal({ clock, retention, store: budgets }), store: budgets };
  };
  if (store.kind !== 'sqlite') return inMemory();
  try {
    const file = resolve(directory, store.file);
    return await openSqlite({ file, durability, retention, clock });
  } catch (error) {
    const text = textOf(error);
    logger.error({
      en: `Tasks are NOT kept on disk until the next start, those that wait are lost when the bot ends: ${text.en}`,
      zh: `在下次启动之前任务不会写入磁盘，机器人退出时未完成的任务将丢失：${text.zh}`,
    });
    return inMemory();
  }
}
