import { CallbackError } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';

/** What can go wrong with the file. */
export type FaultKind =
  | 'full'
  | 'corrupt'
  | 'locked'
  | 'too-new'
  | 'foreign'
  | 'stopped'
  | 'failed';

/** A fault as it crosses between threads; `detail` is a name or a number, never anybody's words. */
export interface Fault {
  readonly kind: FaultKind;
  readonly detail: string;
}

const kinds: ReadonlyMap<number, FaultKind> = new Map([
  [5, 'locked'],
  [6, 'locked'],
  [11, 'corrupt'],
  [13, 'full'],
  [26, 'corrupt'],
  // A write that failed in another way than ENOSPC: a quota, or a limit of file sizes.
  [778, 'full'],
]);

/** The driver gives no code where many rows are read, but SQLite's own words, which are these. */
const texted: ReadonlyMap<string, Fault> = new Map([
  ['database disk image is malformed', { kind: 'corrupt', detail: 'SQLITE_CORRUPT' }],
  ['database or disk is full', { kind: 'full', detail: 'SQLITE_FULL' }],
  ['disk I/O error', { kind: 'failed', detail: 'SQLITE_IOERR' }],
]);

/** A fault that is thrown where only errors can be. */
export class FaultError extends Error {
  readonly fault: Fault;

  constructor(kind: FaultKind, detail: string) {
    super(`${kind}: ${detail}`);
    this.fault = { kind, detail };
  }
}

/** What an error of SQLite comes to. Its message is left out: it may quote what was kept. */
export function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  if (!(error instanceof Error)) return { kind: 'failed', detail: typeof error };
  const { errcode, sqliteCodeName } = error as { errcode?: number; sqliteCodeName?: string };
  if (errcode === undefined) return texted.get(error.message) ?? unknownFault(error.name);
  const kind = kinds.get(errcode) ?? kinds.get(errcode & 0xff) ?? 'failed';
  return { kind, detail: sqliteCodeName ?? error.name };
}

function unknownFault(detail: string): Fault {
  return { kind: 'failed', detail };
}

/** The error that callers see: code `journal-` and the kind of the fault. */
export function journalFault(
  { kind, detail }: Fault,
  file: string,
  holder?: Bilingual,
): CallbackError {
  return new CallbackError(`journal-${kind}`, { text: texts[kind](file, detail, holder) });
}

type Describe = (file: string, detail: string, holder: Bilingual | undefined) => Bilingual;

const texts: Readonly<Record<FaultKind, Describe>> = {
  full: (file, detail) => ({
    en: `The journal ${file} cannot take any more (${detail}): the disk is full, or a quota is reached. Free some space; nothing has to be restarted.`,
    zh: `任务日志 ${file} 无法写入（${detail}）：磁盘已满或配额已用完。请清理磁盘空间，无需重启。`,
  }),
  corrupt: (file, detail) => ({
    en: `The journal ${file} is damaged (${detail}). Stop the bot, move the file and its -wal away, put a backup in its place or begin with a new one.`,
    zh: `任务日志 ${file} 已损坏（${detail}）。请停止机器人，移走该文件及其 -wal 文件，换上备份或重新开始。`,
  }),
  locked: (file, _, holder) => ({
    en: `The journal ${file} is in use by ${holder?.en ?? 'another program'}. One journal serves one program: stop the other, or set another journal.store.`,
    zh: `任务日志 ${file} 正被${holder?.zh ?? '其他程序'}使用。一个日志只能供一个程序使用：请停止另一个程序，或另设 journal.store。`,
  }),
  'too-new': (file, detail) => ({
    en: `The journal ${file} was written by a newer version of wechaty-callback (schema ${detail}). Update the package, or set another journal.store.`,
    zh: `任务日志 ${file} 由更新版本的 wechaty-callback 写入（结构版本 ${detail}）。请升级本包，或另设 journal.store。`,
  }),
  foreign: (file) => ({
    en: `The file ${file} is a database of another program, not a journal. Set another journal.store.`,
    zh: `文件 ${file} 是其他程序的数据库，不是任务日志。请另设 journal.store。`,
  }),
  stopped: (file, detail) => ({
    en: `The thread that keeps the journal ${file} has stopped (${detail}). It is started again by itself; what was accepted is on the disk.`,
    zh: `任务日志 ${file} 的读写线程已停止（${detail}），正在自动重启；已接收的任务都在磁盘上。`,
  }),
  failed: (file, detail) => ({
    en: `The journal ${file} failed (${detail}). See that its folder exists and that this user may write in it.`,
    zh: `任务日志 ${file} 出错（${detail}）。请确认其目录存在且当前用户可写。`,
  }),
};
