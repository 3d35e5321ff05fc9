import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { silentLogger } from '../../../src/core/logger.js';
import { createMemoryJournal } from '../../../src/journal/memory-journal.js';
import { keepControlOpen } from '../../../src/runtime/control.js';
import { connectControl } from '../../../src/server/control/control-client.js';
import { journalOperations } from '../../../src/server/control/journal-operations.js';
import { sampleTask } from '../../support/sample-task.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** A program with so many waiting tasks. */
async function program(path: string, waiting: number) {
  const journal = createMemoryJournal();
  for (let index = 0; index < waiting; index += 1) {
    await journal.accept([sampleTask({ id: `task-${index}` })]);
  }
  const stopping = new AbortController();
  const warnings: string[] = [];
  const closed = keepControlOpen({
    path,
    operations: journalOperations(journal),
    clock: systemClock,
    logger: { ...silentLogger, warn: (text) => warnings.push(text.en) },
    signal: stopping.signal,
  });
  const stop = async () => {
    stopping.abort();
    await closed;
  };
  onTestFinished(stop);
  return { stop, warnings };
}

async function waitingAt(path: string) {
  const operations = await connectControl(path);
  return (await operations?.stats())?.counts.waiting;
}

test('the socket goes over to the program that replaces another', async () => {
  const path = join(temporaryFolder().path, 'callback.sock');
  const first = await program(path, 1);
  await expect.poll(() => waitingAt(path)).toBe(1);
  const second = await program(path, 2);
  await expect.poll(() => second.warnings).toHaveLength(1);
  expect(second.warnings[0]).toContain('Another program');
  expect(await waitingAt(path)).toBe(1);
  await first.stop();
  await expect.poll(() => waitingAt(path), { timeout: 90_000 }).toBe(2);
  expect(second.warnings).toHaveLength(1);
  await second.stop();
  expect(existsSync(path)).toBe(false);
});
