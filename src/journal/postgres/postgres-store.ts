import type { Budget, KeptPeriod, Store } from '../../core/store.js';
import type { Database, Sql } from '../../postgres/database.js';
import { storeClosed } from '../store-closed.js';
import { originalText, safeText } from './safe-text.js';

/** What a store works with. */
export interface PostgresStoreParts {
  readonly database: Database;
  /** As that of the journal. */
  readonly now: () => number | null;
  /** Called once, when the store is closed. */
  readonly release: () => Promise<void>;
}

/** Ended periods that are deleted on the way: more than can begin meanwhile. */
const deletedPerCall = 2;

// The row is locked from here on, whether it was there or not. A period of a time to come has ended
// as well: the clock was set back, and must silence nobody for hours.
const begin = {
  name: 'budget.begin',
  text: `
    INSERT INTO budgets AS b VALUES ($1, moment($2), moment($2) + $3::bigint, 0, $4)
      ON CONFLICT (key) DO UPDATE SET ends_at = b.started_at + $3::bigint
      RETURNING b.used, abs(moment($2) - b.started_at) < $3::bigint AS "isOpen"`,
};

const restart = {
  name: 'budget.restart',
  text: `
    WITH members AS (DELETE FROM budget_members WHERE key = $1)
    UPDATE budgets SET started_at = moment($2), ends_at = moment($2) + $3::bigint, used = 0,
      person = $4 WHERE key = $1`,
};

const isMember = {
  name: 'budget.is-member',
  text: 'SELECT FROM budget_members WHERE key = $1 AND member = $2',
};

const add = {
  name: 'budget.add',
  text: `
    WITH added AS (INSERT INTO budget_members VALUES ($1, $2))
    UPDATE budgets SET used = used + 1 WHERE key = $1`,
};

const deleteEnded = {
  name: 'budget.delete-ended',
  text: `
    WITH ended AS (
      SELECT key FROM budgets WHERE ends_at <= moment($1)
        ORDER BY ends_at LIMIT ${deletedPerCall} FOR UPDATE SKIP LOCKED
    ), members AS (DELETE FROM budget_members m USING ended e WHERE m.key = e.key)
    DELETE FROM budgets b USING ended e WHERE b.key = e.key`,
};

/** The periods of cooldowns and limits, for all programs together. */
export class PostgresStore implements Store {
  readonly #parts: PostgresStoreParts;
  #closed: Promise<void> | undefined;

  constructor(parts: PostgresStoreParts) {
    this.#parts = parts;
  }

  async admit(key: string, member: string, budget: Budget): Promise<boolean> {
    if (this.#closed) throw storeClosed();
    const { database, now } = this.#parts;
    const names = [safeText(key), safeText(member)] as const;
    const isAdmitted = await database.transaction((sql) => admit(sql, names, budget, now()));
    await database.query(deleteEnded, [now()]).catch(() => {});
    return isAdmitted;
  }

  async forget(person: string): Promise<number> {
    if (this.#closed) throw storeClosed();
    return forgetBudgets(this.#parts.database, person);
  }

  async of(person: string): Promise<readonly KeptPeriod[]> {
    if (this.#closed) throw storeClosed();
    const rows = await this.#parts.database.query<KeptPeriod>(
      'SELECT key, started_at AS "startedAt", used FROM budgets WHERE person = $1',
      [safeText(person)],
    );
    return rows.map((row) => ({ ...row, key: originalText(row.key) }));
  }

  close(): Promise<void> {
    this.#closed ??= this.#parts.release();
    return this.#closed;
  }
}

/** Forgets the cooldowns and limits of one person; answers how many. */
export async function forgetBudgets(sql: Sql, person: string): Promise<number> {
  const rows = await sql.query(
    `WITH gone AS (DELETE FROM budgets WHERE person = $1 RETURNING key),
      members AS (DELETE FROM budget_members m USING gone g WHERE m.key = g.key)
      SELECT key FROM gone`,
    [safeText(person)],
  );
  return rows.length;
}

async function admit(
  sql: Sql,
  [key, member]: readonly [string, string],
  { count, everyMs, person }: Budget,
  now: number | null,
): Promise<boolean> {
  const period = [key, now, everyMs, person === undefined ? null : safeText(person)];
  const [open] = await sql.query<{ used: number; isOpen: boolean }>(begin, period);
  const used = open?.isOpen ? open.used : 0;
  if (!open?.isOpen) await sql.query(restart, period);
  else if ((await sql.query(isMember, [key, member])).length > 0) return true;
  if (used >= count) return false;
  await sql.query(add, [key, member]);
  return true;
}
