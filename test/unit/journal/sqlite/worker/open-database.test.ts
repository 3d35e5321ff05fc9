import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../../../src/journal/sqlite/worker/open-database.js';
import { temporaryFolder } from '../../../../support/temporary-folder.js';

test.each([
  ['full', 'FULL, so that it survives a power cut', 2],
  ['process', 'NORMAL, so that no commit waits for the disk', 1],
] as const)('durability %s is synchronous = %s', (durability, _, level) => {
  const file = join(temporaryFolder().path, 'callback.db');
  const { database } = openDatabase({
    file,
    durability,
    leaseMs: 1,
    owner: 'a',
    now: 0,
    leases: [],
  });
  onTestFinished(() => database.close());
  expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: level });
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
});
