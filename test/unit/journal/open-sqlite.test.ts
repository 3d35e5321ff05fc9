import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { Journal } from '../../../src/core/journal.js';
import {
  createSqliteJournal,
  openSqlite,
  type SqliteOptions,
} from '../../../src/journal/open-sqlite.js';
import { compiled } from '../../support/compiled.js';
import { manualClock } from '../../support/manual-clock.js';
import { sampleTask } from '../../support/sample-task.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const bots = ['wxid_bot'];

/** A journal that is closed at the latest when the test is over. */
async function openJournal(options: SqliteOptions): Promise<Journal> {
  const journal = await createSqliteJournal(options);
  onTestFinished(() => journal.close());
  return journal;
}

/** Where a test has its journal. */
function newFile(): string {
  return join(temporaryFolder().path, '.wechaty', 'callback.db');
}

/** Accepts one task and settles it. */
async function settleOne(journal: Journal, id = 'task-1'): Promise<void> {
  await journal.accept([sampleTask({ id })]);
  const [claim] = await journal.claim(1, bots);
  if (!claim) throw new Error('nothing to claim');
  const response = { replies: [{ type: 'text', text: '好的' }] } as const;
  const attempt = { startedAt: 1, durationMs: 2, status: 200 };
  await journal.record(claim, { kind: 'response', response, attempt });
  await journal.settle(claim, 'answered', { said: 1 });
}

test('makes the file and its folder for this user alone', async () => {
  const file = newFile();
  await openJournal({ file });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600);
  expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
});

test('leaves one file behind when it is closed', async () => {
  const file = newFile();
  const journal = await openJournal({ file });
  await journal.accept([sampleTask()]);
  await journal.close();
  expect([file, `${file}-wal`, `${file}.lock`].map((each) => existsSync(each))).toEqual([
    true,
    false,
    false,
  ]);
});

test('refuses a file that is open already, and says who has it', async () => {
  const file = newFile();
  const journal = await openJournal({ file });
  await expect(createSqliteJournal({ file })).rejects.toMatchObject({
    code: 'journal-locked',
    text: {
      en: expect.stringContaining(`in use by process ${process.pid} on ${hostname()}`) as string,
      zh: expect.stringContaining(`主机 ${hostname()} 上`) as string,
    },
  });
  await journal.accept([sampleTask()]);
});

test('names nobody when the one who is named has died', async () => {
  const file = newFile();
  await openJournal({ file });
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const startedAt = new Date(0).toISOString();
  writeFileSync(`${file}.lock`, JSON.stringify({ pid: dead, host: hostname(), startedAt }));
  await expect(createSqliteJournal({ file })).rejects.toMatchObject({
    text: { en: expect.stringContaining('in use by another program') as string },
  });
});

test('keeps out another process also after it was refused once', async () => {
  const file = newFile();
  await openJournal({ file });
  const code = `
    import { createSqliteJournal } from ${JSON.stringify(compiled('src/journal/open-sqlite.ts'))};
    for (let n = 0; n < 2; n += 1) {
      await createSqliteJournal({ file: ${JSON.stringify(file)} })
        .catch((error) => console.log(error.code));
    }
  `;
  expect(run(code)).toMatchObject({ status: 0, stdout: 'journal-locked\njournal-locked\n' });
});

