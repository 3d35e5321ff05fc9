import { resolve } from 'node:path';
import type { JournalConfig } from '../config/config.js';
import type { Clock } from '../core/clock.js';
import { type DatabasePlace, placeFrom } from '../core/database-place.js';
import { textOf } from '../core/errors.js';
import type { Journal } from '../core/journal.js';
import type { Logger } from '../core/logger.js';
import type { SharedState } from '../core/shared-state.js';
import type { Store } from '../core/store.js';
import { createMemoryJournal } from '../journal/memory-journal.js';
import { createMemoryStore } from '../journal/memory-store.js';
import { openPostgres } from '../journal/open-postgres.js';
import { openSqlite } from '../journal/open-sqlite.js';
import { openPostgresSharedState } from '../journal/postgres/shared-state.js';
import { plannerSettings } from '../journal/postgres/tables.js';
import { unusableHome } from '../journal/unusable-home.js';
import { openDatabase } from '../postgres/open-database.js';

/** What a journal is opened with. */
export interface OpenJournalOptions {
  /** What a relative file counts from, absolute. */
  readonly directory: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called when a file cannot be opened, so that there is only memory. Default: nothing. */
  readonly onLost?: (error: unknown) => void;
}

/** Where tasks, and cooldowns and limits are kept. */
export interface OpenedJournal {
  readonly journal: Journal;
  readonly store: Store;
  /** What other instances see, too; absent: this program is alone. */
  readonly shared?: SharedState;
  /** Other programs may go on with what this one leaves. Default: false. */
  readonly isShared?: boolean;
}

/**
 * Opens the journal that the configuration names. When a file cannot be opened, the bot answers all
 * the same, with a journal in memory, and the log says so as an error. Never rejects.
 */
export async function openJournal(
  config: JournalConfig,
  options: OpenJournalOptions,
): Promise<OpenedJournal> {
  const { store, durability, retention } = config;
  const { directory, clock, logger, onLost } = options;
  if (store.kind === 'postgres')
    return await openShared(placeFrom(directory, store), config, options);
  const inMemory = () => {
    const budgets = createMemoryStore({ clock });
    return { journal: createMemoryJournal({ clock, retention, store: budgets }), store: budgets };
  };
  if (store.kind === 'memory') return inMemory();
  try {
    const file = resolve(directory, store.file);
    return await openSqlite({ file, durability, retention, clock });
  } catch (error) {
    const text = textOf(error);
    logger.error({
      en: `Tasks are NOT kept on disk until the next start, those that wait are lost when the bot ends: ${text.en}`,
      zh: `在下次启动之前任务不会写入磁盘，机器人退出时未完成的任务将丢失：${text.zh}`,
    });
    onLost?.(error);
    return inMemory();
  }
}

/**
 * A journal that other programs use as well. Without it nothing is kept, and platforms are told so:
 * in the memory of one program the order of a conversation would be lost. A server that is away is
 * waited for.
 */
async function openShared(
  place: DatabasePlace,
  { listen, durability, retention }: JournalConfig,
  { directory, clock, logger }: OpenJournalOptions,
): Promise<OpenedJournal> {
  try {
    const database = await openDatabase(place, {
      durability,
      settings: plannerSettings,
      listen: listen && placeFrom(directory, listen),
      onPooler: () => logger.info(behindPooler),
      onLost: (error) => logger.error(error.text),
      onBack: () => logger.info({ en: 'PostgreSQL is back.', zh: 'PostgreSQL 已恢复连接。' }),
    });
    // A commit of these waits for no disk: what counts is kept with the tasks, and flushes these, too.
    const records = await openDatabase(place, { durability: 'process', connections: 4 });
    const shared = openPostgresSharedState(records);
    return { ...openPostgres(database, { retention, clock }), isShared: true, shared };
  } catch (error) {
    const text = textOf(error);
    logger.error({
      en: `NOTHING can be kept or answered until this is mended and the bot is started anew: ${text.en}`,
      zh: `在修复并重新启动之前，无法保存或回复任何消息：${text.zh}`,
    });
    return unusableHome(error instanceof Error ? error : new Error(text.en));
  }
}

const behindPooler = {
  en: 'PostgreSQL is reached through a pooler: what other instances take in is found within a second. To hear of it at once, name the server itself in journal.listen.',
  zh: '通过连接池访问 PostgreSQL：其他实例收到的任务会在一秒内发现。如需立即获知，请在 journal.listen 中写数据库服务器自身的地址。',
};
