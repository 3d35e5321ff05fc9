import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../../../../src/journal/sqlite/worker/migrations.js';
import { temporaryFolder } from '../../../../support/temporary-folder.js';

const steps = ['CREATE TABLE one (text)', 'CREATE TABLE two (text)'];

function openFile(): { file: string; database: DatabaseSyncInstance } {
  const file = join(temporaryFolder().path, 'callback.db');
  const database = new DatabaseSync(file);
  onTestFinished(() => database.close());
  return { file, database };
}

function tablesOf(database: DatabaseSyncInstance): readonly unknown[] {
  const rows = database.prepare('SELECT name FROM sqlite_schema ORDER BY name').all();
  return rows.map((row) => (row as { name: string }).name);
}

test('takes all steps on an empty file, and none again', () => {
  const { file, database } = openFile();
  migrate(database, file, steps);
  migrate(database, file, steps);
  expect(tablesOf(database)).toEqual(['one', 'two']);
  expect(existsSync(`${file}.bak-1`)).toBe(false);
});

test('copies the file before it takes the steps that are missing', () => {
  const { file, database } = openFile();
  migrate(database, file, steps.slice(0, 1));
  database.exec("INSERT INTO one VALUES ('周报')");
  migrate(database, file, steps);
  expect(tablesOf(database)).toEqual(['one', 'two']);
  const copy = new DatabaseSync(`${file}.bak-1`);
  onTestFinished(() => copy.close());
  expect(tablesOf(copy)).toEqual(['one']);
  expect(copy.prepare('SELECT text FROM one').get()).toEqual({ text: '周报' });
});

test('leaves everything as it was when a step fails', () => {
  const { file, database } = openFile();
  migrate(database, file, steps.slice(0, 1));
  const failing = [...steps, 'nonsense'];
  expect(() => migrate(database, file, failing)).toThrow('nonsense');
  expect(tablesOf(database)).toEqual(['one']);
  migrate(database, file, steps);
  expect(tablesOf(database)).toEqual(['one', 'two']);
});

test('refuses a schema that is newer than it knows', () => {
  const { file, database } = openFile();
  migrate(database, file, steps);
  expect(() => migrate(database, file, steps.slice(0, 1))).toThrow(
    expect.objectContaining({ fault: { kind: 'too-new', detail: '2' } }),
  );
});