test.each([
  [
    'no database',
    (file: string) => writeFileSync(file, '订阅 👌 '.repeat(1000)),
    'journal-corrupt',
  ],
  ['of another program', makeForeign, 'journal-foreign'],
  ['of a newer version', makeNewer, 'journal-too-new'],
])('refuses a file that is %s, and leaves it alone', async (_, make, code) => {
  const file = join(temporaryFolder().path, 'callback.db');
  make(file);
  const before = readFileSync(file);
  await expect(createSqliteJournal({ file })).rejects.toMatchObject({ code });
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('refuses a folder that cannot be made', async () => {
  const file = temporaryFolder().write('file', '');
  const failing = createSqliteJournal({ file: join(file, 'callback.db') });
  await expect(failing).rejects.toMatchObject({ code: 'journal-failed' });
});

test('survives the end of a process that does not close it', async () => {
  const file = newFile();
  const code = `
    import { createSqliteJournal } from ${JSON.stringify(compiled('src/journal/open-sqlite.ts'))};
    import { sampleTask } from ${JSON.stringify(compiled('test/support/sample-task.ts'))};
    const journal = await createSqliteJournal({ file: ${JSON.stringify(file)} });
    journal.onWork(() => {});
    await journal.accept([sampleTask()]);
    const [claim] = await journal.claim(1, ['wxid_bot']);
    console.log(claim.task.id);
  `;
  expect(run(code)).toMatchObject({ status: 0, stdout: 'task-1\n' });
  const journal = await openJournal({ file });
  expect(await journal.claim(1, bots)).toHaveLength(1);
});

test('gives what a former process had claimed to the next at once', async () => {
  const [file, clock] = [newFile(), manualClock()];
  const former = await openJournal({ file, clock });
  await former.accept([sampleTask()]);
  const [claim] = await former.claim(1, bots);
  await former.close();
  const next = await openJournal({ file, clock });
  const [again] = await next.claim(1, bots);
  expect(again?.task).toEqual(claim?.task);
  expect(again?.token).not.toBe(claim?.token);
});

test('copies everything into a new file for this user alone', async () => {
  const { path } = temporaryFolder();
  const journal = await openJournal({ file: join(path, 'callback.db') });
  await settleOne(journal);
  const copy = join(path, 'copy.db');
  await journal.backup(copy);
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  const copied = await openJournal({ file: copy });
  expect(await copied.get('task-1')).toEqual(await journal.get('task-1'));
});

test('overwrites nothing with a copy', async () => {
  const folder = temporaryFolder();
  const journal = await openJournal({ file: join(folder.path, 'callback.db') });
  const there = folder.write('copy.db', '周报');
  await expect(journal.backup(there)).rejects.toMatchObject({ code: 'backup-exists' });
  expect(readFileSync(there, 'utf8')).toBe('周报');
  const nowhere = join(folder.path, 'nowhere', 'copy.db');
  await expect(journal.backup(nowhere)).rejects.toMatchObject({ code: 'backup-failed' });
});

test('deletes the text of settled tasks before the tasks', async () => {
  const [file, clock] = [newFile(), manualClock()];
  const retention = { ageMs: 10_000, tasks: 100, textMs: 1000 };
  const journal = await openJournal({ file, clock, retention });
  await settleOne(journal);
  await clock.advance(999);
  await journal.sweep();
  expect((await journal.get('task-1'))?.task).toEqual(sampleTask());
  await clock.advance(1);
  expect(await journal.sweep()).toBe(0);
  const record = await journal.get('task-1');
  expect(record?.task.request).toEqual({ question: '', userId: 'wxid_alice', isSelf: false });
  expect(record).toMatchObject({ state: 'answered', said: 1, attempts: [{ status: 200 }] });
  expect(record).not.toHaveProperty('response');
  expect(await journal.replay(['task-1'])).toBe(0);
});

test('deletes by thousands without holding up others for long', async () => {
  const [file, clock] = [newFile(), manualClock()];
  const retention = { ageMs: 1000, tasks: 100_000 };
  const journal = await openJournal({ file, clock, retention, durability: 'process' });
  const ids = Array.from({ length: 5000 }, (_, n) => `${n}`);
  await journal.accept(ids.map((id) => sampleTask({ id })));
  await journal.discard(ids);
  await clock.advance(1000);
  await journal.accept([sampleTask({ id: 'young' })]);
  const order: string[] = [];
  const sweeping = journal.sweep().then((count) => order.push(`swept ${count}`));
  await journal.get('young').then(() => order.push('got'));
  await sweeping;
  expect(order).toEqual(['got', 'swept 5000']);
});

test('forgets a person in a long journal, and nobody else', async () => {
  const journal = await openJournal({ file: newFile(), durability: 'process' });
  const { request } = sampleTask();
  const tasks = Array.from({ length: 3000 }, (_, n) =>
    sampleTask({ id: `${n}`, request: { ...request, userId: n % 2 ? '甲' : '乙' } }),
  );
  await journal.accept(tasks);
  expect(await journal.forget('甲')).toBe(1500);
  expect((await journal.stats()).counts.waiting).toBe(1500);
  expect(await journal.forget('甲')).toBe(0);
});

test('finishes what is being deleted before it closes', async () => {
  const file = newFile();
  const journal = await openJournal({ file, durability: 'process' });
  await journal.accept(Array.from({ length: 2500 }, (_, n) => sampleTask({ id: `${n}` })));
  const forgetting = journal.forget('wxid_alice');
  await journal.close();
  expect(await forgetting).toBe(2500);
});

test('closes when both the journal and the store are closed', async () => {
  const file = newFile();
  const { journal, store } = await openSqlite({ file });
  await journal.close();
  expect(await store.admit('key', 'event', { count: 1, everyMs: 1000 })).toBe(true);
  await store.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
});

function makeForeign(file: string): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE notes (text); PRAGMA user_version = 1');
  database.close();
}

function makeNewer(file: string): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA user_version = 99');
  database.close();
}

function run(code: string) {
  return spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: new URL('../../..', import.meta.url),
    encoding: 'utf8',
    timeout: 90_000,
  });
}
