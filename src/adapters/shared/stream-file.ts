import { join, resolve } from 'node:path';

/** The file of an adapter's small records; a name may hold what no file's name may. */
export function streamFile(folder: string, name: string): string {
  const fileName = `${name.replace(/[%/\\:?"<>|\p{Cc}]/gu, encodeURIComponent)}.streams`;
  return resolve(folder, join('.wechaty', fileName));
}
