import { describe, expect, onTestFinished, test } from 'vitest';
import { hasPostgres } from '../support/postgres.js';
import { sharedInstances } from '../support/shared-instances.js';
import { sharedStateContract } from './shared-state-contract.js';

describe.runIf(hasPostgres)('PostgreSQL', () => {
  sharedStateContract('shared state', async () => {
    const { states } = await sharedInstances(2);
    const [one, other] = states;
    if (!one || !other) throw new Error('There are two.');
    return [one, other];
  });

  test('sweeping deletes what has ended, and nothing else', async () => {
    const { states, database } = await sharedInstances(1);
    onTestFinished(() => states[0]?.close());
    await states[0]?.put('old', '1', 0);
    await states[0]?.put('new', '1', 60_000);
    await states[0]?.sweep();
    expect(await database.query('SELECT key FROM shared_state')).toEqual([{ key: 'new' }]);
  });
});
