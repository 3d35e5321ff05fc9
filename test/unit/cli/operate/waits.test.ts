import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../../../../src/cli/program/run-program.js';
import type { WaitsFor } from '../../../../src/core/waits-for.js';
import { createMemoryJournal } from '../../../../src/journal/memory-journal.js';
import { createSqliteJournal } from '../../../../src/journal/open-sqlite.js';
import { openControlSocket } from '../../../../src/server/control/control-socket.js';
import { journalOperations } from '../../../../src/server/control/journal-operations.js';
import { captureIo } from '../../../support/captured-io.js';
import { sampleTask } from '../../../support/sample-task.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

async function run(cwd: string, ...args: readonly string[]): Promise<string> {
  const io = captureIo(cwd);
  expect(await runProgram(args, io)).toBe(0);
  return io.out();
}

interface Row {
  readonly id: string;
  readonly dueAt?: number;
  readonly waitsFor?: WaitsFor;
}

async function listed(cwd: string): Promise<readonly Row[]> {
  return (JSON.parse(await run(cwd, 'tasks', '--json')) as { tasks: Row[] }).tasks;
}

function folder() {
  const made = temporaryFolder();
  made.write('.wechatyrc', JSON.stringify({ rules: [] }));
  return made.path;
}

/** A running bot whose tasks wait for what is told. */
async function runningBot(program: (id: string) => WaitsFor | undefined) {
  const path = folder();
  const journal = createMemoryJournal();
  const operations = journalOperations(journal, { program: ({ task }) => program(task.id) });
  const socket = await openControlSocket(join(path, '.wechaty', 'callback.sock'), operations);
  onTestFinished(() => socket.close(0));
  return { path, journal };
}

const until = Date.now() + 3_600_000;

test('a running bot says what its tasks wait for, and no due time in the past', async () => {
  const rests = { kind: 'receiver', origin: 'http://127.0.0.1:4000', until } as const;
  const { path, journal } = await runningBot(() => rests);
  await journal.accept([sampleTask({ id: 'first' }), sampleTask({ id: 'second' })]);
  expect(await listed(path)).toMatchObject([
    { id: 'second', waitsFor: { kind: 'task', task: 'first' } },
    { id: 'first', waitsFor: rests },
  ]);
  for (const row of await listed(path)) expect(row).not.toHaveProperty('dueAt');
  const table = await run(path, 'tasks');
  expect(table).toMatch(/^STATE .* REASON +WAITS\n/u);
  expect(table).toMatch(/ second +behind task first\n/u);
  expect(table).toMatch(/ first +http:\/\/127\.0\.0\.1:4000 rests until \d{4}-/u);
  expect(await run(path, 'tasks', '--lang', 'zh')).toMatch(/等待\n.*排在任务 first 之后\n/u);

  expect(await run(path, 'task', 'second')).toMatch(/^ {2}Waits +behind task first$/mu);
  const before = Date.now();
  const shown = JSON.parse(await run(path, 'task', 'first', '--json')) as { record: Row };
  expect(shown.record.waitsFor).toEqual(rests);
  expect(shown.record.dueAt).toBeGreaterThanOrEqual(before);
});

test('what a newer program says that this one does not know is left out', async () => {
  const strange = { kind: 'moon', phase: 'full' } as unknown as WaitsFor;
  const { path, journal } = await runningBot(() => strange);
  await journal.accept([sampleTask({ id: 'first' })]);
  const [row] = await listed(path);
  expect(row).toMatchObject({ id: 'first' });
  expect(row).not.toHaveProperty('waitsFor');
});

test('without a running bot the file says what it can', async () => {
  const path = folder();
  const journal = await createSqliteJournal({ file: join(path, '.wechaty', 'callback.db') });
  await journal.accept(
    ['1', '2', '3'].map((id) => sampleTask({ id, lane: id === '2' ? '1' : id })),
  );
  const [claim] = await journal.claim(1, ['wxid_bot']);
  if (claim) await journal.retry(claim, until);
  await journal.close();
  expect(await listed(path)).toMatchObject([
    { id: '3', waitsFor: { kind: 'program' } },
    { id: '2', waitsFor: { kind: 'task', task: '1' } },
    { id: '1', dueAt: until, waitsFor: { kind: 'retry', at: until } },
  ]);
  expect(await run(path, 'task', '3')).toMatch(/Waits +the bot is not running\n/u);
});
