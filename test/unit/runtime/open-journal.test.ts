import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { JournalConfig } from '../../../src/config/config.js';
import { systemClock } from '../../../src/core/clock.js';
import { isCallbackError } from '../../../src/core/errors.js';
import type { Bilingual } from '../../../src/core/language.js';
import { silentLogger } from '../../../src/core/logger.js';
import { openSqlite } from '../../../src/journal/open-sqlite.js';
import { loadRules } from '../../../src/runtime/load-rules.js';
import {
  type OpenedJournal,
  type OpenJournalOptions,
  openJournal,
} from '../../../src/runtime/open-journal.js';
import { sampleTask } from '../../support/sample-task.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { waitUntil } from '../../support/wait-until.js';

const retention = { ageMs: 1000, tasks: 10, textMs: 1000, answeredTextMs: 1000 };
const sqlite: JournalConfig = {
  store: { kind: 'sqlite', file: '.wechaty/callback.db' },
  durability: 'full',
  retention,
};

/** A journal that is closed at the latest when the test is over, and what was logged as an error. */
async function open(
  config: JournalConfig,
  directory: string,
  more: Pick<OpenJournalOptions, 'onLost' | 'onFound'> = {},
): Promise<OpenedJournal & { errors: readonly Bilingual[] }> {
  const errors: Bilingual[] = [];
  const logger = { ...silentLogger, error: (text: Bilingual) => void errors.push(text) };
  const opened = await openJournal(config, { directory, clock: systemClock, logger, ...more });
  onTestFinished(async () => {
    await Promise.all([opened.journal.close(), opened.store.close()]);
  });
  return { ...opened, errors };
}

test('keeps tasks and cooldowns beside the configuration, also for the next start', async () => {
  const { path } = temporaryFolder();
  const budget = { count: 1, everyMs: 60_000 };
  const former = await open(sqlite, path);
  await former.journal.accept([sampleTask()]);
  await former.store.admit('key', 'event-1', budget);
  await Promise.all([former.journal.close(), former.store.close()]);
  expect(existsSync(join(path, '.wechaty', 'callback.db'))).toBe(true);
  const next = await open(sqlite, path);
  expect(await next.journal.get('task-1')).toMatchObject({ state: 'waiting' });
  expect(await next.store.admit('key', 'event-2', budget)).toBe(false);
  expect([former.errors, next.errors]).toEqual([[], []]);
});

test('makes no file for a journal in memory', async () => {
  const { path } = temporaryFolder();
  await open({ ...sqlite, store: { kind: 'memory' } }, path);
  expect(existsSync(join(path, '.wechaty'))).toBe(false);
});

test('says loudly that a file cannot be opened, and works in memory', async () => {
  const folder = temporaryFolder();
  folder.write('.wechaty', 'a file where the folder should be');
  const { journal, errors, fault } = await open(sqlite, folder.path);
  await journal.accept([sampleTask()]);
  expect(await journal.claim(1, ['wxid_bot'])).toHaveLength(1);
  expect(fault?.()?.code).toBe('journal-failed');
  expect(errors).toEqual([
    {
      en: expect.stringMatching(/^Tasks CANNOT be kept on disk\..* failed \(EEXIST\)/u) as string,
      zh: expect.stringContaining('任务无法写入磁盘') as string,
    },
  ]);
});

test('takes a file over that could not be had at the start, as soon as it can', async () => {
  const { path } = temporaryFolder();
  const former = await open(sqlite, path);
  const told: string[] = [];
  const { journal, store, fault, errors } = await open(sqlite, path, {
    onLost: (error) => void told.push(String(isCallbackError(error) && error.code)),
    onFound: () => void told.push('found'),
  });
  expect(fault?.()?.code).toBe('journal-locked');
  expect(errors[0]?.en).toContain(`process ${process.pid}`);
  await Promise.all([former.journal.close(), former.store.close()]);
  await waitUntil('the file', () => fault?.() === undefined);
  await waitUntil('the end of it', () => told.length > 1);
  expect(told).toEqual(['journal-locked', 'found']);
  await journal.accept([sampleTask()]);
  await store.admit('key', 'event-1', { count: 1, everyMs: 60_000 });
  await Promise.all([journal.close(), store.close()]);
  const next = await open(sqlite, path);
  expect(await next.journal.get('task-1')).toMatchObject({ state: 'waiting' });
  expect(await next.store.admit('key', 'event-2', { count: 1, everyMs: 60_000 })).toBe(false);
});

