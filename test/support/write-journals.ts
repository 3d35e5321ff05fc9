/**
 * Writes the journals of a version, as its bots leave them, for the tests of later versions:
 * `npx tsx test/support/write-journals.ts <version>`, with the code of that version checked out.
 *
 * Each released version has a folder of its own in `test/fixtures/journals`, which is made once and
 * never changed: a later version must open what is in it. `README.md` there says how one is added.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import type { TaskRecord } from '../../src/core/task.js';
import { loadRules } from '../../src/runtime/load-rules.js';
import { Bench } from './journals/bench.js';
import type { Content } from './journals/content.js';
import { contentFile, journalsFolder, rulesFile, sqliteFile } from './journals/folder.js';
import { writtenRules } from './journals/rules.js';
import { beginsAt, leftAt, silencedLater } from './journals/story.js';
import { writeFiles } from './journals/write-files.js';
import { writePostgres } from './journals/write-postgres.js';
import { writeSqlite } from './journals/write-sqlite.js';
import { manualClock } from './manual-clock.js';

async function newBench(): Promise<Bench> {
  const env = { RECEIVER: 'http://127.0.0.1:4000', JOURNAL: 'memory' };
  return new Bench({ rules: await loadRules(writtenRules, { env }), clock: manualClock(beginsAt) });
}

/** Writes a journal and dies with it open: nothing is brought into the file any more. */
async function writeKilled(folder: string): Promise<never> {
  await writeSqlite(folder, 'killed', await newBench());
  process.kill(process.pid, 'SIGKILL');
  return await new Promise(() => {});
}

function leaveKilled(folder: string): void {
  const program = ['--import', 'tsx', import.meta.filename, '--killed', folder];
  const { signal } = spawnSync(process.execPath, program, { stdio: 'inherit' });
  if (signal !== 'SIGKILL') throw new Error('The program that is to be killed has ended before.');
  // Who held the file, without the name of this machine.
  const holder = { pid: 4711, host: 'bot-1', startedAt: new Date(leftAt).toISOString() };
  writeFileSync(`${sqliteFile(folder, 'killed')}.lock`, `${JSON.stringify(holder)}\n`);
}

async function writeAll(folder: string, version: string): Promise<void> {
  leaveKilled(folder);
  const closed = await newBench();
  const { tasks, close } = await writeSqlite(folder, 'closed', closed);
  await close();
  const { tasks: same, shared } = await writePostgres(folder, version, await newBench());
  if (!isDeepStrictEqual(tasks, same)) throw new Error('The journals do not hold the same tasks.');
  const content: Content = {
    version,
    leftAt,
    heard: closed.heard,
    tasks: tasks.toReversed().map((record) => ({ next: nextOf(closed, record), record })),
    silenced: silencedLater(leftAt + 30_000),
    files: await writeFiles(folder, closed.clock),
    shared,
  };
  writeJson(join(folder, contentFile), content);
  writeJson(join(folder, rulesFile), writtenRules);
}

function nextOf({ next }: Bench, { task }: TaskRecord) {
  return next.get(task.id) ?? 'stays';
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

async function main([first = '', second = '']: readonly string[]): Promise<void> {
  if (first === '--killed') await writeKilled(second);
  if (first !== manifest.version) {
    throw new Error(`This is version ${manifest.version}: write-journals.ts ${manifest.version}`);
  }
  const folder = join(journalsFolder, first);
  if (existsSync(folder)) throw new Error(`${folder} is there already, and is never rewritten.`);
  mkdirSync(folder, { recursive: true });
  try {
    await writeAll(folder, first);
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
}

await main(process.argv.slice(2));
