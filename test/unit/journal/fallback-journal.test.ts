import { expect, onTestFinished, test, vi } from 'vitest';
import { FallbackJournal } from '../../../src/journal/fallback-journal.js';
import { createMemoryJournal } from '../../../src/journal/memory-journal.js';
import { createMemoryStore } from '../../../src/journal/memory-store.js';
import { defaultRetention } from '../../../src/journal/retention.js';
import { manualClock } from '../../support/manual-clock.js';
import { sampleTask } from '../../support/sample-task.js';

const account = 'wxid_bot';
const other = 'wxid_other';

const beforeClose = () => Promise.resolve();

function open() {
  const clock = manualClock();
  const retention = defaultRetention;
  const store = createMemoryStore({ clock });
  const journal = new FallbackJournal({ clock, retention, store, beforeClose });
  const file = createMemoryJournal({ clock });
  onTestFinished(() => journal.close());
  const accept = (id: string, botId = account) =>
    journal.accept([sampleTask({ id, eventId: id, botId, lane: `lane of ${botId}` })]);
  const claimed = async () => await journal.claim(10, [account, other]);
  return { clock, journal, file, accept, claimed };
}

const idsOf = (records: readonly { readonly task: { readonly id: string } }[]) =>
  records.map(({ task }) => task.id);

test('keeps nothing in the file that would overtake what the bot has in memory', async () => {
  const { journal, file, accept, claimed } = open();
  await accept('1');
  journal.useFile(file);
  await accept('2');
  await accept('3', other);
  expect(idsOf(await file.find({}))).toEqual(['3']);
  const first = await claimed();
  expect(idsOf(first)).toEqual(['1', '3']);
  for (const claim of first) expect(await journal.settle(claim, 'answered')).toBe('ok');
  const [second] = await claimed();
  expect(second?.task.id).toBe('2');
  if (second) await journal.settle(second, 'answered');
  await accept('4');
  expect(idsOf(await file.find({ botId: account }))).toEqual(['4']);
});

test('knows a task again that it kept in memory', async () => {
  const { journal, file, accept, claimed } = open();
  await accept('1');
  const [claim] = await claimed();
  if (claim) await journal.settle(claim, 'answered');
  journal.useFile(file);
  expect(await accept('1')).toEqual([{ id: '1', kind: 'known' }]);
});

test('renews, records and gives back each claim where its task is kept', async () => {
  const { clock, journal, file, accept, claimed } = open();
  await accept('1');
  journal.useFile(file);
  await accept('2', other);
  const claims = await claimed();
  expect((await journal.renew(claims)).size).toBe(2);
  for (const claim of claims) {
    expect(await journal.record(claim, { kind: 'waiting-said' })).toBe('ok');
    expect(await journal.retry(claim, clock.now() + 1000)).toBe('ok');
  }
  expect(await journal.stats()).toMatchObject({ counts: { waiting: 2, running: 0 } });
});

test('lists, counts and looks after the tasks of both', async () => {
  const { journal, file, accept } = open();
  await accept('1');
  await accept('2');
  journal.useFile(file);
  await accept('3', other);
  expect(idsOf(await journal.find({}))).toHaveLength(3);
  const pages = [];
  for (let behind: string | undefined; ; ) {
    const page = idsOf(await journal.find({ limit: 1, ...(behind !== undefined && { behind }) }));
    if (page.length === 0) break;
    pages.push(...page);
    behind = page.at(-1);
  }
  expect(pages).toEqual(idsOf(await journal.find({})));
  expect((await journal.get('1'))?.task.id).toBe('1');
  expect((await journal.get('3'))?.task.id).toBe('3');
  expect(await journal.discard(['1', '3'])).toBe(2);
  expect(await journal.replay(['1', '3'])).toBe(2);
  expect((await journal.stats()).counts.waiting).toBe(3);
  expect(await journal.forget('wxid_alice')).toBe(3);
});

test('wakes those who look for work also for the file', async () => {
  const { journal, file } = open();
  const wake = vi.fn<() => void>();
  const stop = journal.onWork(wake);
  journal.useFile(file);
  await file.accept([sampleTask()]);
  expect(wake).toHaveBeenCalled();
  stop();
  wake.mockClear();
  await file.accept([sampleTask({ id: 'task-2', eventId: '2', lane: 'another' })]);
  expect(wake).not.toHaveBeenCalled();
});
