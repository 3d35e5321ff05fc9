import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the journals of all versions stand, one folder for each. */
export const journalsFolder = resolve('test/fixtures/journals');

/** Says what the folder of a version holds. */
export const contentFile = 'content.json';

/** The rules of the bot whose journals they are, as users write them. */
export const rulesFile = '.wechatyrc.json';

/** How the file of a journal was left. */
export const ways = ['closed', 'killed'] as const;

/** By a program that ended, or by one that was killed: then its log of changes is beside it. */
export type Left = (typeof ways)[number];

/** The file of a journal in the folder of a version. */
export function sqliteFile(folder: string, left: Left): string {
  return join(folder, left, 'callback.db');
}

/** The journal in PostgreSQL, as `pg_dump` writes it. */
export const dumpFile = 'postgres.sql';

/** The schema of the dump; a test puts another name in its place. */
export const dumpSchema = 'wechaty_callback';

/** What adapters and the console keep beside the journal. */
export const besideFiles = {
  wecomBot: 'wecomBot.streams',
  wildfire: 'wildfire.streams',
  password: 'console.json',
} as const;

/** The versions whose journals are kept, the oldest first. */
export function journalVersions(): readonly string[] {
  const entries = readdirSync(journalsFolder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}
