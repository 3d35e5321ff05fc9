import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createMemoryJournal } from '../../../src/journal/memory-journal.js';
import { compiled } from '../../support/compiled.js';
import { manualClock } from '../../support/manual-clock.js';
import { sampleTask } from '../../support/sample-task.js';

const bots = ['wxid_bot'];

test('leases for thirty seconds unless told otherwise', async () => {
  const clock = manualClock();
  const journal = createMemoryJournal({ clock });
  await journal.accept([sampleTask()]);
  const [claim] = await journal.claim(1, bots);
  expect(claim?.leaseUntil).toBe(clock.now() + 30_000);
});

test('keeps settled tasks for seven days unless told otherwise', async () => {
  const clock = manualClock();
  const journal = createMemoryJournal({ clock });
  await journal.accept([sampleTask()]);
  await journal.discard(['task-1']);
  await clock.advance(7 * 24 * 3600 * 1000 - 1);
  expect(await journal.sweep()).toBe(0);
  await clock.advance(1);
  expect(await journal.sweep()).toBe(1);
});

test('starts every token with its owner', async () => {
  const journal = createMemoryJournal({ owner: '甲' });
  await journal.accept([sampleTask()]);
  const [claim] = await journal.claim(1, bots);
  expect(claim?.token).toMatch(/^甲\/./u);
});

test('has an owner of its own when told none', async () => {
  const tokens: (string | undefined)[] = [];
  for (const journal of [createMemoryJournal(), createMemoryJournal()]) {
    await journal.accept([sampleTask()]);
    const [claim] = await journal.claim(1, bots);
    tokens.push(claim?.token);
  }
  expect(new Set(tokens).size).toBe(2);
});

test('hands out snapshots that cannot be changed', async () => {
  const journal = createMemoryJournal();
  await journal.accept([sampleTask()]);
  const record = await journal.get('task-1');
  const [claim] = await journal.claim(1, bots);
  for (const part of [record, record?.attempts, record?.task.request, claim, claim?.task]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});

test('keeps one timer, and frees it when closed', async () => {
  const clock = manualClock();
  const journal = createMemoryJournal({ clock });
  journal.onWork(() => {});
  await journal.accept([1, 2, 3].map((n) => sampleTask({ id: `${n}`, lane: `${n}` })));
  const claims = await journal.claim(3, bots);
  await Promise.all(claims.map((claim, n) => journal.retry(claim, clock.now() + 3000 - n)));
  expect(clock.sleeping).toBe(1);
  await journal.close();
  expect(clock.sleeping).toBe(0);
});

test('lets the process end although a task waits and somebody listens', () => {
  const code = `
    import { createMemoryJournal } from ${JSON.stringify(compiled('src/journal/memory-journal.ts'))};
    import { sampleTask } from ${JSON.stringify(compiled('test/support/sample-task.ts'))};
    const journal = createMemoryJournal();
    journal.onWork(() => {});
    await journal.accept([sampleTask()]);
    const [claim] = await journal.claim(1, ['wxid_bot']);
    console.log(await journal.retry(claim, Date.now() + 3_600_000));
  `;
  const child = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: new URL('../../..', import.meta.url),
    encoding: 'utf8',
    timeout: 90_000,
  });
  expect(child).toMatchObject({ status: 0, stdout: 'ok\n' });
});
