import type { Bilingual } from './language.js';

/** The program has all files and connections that it may have, or the whole machine has. */
const codes: ReadonlySet<unknown> = new Set(['EMFILE', 'ENFILE']);

/** Whether a code of the system says that no more files and connections can be opened. */
export function isOutOfFiles(code: unknown): boolean {
  return codes.has(code);
}

/** The same of an error, or of what caused it. */
export function lacksFiles(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && isOutOfFiles(at.code)) return true;
  }
  return false;
}

/** What an operator does about it. */
export const outOfFiles: Bilingual = {
  en: 'This program may open no more files and connections (EMFILE or ENFILE): raise the limit (`ulimit -n`, LimitNOFILE= of systemd, --ulimit nofile of Docker), or lower `server.maxConnections`.',
  zh: '本程序可打开的文件和连接数已用尽（EMFILE 或 ENFILE）：请提高上限（`ulimit -n`、systemd 的 LimitNOFILE=、Docker 的 --ulimit nofile），或调低 `server.maxConnections`。',
};

/** What to do about a connection that could not be made: `usual`, unless the fault is this program's. */
export function connectionAdvice(code: string, usual: Bilingual): Bilingual {
  return isOutOfFiles(code) ? outOfFiles : usual;
}
