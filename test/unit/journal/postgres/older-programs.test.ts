import { describe, expect, onTestFinished, test } from 'vitest';
import { openPostgres } from '../../../../src/journal/open-postgres.js';
import { plannerSettings } from '../../../../src/journal/postgres/tables.js';
import { openDatabase } from '../../../../src/postgres/open-database.js';
import { hasPostgres, testSchema } from '../../../support/postgres.js';
import { sampleTask } from '../../../support/sample-task.js';

describe.runIf(hasPostgres)('beside programs of an earlier version', () => {
  test('what they end as dead because the receiver refused becomes refused', async () => {
    const { url, drop } = await testSchema();
    const { journal, store } = openPostgres(await openDatabase(url, { settings: plannerSettings }));
    onTestFinished(async () => {
      await Promise.all([journal.close(), store.close()]);
      await drop();
    });
    const tasks = ['refused', 'http-404'].map((id) => sampleTask({ id, eventId: id, lane: id }));
    await journal.accept(tasks);
    for (const claim of await journal.claim(2, ['wxid_bot'])) {
      // As those programs settle both.
      await journal.settle(claim, 'dead', { reason: claim.task.id });
    }
    expect(await journal.sweep()).toBe(0);
    expect(await journal.get('refused')).toMatchObject({ state: 'refused', reason: 'refused' });
    expect(await journal.get('http-404')).toMatchObject({ state: 'dead', reason: 'http-404' });
    expect((await journal.stats()).counts).toMatchObject({ refused: 1, dead: 1 });
    expect((await journal.find({ states: ['refused'] })).map(({ task }) => task.id)).toEqual([
      'refused',
    ]);
  });
});
