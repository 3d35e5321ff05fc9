import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openSqlite, type SqliteHome } from '../../../../src/journal/open-sqlite.js';
import { startWorker } from '../../../../src/journal/sqlite/start-worker.js';
import { sampleTask } from '../../../support/sample-task.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const bots = ['wxid_bot'];

interface Mortal extends SqliteHome {
  /** Ends the thread that owns the file, as a crash would. */
  kill(): Promise<void>;
  readonly file: string;
}

/** A journal whose threads can be killed. */
async function openMortal(): Promise<Mortal> {
  const workers: Worker[] = [];
  const file = join(temporaryFolder().path, 'callback.db');
  const home = await openSqlite({ file }, (data) => {
    const worker = startWorker(data);
    workers.push(worker);
    return worker;
  });
  onTestFinished(async () => {
    await Promise.all([home.journal.close(), home.store.close()]);
  });
  const kill = async () => {
    await workers.at(-1)?.terminate();
  };
  return { ...home, kill, file };
}

/** Waits until the journal answers again. */
async function answers({ journal }: SqliteHome): Promise<void> {
  await vi.waitFor(() => journal.stats(), { timeout: 90_000, interval: 20 });
}

test('says clearly that its thread has died, to those under way and to those who come', async () => {
  const home = await openMortal();
  const dying = home.kill();
  const stopped = {
    code: 'journal-stopped',
    text: { en: expect.stringContaining(home.file), zh: expect.stringContaining('自动重启') },
  };
  await expect(home.journal.accept([sampleTask()])).rejects.toMatchObject(stopped);
  await dying;
  await expect(home.journal.stats()).rejects.toMatchObject(stopped);
  await expect(home.store.admit('a', 'b', { count: 1, everyMs: 1 })).rejects.toMatchObject(stopped);
});

test('opens its file again by another thread, as often as it takes, and loses nothing', async () => {
  const home = await openMortal();
  for (let n = 0; n < 5; n += 1) {
    await home.journal.accept([sampleTask({ id: `${n}`, lane: `${n}` })]);
    await home.kill();
    await answers(home);
  }
  expect((await home.journal.find({})).map(({ task }) => task.id)).toEqual([
    '4',
    '3',
    '2',
    '1',
    '0',
  ]);
  expect(await home.journal.claim(10, bots)).toHaveLength(5);
});

test('leaves the leases with those who have them', async () => {
  const home = await openMortal();
  const { journal } = home;
  await journal.accept(['a', 'b', 'c'].map((id) => sampleTask({ id, lane: id })));
  await journal.accept([sampleTask({ id: 'behind a', lane: 'a' })]);
  const claims = await journal.claim(2, bots);
  await home.kill();
  await answers(home);
  const others = await journal.claim(10, bots);
  expect(others.map(({ task }) => task.id)).toEqual(['c']);
  expect((await journal.renew(claims)).size).toBe(2);
  await home.kill();
  await answers(home);
  for (const claim of claims) expect(await journal.settle(claim, 'answered')).toBe('ok');
  expect(await journal.settle(others[0] as never, 'answered')).toBe('ok');
  expect((await journal.claim(10, bots)).map(({ task }) => task.id)).toEqual(['behind a']);
});

test('wakes those who look for work when it is open again', async () => {
  const home = await openMortal();
  await home.journal.accept([sampleTask()]);
  let wakes = 0;
  home.journal.onWork(() => {
    wakes += 1;
  });
  await home.journal.stats();
  const before = wakes;
  await home.kill();
  await vi.waitFor(() => expect(wakes).toBeGreaterThan(before), { timeout: 90_000 });
  expect(await home.journal.claim(1, bots)).toHaveLength(1);
});

test('closes while its thread is dead', async () => {
  const home = await openMortal();
  await home.kill();
  rmSync(home.file);
  await Promise.all([home.journal.close(), home.store.close()]);
  await expect(home.journal.stats()).rejects.toMatchObject({ code: 'journal-closed' });
});
