import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Claim, Journal } from '../../../../src/core/journal.js';
import { openPostgres } from '../../../../src/journal/open-postgres.js';
import { acceptTasks } from '../../../../src/journal/postgres/arrivals.js';
import { heldBy } from '../../../../src/journal/postgres/held-tokens.js';
import { keepChanges } from '../../../../src/journal/postgres/progress.js';
import { plannerSettings } from '../../../../src/journal/postgres/tables.js';
import { toRow } from '../../../../src/journal/task-rows.js';
import type { Database } from '../../../../src/postgres/database.js';
import { openDatabase } from '../../../../src/postgres/open-database.js';
import { hasPostgres, testSchema } from '../../../support/postgres.js';
import { sampleTask } from '../../../support/sample-task.js';

/** A journal with one task that is claimed, and another program's connections. */
async function open(): Promise<{ journal: Journal; claim: Claim; other: Database }> {
  const { url, drop } = await testSchema();
  const connect = () => openDatabase(url, { settings: plannerSettings });
  const [{ journal, store }, other] = [openPostgres(await connect()), await connect()];
  onTestFinished(async () => {
    await Promise.all([journal.close(), store.close(), other.close()]);
    await drop();
  });
  await journal.accept([sampleTask({ id: 'head' })]);
  const [claim] = await journal.claim(1, ['wxid_bot']);
  return { journal, claim: claim as Claim, other };
}

const next = sampleTask({ id: 'next' });

/** Long enough for a statement that waits for nobody. */
const aWhileMs = 200;

describe.runIf(hasPostgres)('a lane that closes', () => {
  test('stays open for what another program is just accepting into it', async () => {
    const { journal, claim, other } = await open();
    const settled = { at: 0 };
    const accepting = other.transaction(async (sql) => {
      await acceptTasks(sql, [toRow(next)], null);
      void journal.settle(claim, 'answered').then(() => (settled.at = performance.now()));
      await pause(aWhileMs);
      return performance.now();
    });
    const acceptedAt = await accepting;
    await pause(aWhileMs);
    expect(settled.at).toBeGreaterThan(acceptedAt);
    expect((await journal.claim(9, ['wxid_bot'])).map(({ task }) => task.id)).toEqual(['next']);
  });

  test('is opened anew by what comes while another program closes it', async () => {
    const { journal, claim, other } = await open();
    const accepting = await other.transaction(async (sql) => {
      await keepChanges(sql, [{ held: heldBy(claim), end: 'answered' }], null);
      const accepted = journal.accept([next]);
      await pause(aWhileMs);
      return { accepted };
    });
    expect(await accepting.accepted).toEqual([{ id: 'next', kind: 'new' }]);
    expect((await journal.claim(9, ['wxid_bot'])).map(({ task }) => task.id)).toEqual(['next']);
  });
});
