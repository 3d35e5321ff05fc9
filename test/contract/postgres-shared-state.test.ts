import { describe, expect, onTestFinished, test } from 'vitest';
import { hasPostgres } from '../support/postgres.js';
import { sharedInstances, twoInstances } from '../support/shared-instances.js';
import { sharedStateContract } from './shared-state-contract.js';

describe.runIf(hasPostgres)('PostgreSQL', () => {
  sharedStateContract('shared state', twoInstances);

  test('sweeping deletes what has ended, and nothing else', async () => {
    const { states, database } = await sharedInstances(1);
    onTestFinished(() => states[0]?.close());
    await states[0]?.put('old', '1', 0);
    await states[0]?.put('new', '1', 60_000);
    await states[0]?.sweep();
    expect(await database.query('SELECT key FROM shared_state')).toEqual([{ key: 'new' }]);
  });
});
