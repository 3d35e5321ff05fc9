import type { Database } from './database.js';

/**
 * The same database, whose statements wait until a module's tables are there. A server that is away
 * when the program starts fails them as it always does; the next one tries again.
 */
export function preparedDatabase(
  database: Database,
  module: string,
  steps: readonly string[],
): Database {
  let ready: Promise<void> | undefined;
  const prepared = async () => {
    ready ??= database.migrate(module, steps);
    try {
      await ready;
    } catch (error) {
      ready = undefined;
      throw error;
    }
  };
  return {
    schema: database.schema,
    address: database.address,
    query: async (statement, values) => {
      await prepared();
      return await database.query(statement, values);
    },
    transaction: async (work) => {
      await prepared();
      return await database.transaction(work);
    },
    migrate: (...migration) => database.migrate(...migration),
    listen: (channel, hear) => database.listen(channel, hear),
    close: () => database.close(),
  };
}
