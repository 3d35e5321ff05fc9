import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { compiled } from '../support/compiled.js';
import { startCrashReceiver, startLife } from '../support/crash/crash-run.js';
import { readEvidence } from '../support/crash/evidence.js';
import { readJournalFile } from '../support/crash/journal-file.js';
import { violations } from '../support/crash/verdict.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { waitUntil } from '../support/wait-until.js';

const leaseMs = 200;

test('a program that is stopped for longer than its lease carries on, and repeats nothing', async () => {
  const programs = dirname(compiled('test/support/crash/life.ts'));
  const { path } = temporaryFolder();
  const journal = join(path, 'callback.db');
  const evidence = join(path, 'evidence');
  const receiver = await startCrashReceiver(programs, evidence, 1);
  onTestFinished(() => receiver.stop());
  const life = await startLife(programs, {
    journal,
    evidence,
    url: receiver.url,
    life: 0,
    seed: 1,
    feeds: true,
    leaseMs,
  });
  onTestFinished(() => {
    life.process.kill('SIGKILL');
  });
  const fed = () => readEvidence(evidence).filter(({ what }) => what === 'accepted').length;
  const feedsOn = async () => {
    const before = fed();
    await waitUntil('more tasks', () => fed() > before + 10);
  };
  for (let stops = 0; stops < 5; stops += 1) {
    await feedsOn();
    life.process.kill('SIGSTOP');
    await pause(3 * leaseMs);
    life.process.kill('SIGCONT');
  }
  await feedsOn();
  life.process.kill('SIGTERM');
  expect([await life.ends(60_000), life.errors()]).toEqual(['0', '']);
  const tasks = readJournalFile(journal);
  const notes = readEvidence(evidence);
  // Nobody was killed, so no repetition at all is forgiven.
  expect(violations({ notes, tasks, remains: [], misfortunes: [] })).toEqual([]);
  expect(tasks.length).toBeGreaterThan(50);
});
