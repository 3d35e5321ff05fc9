import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import type { Bilingual } from '../../core/language.js';

const holder = z.object({
  pid: z.number(),
  host: z.string(),
  startedAt: z.string(),
  /** Absent in files of older versions. */
  command: z.string().optional(),
});

/**
 * Says beside a journal who has it open, since nobody else can read the journal meanwhile. For
 * people only: what keeps others out is the lock on the journal itself.
 */
export interface HolderFile {
  write(): Promise<void>;
  remove(): Promise<void>;
  /** Who has the journal, as it is said to people; absent when it is not known. */
  read(): Promise<Bilingual | undefined>;
}

/** The file `<journal>.lock`. */
export function holderFile(journal: string): HolderFile {
  const path = `${journal}.lock`;
  return {
    write: async () => {
      const startedAt = new Date().toISOString();
      // Without its arguments: they may hold a secret.
      const command = process.argv[1];
      const text = JSON.stringify({ pid: process.pid, host: hostname(), startedAt, command });
      await writeFile(path, `${text}\n`, { mode: 0o600 });
    },
    remove: () => rm(path, { force: true }),
    read: async () => {
      try {
        const found = holder.parse(JSON.parse(await readFile(path, 'utf8')));
        const { pid, host, startedAt, command = '' } = found;
        // Left by a program that was killed: whoever has the journal now is about to write.
        if (host === hostname() && !isRunning(pid)) return undefined;
        const [en, zh] = command === '' ? ['', ''] : [` (${command})`, `（${command}）`];
        return {
          en: `process ${pid} on ${host}, running since ${startedAt}${en}`,
          zh: `主机 ${host} 上自 ${startedAt} 起运行的进程 ${pid}${zh} `,
        };
      } catch {
        return undefined;
      }
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
