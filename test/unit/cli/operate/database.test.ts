import { describe, expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../../../../src/cli/program/run-program.js';
import { openPostgres } from '../../../../src/journal/open-postgres.js';
import { openDatabase } from '../../../../src/postgres/open-database.js';
import { captureIo } from '../../../support/captured-io.js';
import { hasPostgres, testSchema } from '../../../support/postgres.js';
import { sampleTask } from '../../../support/sample-task.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

/** A folder with a `.wechatyrc` whose journal is in a database, and no bot that runs. */
function folderOf(store: string): string {
  const folder = temporaryFolder();
  folder.write('.wechatyrc', JSON.stringify({ rules: [], journal: { store } }));
  return folder.path;
}

async function run(cwd: string, ...args: readonly string[]) {
  const io = captureIo(cwd);
  const code = await runProgram(args, io);
  return { code, out: io.out(), err: io.err() };
}

describe.runIf(hasPostgres)('without a running bot, a journal in PostgreSQL', () => {
  test('is counted, listed, discarded and replayed', async () => {
    const { url, drop } = await testSchema();
    const { journal, store } = openPostgres(await openDatabase(url));
    onTestFinished(async () => {
      await Promise.all([journal.close(), store.close()]);
      await drop();
    });
    await journal.accept([sampleTask({ id: 'one' })]);
    const path = folderOf(url);
    expect((await run(path, 'stats')).out).toMatch(/^waiting +1$/mu);
    expect((await run(path, 'discard', 'one')).out).toBe('Tasks discarded: 1.\n');
    expect((await run(path, 'tasks')).out).toMatch(/^discarded \(dropped\) .* one +discarded$/mu);
    expect((await run(path, 'replay', 'one')).out).toBe('Tasks that run again: 1.\n');
    expect((await run(path, 'task', 'one')).out).toContain('waiting');
    expect((await run(path, 'forget', 'wxid_alice', '--yes')).out).toBe('Tasks deleted: 1.\n');
    expect((await journal.stats()).counts.waiting).toBe(0);
  });

  test('is not copied by us', async () => {
    const { url, drop } = await testSchema();
    onTestFinished(drop);
    const { code, err } = await run(folderOf(url), 'backup', 'copy.db');
    expect(code).toBe(1);
    expect(err).toContain('pg_dump');
  });
});

test('says where nobody answers, and neither user nor password', async () => {
  const { code, err } = await run(folderOf('postgres://me:secret@127.0.0.1:1/db'), 'stats');
  expect(code).toBe(1);
  expect(err).toContain('PostgreSQL at 127.0.0.1:1/db cannot be reached');
  expect(err).not.toMatch(/secret|me:/u);
});