test('asks no more for a file once it is closed', async () => {
  const { path } = temporaryFolder();
  const former = await open(sqlite, path);
  const late = await open(sqlite, path);
  await Promise.all([late.journal.close(), late.store.close()]);
  await Promise.all([former.journal.close(), former.store.close()]);
  const next = await open(sqlite, path);
  expect(next.errors).toEqual([]);
});

test('uses a file that is open already, unless the configuration names another', async () => {
  const { path } = temporaryFolder();
  const file = join(path, '.wechaty', 'callback.db');
  const home = await openSqlite({ file });
  const directory = path;
  const options = { directory, clock: systemClock, logger: silentLogger, taken: { file, home } };
  expect((await openJournal(sqlite, options)).journal).toBe(home.journal);
  const store = { kind: 'sqlite', file: 'other.db' } as const;
  const opened = await openJournal({ ...sqlite, store }, options);
  expect(existsSync(`${file}.lock`)).toBe(false);
  await Promise.all([opened.journal.close(), opened.store.close()]);
});

test.each([
  ['an object that names no store', {}, 'memory'],
  ['an object that names one', { journal: { store: 'sqlite:a.db' } }, 'sqlite'],
])('keeps the tasks of %s where it should', async (_, parts, kind) => {
  const { config } = await loadRules({ rules: [], ...parts });
  expect(config.journal.store.kind).toBe(kind);
});

test('keeps the tasks of a file that names no store on disk', async () => {
  const folder = temporaryFolder();
  const loaded = await loadRules(folder.write('.wechatyrc', 'rules: []\n'));
  expect(loaded.config.journal.store).toEqual({ kind: 'sqlite', file: '.wechaty/callback.db' });
  expect(loaded.directory).toBe(folder.path);
});

test.each([
  ['in memory', { ...sqlite, store: { kind: 'memory' } } as const],
  ['on disk', sqlite],
])('forgets the cooldowns of a person with their tasks: %s', async (_, config) => {
  const { journal, store } = await open(config, temporaryFolder().path);
  const budget = { count: 1, everyMs: 60_000 };
  await journal.accept([sampleTask()]);
  await store.admit('hers', 'event-1', { ...budget, person: 'wxid_alice' });
  await store.admit('his', 'event-1', { ...budget, person: 'wxid_bob' });
  expect(await journal.forget('wxid_alice')).toBe(1);
  expect(await store.admit('hers', 'event-2', budget)).toBe(true);
  expect(await store.admit('his', 'event-2', budget)).toBe(false);
});

test('keeps nothing in memory where a database is wanted that cannot be used, and says so', async () => {
  const { path } = temporaryFolder();
  const store = { kind: 'postgres', url: 'postgres://h/db?schema=No%20schema' } as const;
  const { journal, store: budgets, errors, isShared } = await open({ ...sqlite, store }, path);
  const refused = { code: 'postgres-schema-invalid' };
  await expect(journal.accept([sampleTask()])).rejects.toMatchObject(refused);
  await expect(budgets.admit('k', 'm', { count: 1, everyMs: 1 })).rejects.toMatchObject(refused);
  expect(errors.map(({ en }) => en)).toEqual([
    expect.stringMatching(/^NOTHING can be kept .*"No schema" cannot be the schema/u),
  ]);
  expect(isShared).toBeUndefined();
});

test('does not wait for a database that is away', async () => {
  const { path } = temporaryFolder();
  const store = { kind: 'postgres', url: 'postgres://me:secret@127.0.0.1:1/db' } as const;
  const { journal, errors } = await open({ ...sqlite, store }, path);
  const unreachable = { code: 'postgres-unreachable' };
  await expect(journal.accept([sampleTask()])).rejects.toMatchObject(unreachable);
  await expect(journal.stats()).rejects.toMatchObject(unreachable);
  expect(errors.map(({ en }) => en)).toEqual([
    expect.stringMatching(/^PostgreSQL at 127\.0\.0\.1:1\/db cannot be reached/u),
  ]);
});
