import { onTestFinished } from 'vitest';
import type { SharedState } from '../../src/core/shared-state.js';
import { openPostgresSharedState } from '../../src/journal/postgres/shared-state.js';
import type { Database } from '../../src/postgres/database.js';
import { openDatabase } from '../../src/postgres/open-database.js';
import { testSchema } from './postgres.js';

/** Instances that share a schema of their own, opened at the same time as they would be. */
export async function sharedInstances(
  count: number,
): Promise<{ readonly states: readonly SharedState[]; readonly database: Database }> {
  const { url, drop } = await testSchema();
  const states = await Promise.all(
    Array.from({ length: count }, async () => openPostgresSharedState(await openDatabase(url))),
  );
  const database = await openDatabase(url);
  onTestFinished(async () => {
    await Promise.all([database, ...states].map((one) => one.close()));
    await drop();
  });
  return { states, database };
}

/** Two of them. */
export async function twoInstances(): Promise<readonly [SharedState, SharedState]> {
  const [one, other] = (await sharedInstances(2)).states;
  if (!one || !other) throw new Error('There are two.');
  return [one, other];
}

/** The same records under the name of another instance, for state in memory. */
export function underName(state: SharedState, instance: string): SharedState {
  return {
    instance,
    get: (key) => state.get(key),
    add: (...args) => state.add(...args),
    put: (...args) => state.put(...args),
    swap: (...args) => state.swap(...args),
    remove: (...args) => state.remove(...args),
    list: (prefix) => state.list(prefix),
    sweep: () => state.sweep(),
    close: () => Promise.resolve(),
  };
}
