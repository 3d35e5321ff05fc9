import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import type { Bilingual } from '../../core/language.js';

const holder = z.object({ pid: z.number(), host: z.string(), startedAt: z.string() });

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
      const text = JSON.stringify({ pid: process.pid, host: hostname(), startedAt });
      await writeFile(path, `${text}\n`, { mode: 0o600 });
    },
    remove: () => rm(path, { force: true }),
    read: async () => {
      try {
        const { pid, host, startedAt } = holder.parse(JSON.parse(await readFile(path, 'utf8')));
        return {
          en: `process ${pid} on ${host}, running since ${startedAt}`,
          zh: `主机 ${host} 上自 ${startedAt} 起运行的进程 ${pid} `,
        };
      } catch {
        return undefined;
      }
    },
  };
}
