import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Journal } from '../../../../src/core/journal.js';
import { createSqliteJournal } from '../../../../src/journal/open-sqlite.js';
import { sampleTask } from '../../../support/sample-task.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const corrupt = {
  code: 'journal-corrupt',
  text: { en: expect.stringContaining('is damaged'), zh: expect.stringContaining('已损坏') },
};

/** Overwrites everything but the first page, as a failing disk might. */
function damage(file: string): void {
  const page = 4096;
  const noise = Buffer.alloc(statSync(file).size - page, 0xa5);
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, noise, 0, noise.length, page);
  closeSync(descriptor);
}

/** A file with far more tasks than are kept in memory. */
async function fillFile(file: string): Promise<void> {
  const journal = await createSqliteJournal({ file, durability: 'process' });
  const { request } = sampleTask();
  const long = { ...request, question: '订阅'.repeat(500) };
  await journal.accept(
    Array.from({ length: 3000 }, (_, n) => sampleTask({ id: `${n}`, request: long })),
  );
  await journal.close();
}

/** Asks for everything; whatever fails, fails as it should. */
async function readAll(journal: Journal): Promise<void> {
  await journal.find({ limit: 10_000 });
}

test('says at the start that the file is damaged', async () => {
  const file = join(temporaryFolder().path, 'callback.db');
  await fillFile(file);
  damage(file);
  await expect(createSqliteJournal({ file })).rejects.toMatchObject(corrupt);
});

test('says so of a file that is damaged while it is open, and lives on', async () => {
  const file = join(temporaryFolder().path, 'callback.db');
  await fillFile(file);
  const journal = await createSqliteJournal({ file, durability: 'process' });
  onTestFinished(() => journal.close());
  damage(file);
  await expect(readAll(journal)).rejects.toMatchObject(corrupt);
  // Still there, and still clear.
  await expect(readAll(journal)).rejects.toMatchObject(corrupt);
});
