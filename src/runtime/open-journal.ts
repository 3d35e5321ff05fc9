import { resolve } from 'node:path';
import type { JournalConfig } from '../config/config.js';
import type { Clock } from '../core/clock.js';
import { type DatabasePlace, placeFrom } from '../core/database-place.js';
import { CallbackError, isCallbackError, textOf } from '../core/errors.js';
import type { Journal } from '../core/journal.js';
import type { Bilingual } from '../core/language.js';
import type { Logger } from '../core/logger.js';
import type { SharedState } from '../core/shared-state.js';
import type { Store } from '../core/store.js';
import { createMemoryJournal } from '../journal/memory-journal.js';
import { createMemoryStore } from '../journal/memory-store.js';
import { openFallback } from '../journal/open-fallback.js';
import { openPostgres } from '../journal/open-postgres.js';
import { openSqlite, type SqliteHome } from '../journal/open-sqlite.js';
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
  /**
   * Called when a file cannot be opened, so that there is only memory, and when that has another
   * reason. Default: nothing.
   */
  readonly onLost?: (error: unknown) => void;
  /** Called when that file is open at last, and tasks are kept in it. Default: nothing. */
  readonly onFound?: () => void;
  /** A journal's file that is open already; closed when the configuration names another one. */
  readonly taken?: TakenFile | undefined;
}

/** A journal's file that was opened before the runtime. */
export interface TakenFile {
  /** Absolute. */
  readonly file: string;
  readonly home: SqliteHome;
}

/** Where tasks, and cooldowns and limits are kept. */
export interface OpenedJournal {
  readonly journal: Journal;
  readonly store: Store;
  /** What other instances see, too; absent: this program is alone. */
  readonly shared?: SharedState;
  /** Other programs may go on with what this one leaves. Default: false. */
  readonly isShared?: boolean;
  /**
   * Why the file cannot be had: until it can, tasks are kept in memory, and what a platform sends
   * again must not be acknowledged. Absent, or `undefined`: tasks are where they should be.
   */
  readonly fault?: () => CallbackError | undefined;
}

/**
 * Opens the journal that the configuration names. A file that cannot be had is asked for again until
 * it can; meanwhile tasks are kept in memory, and `fault` and the log say why. Never rejects.
 */
export async function openJournal(
  config: JournalConfig,
  options: OpenJournalOptions,
): Promise<OpenedJournal> {
  const { store } = config;
  const { directory, clock } = options;
  if (store.kind === 'postgres')
    return await openShared(placeFrom(directory, store), config, options);
  if (store.kind === 'sqlite') return await openFile(store.file, config, options);
  const budgets = createMemoryStore({ clock });
  const { retention } = config;
  return { journal: createMemoryJournal({ clock, retention, store: budgets }), store: budgets };
}

async function openFile(
  name: string,
  { durability, retention }: JournalConfig,
  { directory, clock, logger, taken, onLost, onFound }: OpenJournalOptions,
): Promise<OpenedJournal> {
  const file = resolve(directory, name);
  if (taken?.file === file) return taken.home;
  if (taken) await Promise.all([taken.home.journal.close(), taken.home.store.close()]);
  const open = () => openSqlite({ file, durability, retention, clock });
  try {
    return await open();
  } catch (error) {
    const fault = isCallbackError(error) ? error : unknownFault(error);
    const onFault = (reason: CallbackError) => {
      logger.error(notHad(reason.text));
      onLost?.(reason);
    };
    onFault(fault);
    const onOpen = () => {
      logger.info(had(file));
      onFound?.();
    };
    return openFallback({ clock, retention, open, fault, onFault, onOpen });
  }
}

function unknownFault(cause: unknown): CallbackError {
  return new CallbackError('journal-failed', { text: textOf(cause), cause });
}

function notHad({ en, zh }: Bilingual): Bilingual {
  return {
    en: `Tasks CANNOT be kept on disk. Until they can, which is tried again by itself, webhooks are answered 503, and tasks of other bots are in memory, lost when this program ends: ${en}`,
    zh: `任务无法写入磁盘，程序会自动重试。在此之前，回调一律应答 503，其他机器人的任务只保存在内存中，程序退出即丢失：${zh}`,
  };
}

function had(file: string): Bilingual {
  return {
    en: `The journal ${file} is open now: tasks are kept on disk.`,
    zh: `任务日志 ${file} 已打开：任务写入磁盘。`,
  };
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
