import { readFileSync } from 'node:fs';

/** How many files and connections this process may have open; `undefined` where the system does not tell. */
export function openFilesLimit(): number | undefined {
  try {
    const found = /^Max open files +(\d+)/mu.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return found === undefined ? undefined : Number(found);
  } catch {
    // Linux alone has the file.
    return undefined;
  }
}
